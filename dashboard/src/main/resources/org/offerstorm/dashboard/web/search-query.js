// What is searched: kept in the address, so that it can be shared, and Back goes back.

import { at } from "./address.js";
import { keep } from "./search-place.js";

const MANY = ["continent", "category", "profession", "contract", "city", "country", "remote"];
const SALARY = ["salary_min", "salary_currency", "salary_period"];
const ONE = ["q", "near", "radius", "published", ...SALARY, "box", "sort", "theme"];
const DEFAULTS = { radius: "30km", sort: "relevance", theme: "auto" };

export const query = {};
const listeners = [];

/** Filters of the data set's further fields, field.NAME: which there are, the server knows. */
export const isField = (name) => name.startsWith("field.");
const isMany = (name) => MANY.includes(name) || isField(name);
const many = () => [...MANY, ...Object.keys(query).filter(isField)];

read();
addEventListener("popstate", () => {
  const { theme } = query; // Back undoes a search, not the colours
  read();
  query.theme = theme;
  history.replaceState(history.state, "", address());
  tell("back");
});

function read() {
  const params = new URLSearchParams(location.search);
  for (const name of ONE) query[name] = params.get(name) ?? DEFAULTS[name] ?? "";
  for (const name of Object.keys(query).filter(isField)) delete query[name];
  for (const name of [...MANY, ...[...params.keys()].filter(isField)]) query[name] = params.getAll(name).filter((value) => value);
  if (!query.near && query.sort === "nearest") query.sort = "relevance";
}

function tell(why) {
  for (const listener of listeners) listener(why);
}

/** Calls the listener after each change, with what made it: "typed", "chosen", "moved", "worn" or "back". */
export function onChange(listener) {
  listeners.push(listener);
}

/** Changes the query. What is typed, and the colours, replace the entry in the history; a choice makes a new one. */
export function change(values, why = "chosen") {
  const before = address();
  Object.assign(query, values);
  if (!query.near && query.sort === "nearest") query.sort = "relevance";
  const after = address();
  if (before !== after) {
    const small = why === "typed" || why === "worn";
    if (!small) keep({ y: scrollY });
    history[small ? "replaceState" : "pushState"](why === "worn" ? history.state : null, "", after);
  }
  tell(why);
}

export function toggle(name, value) {
  const before = query[name] ?? [];
  const values = before.includes(value) ? before.filter((v) => v !== value) : [...before, value];
  change({ [name]: values });
}

/** Without filters, or without all but the words. */
export function clear(names = [...many(), ...SALARY, "near", "radius", "published", "box"], also = {}) {
  const cleared = { ...also };
  for (const name of names) cleared[name] = isMany(name) ? [] : DEFAULTS[name] ?? "";
  change(cleared);
}

export const hasFilters = () => many().some((name) => query[name].length) || SALARY.some((name) => query[name]) || query.near || query.published || query.box;

function address() {
  const params = new URLSearchParams();
  for (const name of [...ONE.slice(0, 3), ...many(), ...ONE.slice(3)]) {
    if (name === "radius" && !query.near) continue;
    for (const value of [query[name]].flat()) if (value && value !== DEFAULTS[name]) params.append(name, value);
  }
  const text = params.toString();
  return at(text ? `search?${text}` : "search");
}

/** The parameters of the API. */
export function parameters({ typing = false, heat = "", cursor = "", rows = 0 } = {}) {
  const params = new URLSearchParams();
  for (const name of ["q", "near", "published", "box", ...SALARY, ...many()]) {
    for (const value of [query[name]].flat()) if (value) params.append(name, value);
  }
  if (query.near) params.set("radius", query.radius);
  if (query.sort !== "relevance") params.set("sort", query.sort);
  if (typing && query.q) params.set("typing", "true");
  if (heat) params.set("heat", heat);
  if (cursor) params.set("cursor", cursor);
  if (rows) params.set("rows", rows);
  return params;
}
