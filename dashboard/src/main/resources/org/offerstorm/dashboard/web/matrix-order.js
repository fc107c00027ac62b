// The order of the table's rows.
import * as state from "./state.js";

/** Rows whose numbers pass each other change places only now and then: nobody can read a table that always moves. */
const SETTLE = 15_000;
let settledBy = "";
let settledAt = 0;
let settledOf = null;
let settledOrder = [];

/** The categories in the chosen order, as it was some seconds ago. */
export function settled() {
  const { sort, order, unit } = state.view;
  const by = `${sort} ${order} ${unit}`;
  const names = state.table.categories;
  const same = by === settledBy && names === settledOf && settledOrder.length === names.size && settledOrder.every((name) => names.has(name));
  if (!same || performance.now() - settledAt > SETTLE) {
    settledBy = by;
    settledOf = names;
    settledAt = performance.now();
    settledOrder = sorted();
  }
  return settledOrder;
}

/** The categories in the chosen order, as it is now. */
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

/** The weight of a row by all its cells, filtered or not: a filter does not move the rows. */
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
