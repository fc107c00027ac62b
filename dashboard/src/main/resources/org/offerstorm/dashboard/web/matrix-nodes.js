// The nodes of the table, and what a click, a key or the pointer does on them.
import * as state from "./state.js";
import { offers } from "./address.js";
import { element, isolated, svg } from "./format.js";

/** The row of the columns' names; a click sorts. */
export function head() {
  const node = element("tr");
  node.append(header("category", "Category", "col"));
  for (const [id, name] of state.CONTINENTS) node.append(header(id, name, "col"));
  node.append(header("total", "Total", "col"), element("th", { scope: "col", class: "trend" }, "Came and went"));
  return node;
}

/** The row of the totals. */
export function foot() {
  const node = element("tr");
  node.append(element("th", { scope: "row" }, "Total"));
  for (const [id] of state.CONTINENTS) node.append(cell(id, ""));
  node.append(cell("total", ""), element("td", { class: "trend" }));
  return node;
}

/** The row of a category. */
export function row(category) {
  const button = element("button", { type: "button", title: isolated(category) }, element("bdi", {}, category));
  button.addEventListener("click", () => state.toggleCategory(category));
  button.addEventListener("pointerenter", () => state.point("", category));
  button.addEventListener("pointerleave", () => state.point("", ""));
  const node = element("tr");
  node.append(element("th", { scope: "row" }, button));
  for (const [id] of state.CONTINENTS) node.append(cell(id, category));
  node.append(cell("total", category));
  const chart = svg("svg", { class: "spark", preserveAspectRatio: "none", "aria-hidden": "true" });
  node.append(element("td", { class: "trend" }, chart));
  return { node, button, chart, cells: [...node.querySelectorAll("td[data-column]")] };
}

function header(id, name, scope) {
  const button = element("button", { type: "button" }, element("span", {}, name), element("i", { "aria-hidden": "true" }));
  button.addEventListener("click", () => {
    const same = state.view.sort === id;
    const first = id === "category" ? "asc" : "desc";
    state.show({ sort: id, order: same ? (state.view.order === "asc" ? "desc" : "asc") : first });
  });
  return element("th", { scope, "data-column": id }, button);
}

function cell(column, category) {
  const node = element("td", { "data-column": column });
  // Totals lead to their offers; a click on any other cell filters.
  const n = element("span", { class: "n" });
  const links = !category || column === "total";
  node.append(links ? element("a", { "data-page": "" }, n, element("span", { class: "unseen" })) : n, element("span", { class: "d", "aria-hidden": "true" }));
  if (!links) {
    node.tabIndex = -1;
    node.addEventListener("click", (event) => {
      if (event.target.closest("a")) return;
      const same = state.view.continent === column && state.view.category === category;
      state.show(same ? { continent: "", category: "" } : { continent: column, category });
    });
    node.addEventListener("pointerenter", () => state.point(column, category));
    node.addEventListener("pointerleave", () => state.point("", ""));
  }
  return node;
}

/** In the chosen cell: the way to its offers. */
export function way(td, category, continent, chosen) {
  const link = td.querySelector(".go");
  if (chosen && !link) {
    td.insertBefore(element("a", { class: "go", "data-page": "", href: offers(category, continent) }, "See offers"), td.lastChild);
  } else if (!chosen && link) {
    if (link === document.activeElement) td.focus();
    link.remove();
  }
}

/** Arrows lead from a category through its row and to its neighbours; Enter chooses a cell, as a click does. */
export function listen(table) {
  const moves = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
  table.addEventListener("keydown", (event) => {
    const cell = event.target.closest("tbody td, tbody th");
    if (!cell || event.ctrlKey || event.metaKey || event.altKey) return;
    if ((event.key === "Enter" || event.key === " ") && cell === event.target) {
      event.preventDefault();
      cell.click();
    } else if (moves[event.key]) {
      const [down, right] = moves[event.key];
      const row = table.tBodies[0].rows[cell.parentElement.sectionRowIndex + down];
      const next = row?.cells[cell.cellIndex + right];
      const target = next && (next.matches("[tabindex]") ? next : next.querySelector("button, a[href]"));
      if (!target) return;
      event.preventDefault();
      target.focus();
    }
  });
}
