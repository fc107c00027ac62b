// The live page: events come in (live.js), change what is known (state.js), and everything is drawn once for each frame.
import * as state from "./state.js";
import * as live from "./live.js";
import { marks } from "./marks.js";
import * as matrix from "./matrix.js";
import * as map from "./map.js";
import * as rates from "./rates.js";
import * as feed from "./feed.js";
import * as freshness from "./freshness.js";
import * as triggers from "./triggers.js";
import * as lake from "./lake.js";
import * as theme from "./theme.js";
import "./export.js";
import { setAttribute } from "./format.js";

const SUMMARY = 20_000;
/** The series of the last hours move on. */
const RELOAD = 20_000;

theme.start((chosen) => state.show({ theme: chosen }));
for (const button of document.querySelectorAll("[data-unit]")) {
  button.addEventListener("click", () => state.show({ unit: button.getAttribute("data-unit") }));
}
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") state.show({ continent: "", category: "" });
});

function drawTools() {
  theme.wear(state.view.theme);
  for (const button of document.querySelectorAll("[data-unit]")) {
    setAttribute(button, "aria-pressed", String(state.view.unit === button.getAttribute("data-unit")));
  }
}

for (const draw of [drawTools, freshness.draw, lake.draw, rates.draw, matrix.draw, map.draw, feed.draw, triggers.draw]) state.onChange(draw);

live.start((update, cells) => {
  if (!state.table.answer) for (const cell of cells) marks.add(cell.category, cell.continent, cell.by);
  feed.add(update, cells);
}, feed.load);
map.load();
lake.start();
state.changed();

setInterval(() => {
  marks.expire();
  state.changed();
}, 1000);
setInterval(live.loadRates, RELOAD);

let told = null;
setInterval(() => {
  if (!state.table.known || state.table.answer || document.hidden) return;
  const [n, text] = rates.summary(told ?? state.count("", ""));
  if (n !== told) document.getElementById("summary").textContent = text;
  told = n;
}, SUMMARY);
