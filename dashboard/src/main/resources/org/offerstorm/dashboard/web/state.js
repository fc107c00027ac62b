// What the page knows (the table, the rates) and what it shows (filter, unit, sorting: in the address).

export { CONTINENTS, NAMES } from "./continents.js";

const DEFAULTS = { unit: "count", sort: "total", order: "desc", continent: "", category: "", span: "60", theme: "auto", paused: "", layer: "live", at: "" };
const FILTERS = ["continent", "category"];
const ALLOWED = {
  unit: /^(count|share|change)$/, sort: /^(category|total|AF|AN|AS|EU|NA|OC|SA|UNKNOWN)$/, order: /^(asc|desc)$/,
  continent: /^(AF|AN|AS|EU|NA|OC|SA|UNKNOWN)?$/, category: /^[^]*$/, span: /^(60|360)$/, theme: /^(auto|light|dark)$/, paused: /^1?$/,
  layer: /^(live|merged|batch)$/, at: /^(\d{4}-\d\d-\d\dT\d\d:\d\dZ)?$/,
};

/** What is shown; kept in the address, so that it can be shared and survives a reload. */
export const view = read();
/** What the pointer or the focus rests on. */
export const hover = { continent: "", category: "" };

function read() {
  const asked = new URLSearchParams(location.search);
  const chosen = { ...DEFAULTS };
  for (const key of Object.keys(DEFAULTS)) {
    const value = asked.get(key);
    if (value !== null && ALLOWED[key].test(value)) chosen[key] = value;
  }
  return chosen;
}

const listeners = [];

/** Calls the listener before the next frame whenever something changed. */
export function onChange(listener) {
  listeners.push(listener);
}

let asked = false;

export function changed() {
  if (asked) return;
  asked = true;
  const draw = () => {
    asked = false;
    for (const listener of listeners) listener();
  };
  // A page in the background gets no frames; it is drawn when it is looked at.
  requestAnimationFrame(draw);
}

/** A filter makes an entry in the history, so that Back undoes it; all else changes the entry. */
export function show(change) {
  const filters = FILTERS.some((name) => name in change && change[name] !== view[name]);
  Object.assign(view, change);
  write(filters ? "pushState" : "replaceState");
  changed();
}

// Back undoes the filter, not what was chosen since: the unit, the order, the colours.
addEventListener("popstate", () => {
  const before = read();
  for (const name of FILTERS) view[name] = before[name];
  write("replaceState");
  changed();
});

function write(how) {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(view)) if (value !== DEFAULTS[key]) params.set(key, value);
  const query = params.toString();
  history[how](null, "", query ? `?${query}` : location.pathname);
}

/** A second click removes the filter. */
export const toggleContinent = (id) => show({ continent: view.continent === id ? "" : id });
export const toggleCategory = (name) => show({ category: view.category === name ? "" : name });

export function point(continent, category) {
  if (hover.continent === continent && hover.category === category) return;
  hover.continent = continent;
  hover.category = category;
  changed();
}

/** What the stream of events leads to: category → continent → live offers. */
export const live = new Map();
/**
 * The table that is shown, of the same form: the live one, or one of the lake, whose answer is then in `answer`. Totals are
 * always sums of what is in it.
 */
export const table = { categories: live, known: false, answer: null };
/** The last sixty seconds by cell, and the last hours. */
export const rates = { now: { new: 0, corrected: 0, deleted: 0 }, cells: new Map(), minutes: [], from: 0, continents: new Map(), categories: new Map(), known: false };

export function setTable(counts) {
  live.clear();
  for (const { category, continent, count } of counts.cells) put(category, continent, count);
  table.known = true;
}

export function put(category, continent, count) {
  putInto(live, category, continent, count);
}

function putInto(categories, category, continent, count) {
  let row = categories.get(category);
  if (!row) categories.set(category, (row = new Map()));
  if (count) row.set(continent, count);
  else row.delete(continent);
  if (row.size === 0) categories.delete(category);
}

/** Shows an answer of the lake in place of the live table, which goes on unseen; null: shows the live one again. */
export function showAnswer(answer) {
  table.answer = answer;
  table.categories = answer ? new Map() : live;
  for (const { category, continent, count } of answer?.cells ?? []) putInto(table.categories, category, continent, count);
  changed();
}

export const key = (category, continent) => `${category}|${continent}`;
export const shownContinent = (continent) => !view.continent || view.continent === continent;
export const shownCategory = (category) => !view.category || view.category === category;

/** Whether the pointer rests on something else: what it does not point at steps back. */
export const stepsBack = (category, continent) =>
  Boolean((hover.continent && continent && hover.continent !== continent) || (hover.category && category && hover.category !== category));

/** Live offers of a selection; an empty name means all. */
export function count(category, continent) {
  let sum = 0;
  for (const [name, row] of category ? [[category, table.categories.get(category)]] : table.categories) {
    if (!row || !shownCategory(name)) continue;
    for (const [id, n] of row) if ((!continent || id === continent) && shownContinent(id)) sum += n;
  }
  return sum;
}

/** Came and went within the last minute. */
export function moved(category, continent) {
  let incoming = 0;
  let outgoing = 0;
  for (const cell of rates.cells.values()) {
    if ((category && cell.category !== category) || (continent && cell.continent !== continent)) continue;
    if (!shownCategory(cell.category) || !shownContinent(cell.continent)) continue;
    incoming += cell.in;
    outgoing += cell.out;
  }
  return { in: incoming, out: outgoing, net: incoming - outgoing };
}

/** Whether the table that is shown is a count, and not one that is waited for. */
export const counted = () => table.known && (!table.answer || Boolean(table.answer.publishedAt));

/** The sum of all cells, regardless of filters. */
export function grandTotal() {
  let sum = 0;
  for (const row of table.categories.values()) for (const n of row.values()) sum += n;
  return sum;
}
