// The table category × continent: live, sorted, each change marked by an arrow and a number.
import * as state from "./state.js";
import { offers } from "./address.js";
import { level, value } from "./figure.js";
import { arrow, element, isolated, number, setAttribute, setText } from "./format.js";
import { marks } from "./marks.js";
import * as nodes from "./matrix-nodes.js";
import { settled } from "./matrix-order.js";
import { spark } from "./spark.js";

const table = document.getElementById("table");
const empty = document.getElementById("empty");
const rows = new Map();
let head = null;
let foot = null;

function build() {
  head = nodes.head();
  foot = nodes.foot();
  table.append(
    element("caption", { class: "unseen" }, "Live offers by category and continent"),
    element("thead", {}, head), element("tbody"), element("tfoot", {}, foot));
  nodes.listen(table);
}

export function draw() {
  if (!head) build();
  reveal();
  const order = settled();
  const all = state.count("", "");
  let most = 1;
  for (const row of state.table.categories.values()) for (const n of row.values()) most = Math.max(most, n);
  const body = table.tBodies[0];
  for (const [category, row] of rows) {
    if (!state.table.categories.has(category)) {
      row.node.remove();
      rows.delete(category);
    }
  }
  const moves = {
    net: sums(state.rates.cells.values(), (cell) => cell.in - cell.out, (cell) => cell.category),
    mark: sums(marks.cells.values(), (mark) => mark.by, (mark) => mark.category),
  };
  order.forEach((category, i) => {
    let row = rows.get(category);
    if (!row) rows.set(category, (row = nodes.row(category)));
    if (body.rows[i] !== row.node) body.insertBefore(row.node, body.rows[i] ?? null);
    drawRow(category, row, all, most, moves);
  });
  for (const th of head.querySelectorAll("[data-column]")) {
    const id = th.getAttribute("data-column");
    const sort = state.view.sort === id ? (state.view.order === "asc" ? "ascending" : "descending") : "none";
    setAttribute(th, "aria-sort", sort);
    setText(th.querySelector("i"), sort === "none" ? "" : sort === "ascending" ? "↑" : "↓");
    setAttribute(th, "data-off", String(state.NAMES.has(id) && !state.shownContinent(id)));
    setAttribute(th, "data-pointed", String(state.hover.continent === id));
    setAttribute(th, "data-back", String(state.NAMES.has(id) && state.stepsBack("", id)));
  }
  const nets = sums(state.rates.cells.values(), (cell) => cell.in - cell.out, (cell) => cell.continent);
  for (const td of foot.querySelectorAll("td[data-column]")) {
    const id = td.getAttribute("data-column");
    const continent = id === "total" ? "" : id;
    const n = state.count("", continent);
    fill(td, n, all, nets.get(continent) ?? 0, continent ? marks.ofContinent(continent) : 0, 0);
    lead(td, n, "", continent);
    setAttribute(td, "data-off", String(Boolean(continent) && !state.shownContinent(continent)));
  }
  empty.hidden = !state.table.known || Boolean(state.table.answer) || order.length > 0;
}

let revealed = "";

/** On a narrow screen the chosen continent's column comes into sight. */
function reveal() {
  if (revealed === state.view.continent) return;
  revealed = state.view.continent;
  const th = revealed && head.querySelector(`[data-column="${revealed}"]`);
  const box = table.parentElement;
  if (th && box.scrollWidth > box.clientWidth) {
    box.scrollLeft = th.offsetLeft - (box.clientWidth + head.firstChild.offsetWidth - th.offsetWidth) / 2;
  }
}

/** Of what is shown, by category or continent; "" is all of it. */
function sums(cells, by, group) {
  const found = new Map([["", 0]]);
  for (const cell of cells) {
    if (!state.shownCategory(cell.category) || !state.shownContinent(cell.continent)) continue;
    found.set("", found.get("") + by(cell));
    found.set(group(cell), (found.get(group(cell)) ?? 0) + by(cell));
  }
  return found;
}

function drawRow(category, row, all, most, moves) {
  const off = !state.shownCategory(category);
  setAttribute(row.node, "data-off", String(off));
  setAttribute(row.node, "data-pointed", String(state.hover.category === category));
  setAttribute(row.button, "aria-pressed", String(state.view.category === category));
  const counts = state.table.categories.get(category);
  for (const td of row.cells) {
    const id = td.getAttribute("data-column");
    if (id === "total") {
      const n = state.count(category, "");
      fill(td, n, all, moves.net.get(category) ?? 0, moves.mark.get(category) ?? 0, 0);
      lead(td, n, category, "");
    } else {
      const n = counts.get(id) ?? 0;
      const moved = state.rates.cells.get(state.key(category, id));
      fill(td, n, all, moved ? moved.in - moved.out : 0, marks.of(category, id), level(n, most));
      setAttribute(td, "data-off", String(off || !state.shownContinent(id)));
      setAttribute(td, "data-pointed", String(state.hover.continent === id));
      setAttribute(td, "data-back", String(state.stepsBack(category, id)));
      nodes.way(td, category, id, n > 0 && state.view.category === category && state.view.continent === id);
    }
  }
  spark(row.chart, state.rates.categories.get(category));
}

function fill(td, n, all, net, mark, shade) {
  const shown = td.firstChild.tagName === "A" ? td.firstChild.firstChild : td.firstChild;
  setText(shown, value(n, all, net, td.getAttribute("data-column") !== "total"));
  setText(td.lastChild, mark ? `${arrow(mark)}${number(Math.abs(mark))}` : "");
  setAttribute(td, "data-mark", mark ? (mark > 0 ? "up" : "down") : "");
  setAttribute(td, "data-level", String(shade));
}

/** A total that is not zero links to the offers that it counts. */
function lead(td, n, category, continent) {
  const link = td.firstChild;
  if (n) {
    const name = category || state.view.category;
    const id = continent || state.view.continent;
    if (link.leadsTo === state.key(name, id) && link.hasAttribute("href")) return;
    link.leadsTo = state.key(name, id);
    setAttribute(link, "href", offers(name, id));
    const where = state.NAMES.get(id);
    setText(link.lastChild, `: see the offers${name ? ` of ${isolated(name)}` : ""}${where ? `, ${where}` : ""}`);
  } else if (link.hasAttribute("href")) {
    link.removeAttribute("href");
    setText(link.lastChild, "");
  }
}
