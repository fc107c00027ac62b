// The world, shaded by continent.
import { asset, offers } from "./address.js";
import * as state from "./state.js";
import { arrow, element, number, setAttribute, setText, share, signed, svg } from "./format.js";
import { level, value } from "./figure.js";
import { marks } from "./marks.js";
import { spark } from "./spark.js";

const map = document.getElementById("map");
const list = document.getElementById("continents");
const go = document.getElementById("map-go");
const parts = new Map();
/** What a number is, for those who hear the page. */
const UNITS = { count: " live offers ", share: " of the live offers ", change: " in the last minute " };

export async function load() {
  const world = await (await fetch(asset("map.json"))).json();
  map.setAttribute("viewBox", `-4 -4 ${world.width + 8} ${world.height + 8}`);
  map.append(svg("path", { d: world.sphere, class: "sphere" }), svg("path", { d: world.graticule, class: "graticule" }));
  const labels = svg("g", { class: "labels" });
  for (const continent of world.continents) {
    const land = svg("g", { class: "land", tabindex: "0", role: "button", "data-continent": continent.id });
    land.append(svg("path", { d: continent.shape, class: "shape" }), svg("path", { d: continent.shore, class: "shore" }));
    const label = svg("g", { class: "label" });
    const name = svg("text", { class: "name", y: "-0.4em" });
    name.textContent = continent.name;
    const n = svg("text", { class: "n", y: "0.75em" });
    const mark = svg("text", { class: "mark", y: "2.1em" });
    label.append(name, n, mark);
    labels.append(label);
    map.append(land);
    behave(land, continent.id);
    parts.set(continent.id, { land, label, n, mark, x: continent.x, y: continent.y });
  }
  map.append(labels);
  new ResizeObserver(() => place(world.width + 8)).observe(map);
  for (const [id, name] of state.CONTINENTS) {
    const button = element("button", { type: "button", "data-continent": id });
    const n = element("b");
    const pace = element("span", { class: "pace-now" });
    const chart = svg("svg", { class: "spark", preserveAspectRatio: "none", "aria-hidden": "true" });
    const unit = element("span", { class: "unseen" });
    const link = element("a", { class: "go", "data-page": "" }, element("span", { class: "unseen" }, `See the offers: ${name}`));
    button.append(element("i", { class: "swatch", "aria-hidden": "true" }), element("span", { class: "name" }, name), n, unit, chart, pace);
    const item = element("li", {}, button, link);
    list.append(item);
    behave(button, id);
    parts.set(id, { ...parts.get(id), item, button, rowNumber: n, unit, pace, chart, link });
  }
  state.changed();
}

/** Labels keep their size on the screen, on a map of any size: one unit of a label is one pixel. */
function place(width) {
  const scale = map.clientWidth ? width / map.clientWidth : 1;
  // A small map has room for the numbers alone; the names are in the list below it.
  map.toggleAttribute("data-narrow", map.clientWidth < 24 * Number.parseFloat(getComputedStyle(document.documentElement).fontSize));
  for (const { label, x, y } of parts.values()) if (label) setAttribute(label, "transform", `translate(${x} ${y}) scale(${scale.toFixed(4)})`);
}

function behave(node, id) {
  node.addEventListener("click", () => state.toggleContinent(id));
  node.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") {
      if (node instanceof SVGElement) {
        event.preventDefault();
        state.toggleContinent(id);
      }
    }
  });
  node.addEventListener("pointerenter", () => state.point(id, ""));
  node.addEventListener("pointerleave", () => state.point("", ""));
  node.addEventListener("focus", () => state.point(id, ""));
  node.addEventListener("blur", () => state.point("", ""));
}

export function draw() {
  const counts = new Map(state.CONTINENTS.map(([id]) => [id, everywhere(id)]));
  const most = Math.max(1, ...[...counts].filter(([id]) => id !== "UNKNOWN").map(([, n]) => n));
  const all = [...counts.values()].reduce((a, b) => a + b, 0);
  for (const [id, name] of state.CONTINENTS) {
    const part = parts.get(id);
    if (!part) continue;
    const n = counts.get(id);
    const text = shown(n, all, id);
    const mark = marks.ofContinent(id);
    const pressed = String(state.view.continent === id);
    const off = String(!state.shownContinent(id));
    const pointed = String(state.hover.continent === id);
    const moved = movedEverywhere(id);
    for (const node of [part.land, part.button]) {
      if (!node) continue;
      setAttribute(node, "aria-pressed", pressed);
      setAttribute(node, "data-off", off);
      setAttribute(node, "data-pointed", pointed);
      setAttribute(node, "data-back", String(state.stepsBack("", id)));
      setAttribute(node, "data-level", String(id === "UNKNOWN" ? 0 : level(n, most)));
      setAttribute(node, "data-mark", mark ? (mark > 0 ? "up" : "down") : "");
    }
    setText(part.rowNumber, text);
    setText(part.unit, UNITS[state.view.unit]);
    setText(part.pace, moved.in || moved.out ? `${signed(moved.in - moved.out)}/min` : "");
    setAttribute(part.link, "href", offers(state.view.category, id));
    part.link.hidden = !n;
    spark(part.chart, state.rates.continents.get(id));
    if (part.land) {
      setAttribute(part.land, "aria-label", `${name}: ${number(n)} live offers`);
      setText(part.n, text);
      setText(part.mark, mark ? `${arrow(mark)} ${number(Math.abs(mark))}` : "");
      setAttribute(part.label, "data-off", off);
      setAttribute(part.label, "data-mark", mark ? (mark > 0 ? "up" : "down") : "");
    }
  }
  drawWay(counts.get(state.view.continent));
}

/** Next to the map: from the area that is chosen to its offers. */
function drawWay(n) {
  go.hidden = !n;
  if (!n) return;
  setText(go, `See the offers: ${state.NAMES.get(state.view.continent)}`);
  setAttribute(go, "href", offers(state.view.category, state.view.continent));
}

/** Of a continent, in the categories that are shown, whether the continent itself is shown or not. */
function everywhere(id) {
  let sum = 0;
  for (const [category, row] of state.table.categories) if (state.shownCategory(category)) sum += row.get(id) ?? 0;
  return sum;
}

function movedEverywhere(id) {
  let incoming = 0;
  let outgoing = 0;
  for (const cell of state.rates.cells.values()) {
    if (cell.continent === id && state.shownCategory(cell.category)) {
      incoming += cell.in;
      outgoing += cell.out;
    }
  }
  return { in: incoming, out: outgoing };
}

function shown(n, all, id) {
  if (state.view.unit === "share") return share(n, all);
  if (state.view.unit === "change") {
    const moved = movedEverywhere(id);
    return value(n, all, moved.in - moved.out);
  }
  return number(n);
}
