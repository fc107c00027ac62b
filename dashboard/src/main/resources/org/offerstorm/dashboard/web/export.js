// What is shown, as a file.
import * as state from "./state.js";
import { sorted } from "./matrix-order.js";
import { link } from "./live.js";

document.getElementById("export-csv").addEventListener("click", () => save("csv", "text/csv;charset=utf-8", csv()));
document.getElementById("export-json").addEventListener("click", () => save("json", "application/json", json()));

function shown() {
  const continents = state.CONTINENTS.map(([id]) => id).filter(state.shownContinent);
  const all = state.count("", "");
  const of = (category, continent) => {
    if (state.view.unit === "change") return state.moved(category, continent).net;
    const n = state.count(category, continent);
    return state.view.unit === "share" ? (all ? n / all : 0) : n;
  };
  return {
    continents,
    rows: sorted().filter(state.shownCategory).map((category) => ({
      category, values: continents.map((id) => of(category, id)), total: of(category, ""),
    })),
    totals: continents.map((id) => of("", id)),
    total: of("", ""),
  };
}

function csv() {
  const { continents, rows, totals, total } = shown();
  const lines = [["category", ...continents, "total"], ...rows.map((row) => [row.category, ...row.values, row.total]), ["Total", ...totals, total]];
  return lines.map((line) => line.map(field).join(",")).join("\r\n") + "\r\n";
}

/** Quoted where it must be (RFC 4180); a text that a spreadsheet would take for a formula gets an apostrophe. */
function field(value) {
  if (typeof value === "number") return String(value);
  const text = /^[=+\-@\t]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function json() {
  const { continents, rows, totals, total } = shown();
  const byContinent = (values) => Object.fromEntries(continents.map((id, i) => [id, values[i]]));
  return JSON.stringify({
    schema: 1,
    ...source(),
    unit: state.view.unit,
    filter: { category: state.view.category || null, continent: state.view.continent || null },
    rows: rows.map((row) => ({ category: row.category, continents: byContinent(row.values), total: row.total })),
    totals: byContinent(totals),
    total,
  }, null, 2) + "\n";
}

/** Who counted this, and of which time it is. */
function source() {
  const answer = state.table.answer;
  if (!answer) return { asOf: link.asOf ? new Date(link.asOf).toISOString() : null };
  return { from: answer.from, asOf: answer.at ?? answer.publishedAt, countedTo: answer.countedTo };
}

function save(ending, type, text) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const anchor = document.createElement("a");
  anchor.href = url;
  anchor.download = `offerstorm-${state.view.unit}.${ending}`;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
