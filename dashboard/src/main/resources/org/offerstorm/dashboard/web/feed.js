// The latest changes, newest first.
import { at as address } from "./address.js";
import * as state from "./state.js";
import { arrow, element, isolated, number, setAttribute, setText, signed, time } from "./format.js";

/** Lines that are kept. */
const LINES = 80;
/** The most cells shown of one update: at full rate nobody reads more. */
const CELLS = 6;

const list = document.getElementById("feed");
const pause = document.getElementById("pause");
let entries = [];
let drawn = "";
let frozen = null;
let missed = 0;

pause.addEventListener("click", () => state.show({ paused: state.view.paused ? "" : "1" }));

/** What happened before the page was opened: up to the id of its first table. */
export async function load(id) {
  try {
    const { changes } = await (await fetch(address("api/changes/recent"))).json();
    const before = [];
    for (const change of changes) if (!isAfter(change.id, id)) before.unshift(...lines(change, change.cells));
    entries = [...entries, ...before].slice(0, LINES);
    state.changed();
  } catch {
    // It begins empty then.
  }
}

/** Ids are two numbers: milliseconds, and a count within them. */
function isAfter(id, other) {
  const [a, b] = [id, other].map((text) => text.split("-").map(Number));
  return a[0] > b[0] || (a[0] === b[0] && a[1] > b[1]);
}

let lastLine = 0;

function lines(change, cells) {
  const at = change ? Date.parse(change.changedAt) || 0 : Date.now();
  const moved = cells.filter((cell) => cell.by).sort((a, b) => Math.abs(b.by) - Math.abs(a.by));
  const made = moved.slice(0, CELLS).map((cell) => ({ id: ++lastLine, at, by: cell.by, category: cell.category, continent: cell.continent }));
  const rest = moved.slice(CELLS);
  if (rest.length) made.push({ id: ++lastLine, at, by: rest.reduce((sum, cell) => sum + cell.by, 0), more: rest.length });
  if (!moved.length && change?.corrected) made.push({ id: ++lastLine, at, by: 0, corrected: change.corrected });
  return made;
}

export function add(change, cells) {
  const made = lines(change, cells);
  entries = [...made, ...entries].slice(0, LINES);
  if (state.view.paused) missed += made.length;
}

export function draw() {
  const paused = Boolean(state.view.paused);
  if (paused && !frozen) frozen = entries;
  if (!paused) {
    frozen = null;
    missed = 0;
  }
  setAttribute(pause, "aria-pressed", String(paused));
  setText(pause, paused ? (missed ? `Go on (${number(missed)} new)` : "Go on") : "Pause");
  const shown = (frozen ?? entries).filter((entry) =>
    (entry.category === undefined && !state.view.continent && !state.view.category)
    || (entry.category !== undefined && state.shownCategory(entry.category) && state.shownContinent(entry.continent)));
  const stamp = `${shown[0]?.id ?? 0}/${shown.length}/${state.view.continent}/${state.view.category}`;
  if (stamp !== drawn) rebuild(shown);
  drawn = stamp;
  shown.forEach((entry, i) => setAttribute(list.children[i], "data-back", String(state.stepsBack(entry.category, entry.continent))));
}

function rebuild(shown) {
  const known = new Map([...list.children].map((node) => [node.dataset.id, node]));
  const nodes = shown.map((entry) => known.get(String(entry.id)) ?? line(entry));
  list.replaceChildren(...(nodes.length ? nodes : [element("li", { class: "none" }, state.view.continent || state.view.category ? "No recent changes in this selection." : "Nothing yet.")]));
}

function line(entry) {
  const node = element("li", { "data-id": entry.id, "data-mark": entry.by > 0 ? "up" : entry.by < 0 ? "down" : "" });
  const parts = entry.category !== undefined
    ? [element("span", { class: "what" }, element("bdi", {}, entry.category)), element("span", { class: "where" }, state.NAMES.get(entry.continent))]
    : [element("span", { class: "where" }, entry.more ? `in ${entry.more} more cells` : `${number(entry.corrected)} corrected in place`)];
  node.append(
    element("span", { class: "by" }, element("i", { "aria-hidden": "true" }, arrow(entry.by)), entry.by ? signed(entry.by) : ""),
    ...parts, element("time", { datetime: new Date(entry.at).toISOString() }, time(entry.at)));
  node.title = entry.category === undefined ? "" : isolated(entry.category);
  return node;
}
