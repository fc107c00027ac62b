// The nodes of the table, and what a click or the pointer does on them.
import * as state from "./state.js";
import { element, svg } from "./format.js";

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
  const button = element("button", { type: "button" }, element("bdi", {}, category));
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
  node.append(element("span", { class: "n" }), element("span", { class: "d", "aria-hidden": "true" }));
  if (category && column !== "total") {
    node.addEventListener("click", () => {
      const same = state.view.continent === column && state.view.category === category;
      state.show(same ? { continent: "", category: "" } : { continent: column, category });
    });
    node.addEventListener("pointerenter", () => state.point(column, category));
    node.addEventListener("pointerleave", () => state.point("", ""));
  }
  return node;
}
