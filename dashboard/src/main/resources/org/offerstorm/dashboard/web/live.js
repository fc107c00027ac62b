// The connection to the server: one stream of events, which reconnects by itself.
import { at } from "./address.js";
import * as state from "./state.js";

/** After so long without a sign of life the page closes the connection and opens a new one. */
const SILENCE = 8000;
const RETRY = 1000;

/** What is known of the data's age; freshness.js says it in words. */
export const link = { open: false, since: Date.now(), ever: false, status: "", statusSince: 0, message: "", asOf: 0, changedAt: 0, skew: 0, triggers: [] };

let source = null;
let watch = 0;
let lastId = "";
let onChanges = () => {};
let onFirst = () => {};

/**
 * @param listener called with each change of the table: (update, cells)
 * @param first called once, with the first table's id
 */
export function start(listener, first) {
  onChanges = listener;
  onFirst = first;
  open();
}

function open() {
  // When this script reconnects, the id goes in the address; when the browser reconnects, it sends the id by itself.
  source = new EventSource(at(lastId ? `api/changes?after=${encodeURIComponent(lastId)}` : "api/changes"));
  source.addEventListener("open", alive);
  source.addEventListener("counts", (event) => {
    const counts = JSON.parse(event.data);
    const before = state.table.known ? snapshot() : null;
    state.setTable(counts);
    fresh(event, counts);
    if (before) onChanges(null, differences(before));
    else onFirst(counts.id);
    loadRates();
  });
  source.addEventListener("changes", (event) => {
    const update = JSON.parse(event.data);
    for (const cell of update.cells) state.put(cell.category, cell.continent, cell.count);
    fresh(event, update);
    onChanges(update, update.cells);
  });
  source.addEventListener("rates", (event) => {
    takeRates(JSON.parse(event.data));
    alive();
  });
  source.addEventListener("status", (event) => {
    const status = JSON.parse(event.data);
    link.status = status.status;
    link.statusSince = Date.parse(status.since);
    link.message = status.message;
    link.skew = Date.parse(status.at) - Date.now();
    link.asOf = Date.parse(status.asOf) || 0;
    link.changedAt = Date.parse(status.changedAt) || 0;
    alive();
  });
  source.addEventListener("triggers", (event) => {
    link.triggers = JSON.parse(event.data).triggers;
    alive();
  });
  source.addEventListener("error", () => {
    lost();
    if (source.readyState === EventSource.CLOSED) again();
  });
  listen();
}

function fresh(event, data) {
  lastId = event.lastEventId;
  link.asOf = Date.parse(data.asOf) || 0;
  link.changedAt = Date.parse(data.changedAt) || 0;
  alive();
}

function alive() {
  if (!link.open) {
    link.open = true;
    if (link.ever) loadRates();
    link.ever = true;
  }
  listen();
  state.changed();
}

function lost() {
  if (link.open) {
    link.open = false;
    link.since = Date.now();
  }
  state.changed();
}

function listen() {
  clearTimeout(watch);
  watch = setTimeout(() => {
    lost();
    again();
  }, SILENCE);
}

function again() {
  clearTimeout(watch);
  source.close();
  watch = setTimeout(open, RETRY);
}

function snapshot() {
  const cells = new Map();
  for (const [category, row] of state.live) {
    for (const [continent, count] of row) cells.set(state.key(category, continent), { category, continent, count });
  }
  return cells;
}

function differences(before) {
  const after = snapshot();
  const cells = [];
  for (const id of new Set([...before.keys(), ...after.keys()])) {
    const was = before.get(id)?.count ?? 0;
    const is = after.get(id)?.count ?? 0;
    if (was !== is) cells.push({ ...(after.get(id) ?? before.get(id)), by: is - was, count: is });
  }
  return cells;
}

/** The last hours; the stream of events brings what follows. */
export async function loadRates() {
  try {
    const response = await fetch(at("api/rates"));
    if (!response.ok) return;
    const all = await response.json();
    const { rates } = state;
    rates.minutes = [];
    rates.from = Date.parse(all.moves.from) || 0;
    rates.continents = new Map(all.moves.continents.map((series) => [series.id, series]));
    rates.categories = new Map(all.moves.categories.map((series) => [series.name, series]));
    rates.known = true;
    takeRates(all);
    state.changed();
  } catch {
    // The server stopped answering; the stream of events notices, and reconnects.
  }
}

function takeRates(latest) {
  const { rates } = state;
  rates.now = latest.lastMinute;
  rates.cells = new Map(latest.lastMinute.cells.map((cell) => [state.key(cell.category, cell.continent), cell]));
  const known = new Map(rates.minutes.map((minute) => [minute.at, minute]));
  for (const minute of latest.minutes) known.set(Date.parse(minute.minute), { ...minute, at: Date.parse(minute.minute) });
  rates.minutes = [...known.values()].sort((a, b) => a.at - b.at).slice(-360);
}
