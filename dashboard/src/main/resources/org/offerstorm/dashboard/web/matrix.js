// The table category × continent: live, sorted, each change marked by an arrow and a number.
import * as state from "./state.js";
import { arrow, element, number, setAttribute, setText, share, signed, svg } from "./format.js";

/** A change stays marked for so long. */
const MARKED = 4000;
const LEVELS = 6;

const table = document.getElementById("table");
const empty = document.getElementById("empty");
const rows = new Map();
let head = null;
let foot = null;

/** What changed a moment ago, by cell. */
export const marks = {
  cells: new Map(),
  add(category, continent, by) {
    if (!by) return;
    const id = state.key(category, continent);
    const now = performance.now();
    const old = this.cells.get(id);
    this.cells.set(id, { category, continent, by: by + (old && old.until > now ? old.by : 0), until: now + MARKED });
  },
  of(category, continent) {
    const mark = this.cells.get(state.key(category, continent));
    return mark ? mark.by : 0;
  },
  ofContinent(continent) {
    return this.sum((mark) => mark.continent === continent && state.shownCategory(mark.category));
  },
  sum(which) {
    let by = 0;
    for (const mark of this.cells.values()) if (which(mark)) by += mark.by;
    return by;
  },
  /** Takes old marks away; true if there were any. */
  expire() {
    const now = performance.now();
    let any = false;
    for (const [id, mark] of this.cells) {
      if (mark.until <= now) {
        this.cells.delete(id);
        any = true;
      }
    }
    return any;
  },
};

/** Shade 0 (none) to 6: by the square root, so that small numbers differ too. */
export const level = (n, most) => (n <= 0 ? 0 : Math.max(1, Math.ceil(Math.sqrt(n / most) * LEVELS)));

/** A number in the chosen unit; within the table shares go without their sign, which stands in the last column. */
export function value(n, all, net, inTable = false) {
  if (state.view.unit === "share") return n ? (inTable ? share(n, all).replace("%", "") : share(n, all)) : "·";
  if (state.view.unit === "change") return net ? signed(net) : "·";
  return n ? number(n) : "·";
}

/** Bars: up what came, down what went. */
export function spark(node, series) {
  const span = Number(state.view.span);
  const bars = 60;
  const step = span / bars;
  const shift = shiftOf();
  let most = 1;
  const up = [];
  const down = [];
  for (let bar = 0; bar < bars; bar++) {
    let incoming = 0;
    let outgoing = 0;
    for (let minute = 0; minute < step; minute++) {
      const at = 360 - span + bar * step + minute + shift;
      incoming += series?.in[at] ?? 0;
      outgoing += series?.out[at] ?? 0;
    }
    up.push(incoming);
    down.push(outgoing);
    most = Math.max(most, incoming, outgoing);
  }
  const draw = (values, sign) => {
    let path = "";
    values.forEach((n, i) => {
      if (n) path += `M${i * 2 + 1} ${20}v${(-sign * (1 + (n / most) * 18)).toFixed(1)}`;
    });
    return path;
  };
  if (!node.firstChild) {
    node.setAttribute("viewBox", "0 0 120 40");
    node.append(svg("path", { class: "base", d: "M0 20H120" }), svg("path", { class: "came" }), svg("path", { class: "went" }));
  }
  setAttribute(node.children[1], "d", draw(up, 1));
  setAttribute(node.children[2], "d", draw(down, -1));
}

/** Minutes that have passed since the series were loaded. */
function shiftOf() {
  const last = state.rates.from + 359 * 60_000;
  const newest = state.rates.minutes.at(-1)?.at ?? last;
  return Math.max(0, Math.round((newest - last) / 60_000));
}

function build() {
  const row = element("tr");
  row.append(header("category", "Category", "col"));
  for (const [id, name] of state.CONTINENTS) row.append(header(id, name, "col"));
  row.append(header("total", "Total", "col"), element("th", { scope: "col", class: "trend" }, "Came and went"));
  head = row;
  foot = element("tr");
  foot.append(element("th", { scope: "row" }, "Total"));
  for (const [id] of state.CONTINENTS) foot.append(cell(id, ""));
  foot.append(cell("total", ""), element("td", { class: "trend" }));
  table.append(
    element("caption", { class: "unseen" }, "Live offers by category and continent"),
    element("thead", {}, head), element("tbody"), element("tfoot", {}, foot));
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

function newRow(category) {
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
    if (!row) rows.set(category, (row = newRow(category)));
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
    fill(td, state.count("", continent), all, nets.get(continent) ?? 0, continent ? marks.ofContinent(continent) : 0, 0);
    setAttribute(td, "data-off", String(Boolean(continent) && !state.shownContinent(continent)));
  }
  empty.hidden = !state.table.known || order.length > 0;
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
      fill(td, state.count(category, ""), all, moves.net.get(category) ?? 0, moves.mark.get(category) ?? 0, 0);
    } else {
      const n = counts.get(id) ?? 0;
      const moved = state.rates.cells.get(state.key(category, id));
      fill(td, n, all, moved ? moved.in - moved.out : 0, marks.of(category, id), level(n, most));
      setAttribute(td, "data-off", String(off || !state.shownContinent(id)));
      setAttribute(td, "data-pointed", String(state.hover.continent === id));
      setAttribute(td, "data-back", String(state.stepsBack(category, id)));
    }
  }
  spark(row.chart, state.rates.categories.get(category));
}

function fill(td, n, all, net, mark, shade) {
  setText(td.firstChild, value(n, all, net, td.getAttribute("data-column") !== "total"));
  setText(td.lastChild, mark ? `${arrow(mark)}${number(Math.abs(mark))}` : "");
  setAttribute(td, "data-mark", mark ? (mark > 0 ? "up" : "down") : "");
  setAttribute(td, "data-level", String(shade));
}

/** Rows whose numbers pass each other change places only now and then: nobody reads a table that never stands still. */
const SETTLE = 15_000;
let settledBy = "";
let settledAt = 0;
let settledOrder = [];

function settled() {
  const { sort, order, unit } = state.view;
  const by = `${sort} ${order} ${unit}`;
  const names = state.table.categories;
  const same = by === settledBy && settledOrder.length === names.size && settledOrder.every((name) => names.has(name));
  if (!same || performance.now() - settledAt > SETTLE) {
    settledBy = by;
    settledAt = performance.now();
    settledOrder = sorted();
  }
  return settledOrder;
}

/** The categories in the chosen order. */
export function sorted() {
  const { sort, order, unit } = state.view;
  const names = [...state.table.categories.keys()];
  const byName = (a, b) => a.localeCompare(b, "en");
  if (sort === "category") {
    names.sort(byName);
    return order === "asc" ? names : names.reverse();
  }
  const of = new Map(names.map((name) => [name, weigh(name, sort === "total" ? "" : sort, unit)]));
  const sign = order === "asc" ? 1 : -1;
  return names.sort((a, b) => sign * (of.get(a) - of.get(b)) || byName(a, b));
}

/** Whatever is filtered, so that a filter does not move the rows. */
function weigh(category, continent, unit) {
  let sum = 0;
  if (unit === "change") {
    for (const cell of state.rates.cells.values()) {
      if (cell.category === category && (!continent || cell.continent === continent)) sum += cell.in - cell.out;
    }
  } else {
    for (const [id, n] of state.table.categories.get(category)) if (!continent || id === continent) sum += n;
  }
  return sum;
}
