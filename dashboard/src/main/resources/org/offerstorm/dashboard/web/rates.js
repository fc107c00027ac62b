// The figures on top: live offers, the last minute, the last hours.
import { offers } from "./address.js";
import * as state from "./state.js";
import { duration, element, isolated, number, setAttribute, setText, svg, time } from "./format.js";

const get = (id) => document.getElementById(id);
const total = get("total");
const chips = get("chips");
const pace = get("pace");
const BARS = 60;

for (const button of document.querySelectorAll("[data-span]")) {
  button.addEventListener("click", () => state.show({ span: button.getAttribute("data-span") }));
}

let shownChips = null;

export function draw() {
  setText(total, state.counted() ? number(state.count("", "")) : "–");
  if (state.counted()) document.title = `${total.textContent} live offers · Offerstorm`;
  drawChips();
  const filtered = Boolean(state.view.continent || state.view.category);
  const now = state.rates.now;
  const moved = state.moved("", "");
  const [incoming, corrected, outgoing] = filtered ? [moved.in, null, moved.out] : [now.new, now.corrected, now.deleted];
  setText(get("now-new"), state.rates.known ? number(incoming) : "–");
  setText(get("now-corrected"), state.rates.known && corrected !== null ? number(corrected) : "–");
  setText(get("now-deleted"), state.rates.known ? number(outgoing) : "–");
  for (const button of document.querySelectorAll("[data-span]")) {
    setAttribute(button, "aria-pressed", String(state.view.span === button.getAttribute("data-span")));
  }
  drawPace();
}

function drawChips() {
  const wanted = JSON.stringify([state.view.continent, state.view.category]);
  if (wanted === shownChips) return;
  shownChips = wanted;
  const made = [];
  if (state.view.category) made.push(chip(state.view.category, () => state.show({ category: "" })));
  if (state.view.continent) made.push(chip(state.NAMES.get(state.view.continent), () => state.show({ continent: "" })));
  const { category, continent } = state.view;
  const link = element("a", { class: "go", "data-page": "", href: offers(category, continent) }, made.length ? "See these offers" : "See the offers");
  chips.replaceChildren(...(made.length ? made : [element("span", { class: "all" }, "all categories, all continents")]), link);
}

function chip(name, remove) {
  const button = element("button", { type: "button", "aria-label": `Remove the filter ${isolated(name)}` },
    element("bdi", {}, name), element("span", { "aria-hidden": "true" }, " ×"));
  button.addEventListener("click", remove);
  return button;
}

/** The chart follows the pointer, too. */
function drawPace() {
  const continent = state.view.continent || state.hover.continent;
  const category = state.view.category || state.hover.category;
  const filtered = Boolean(continent || category);
  const span = Number(state.view.span);
  const bars = filtered ? movedBars(span, category, continent) : rateBars(span);
  // Of the hours before, the server knows categories and continents, but not each cell.
  const where = category ? `${isolated(category)}${continent ? ", everywhere" : ""}` : state.NAMES.get(continent);
  setText(get("pace-title"), filtered ? `Came and went: ${where}` : "New, corrected, deleted");
  setText(get("pace-from"), `${duration(span * 60_000)} ago`);
  const up = bars.map((bar) => bar.new + bar.corrected);
  const most = Math.max(1, ...up);
  const least = Math.max(1, ...bars.map((bar) => bar.deleted));
  const height = 100;
  const base = (height * most) / (most + Math.min(least, most));
  const scale = base / most;
  const down = Math.min(scale, (height - base) / least);
  const paths = { new: "", corrected: "", deleted: "" };
  bars.forEach((bar, i) => {
    const x = i * 10;
    const rect = (y, h) => (h > 0 ? `M${x} ${y.toFixed(1)}h8v${h.toFixed(1)}h-8z` : "");
    const tall = (n, by) => (n ? Math.max(1.5, n * by) : 0);
    const fresh = tall(bar.new, scale);
    const again = tall(bar.corrected, scale);
    paths.new += rect(base - fresh, fresh);
    paths.corrected += rect(base - fresh - again, again);
    paths.deleted += rect(base + 1.5, tall(bar.deleted, down));
  });
  if (!pace.firstChild) {
    pace.setAttribute("viewBox", `0 0 ${BARS * 10 - 2} 103`);
    for (const kind of Object.keys(paths)) pace.append(svg("path", { class: kind }));
    pace.append(svg("path", { class: "base" }));
  }
  Object.values(paths).forEach((d, i) => setAttribute(pace.children[i], "d", d));
  setAttribute(pace.lastChild, "d", `M0 ${(base + 0.75).toFixed(1)}H${BARS * 10 - 2}`);
  const step = span / BARS;
  const top = up.indexOf(Math.max(...up));
  setText(get("pace-most"), up[top] ? `most: ${number(up[top])} in ${step === 1 ? "a minute" : `${step} minutes`}` : "");
  const sum = (kind) => bars.reduce((all, bar) => all + bar[kind], 0);
  setAttribute(pace, "aria-label", `Last ${duration(span * 60_000)}: ${number(sum("new"))} new, ${number(sum("corrected"))} corrected, ${number(sum("deleted"))} deleted`);
}

/** By the records' timestamps. */
function rateBars(span) {
  const bars = blank();
  const last = state.rates.minutes.at(-1)?.at ?? 0;
  const step = span / BARS;
  for (const minute of state.rates.minutes) {
    const at = BARS - 1 - Math.floor((last - minute.at) / 60_000 / step);
    if (at < 0) continue;
    bars[at].new += minute.new;
    bars[at].corrected += minute.corrected;
    bars[at].deleted += minute.deleted;
  }
  return bars;
}

/** Of one continent or category, by the time of counting. */
function movedBars(span, category, continent) {
  const bars = blank();
  const series = category ? state.rates.categories.get(category) : state.rates.continents.get(continent);
  const step = span / BARS;
  for (let minute = 0; series && minute < span; minute++) {
    const at = 360 - span + minute;
    bars[Math.floor(minute / step)].new += series.in[at];
    bars[Math.floor(minute / step)].deleted += series.out[at];
  }
  return bars;
}

const blank = () => Array.from({ length: BARS }, () => ({ new: 0, corrected: 0, deleted: 0 }));

/** For people who cannot see the numbers move: now and then, in a sentence. */
export function summary(before) {
  const n = state.count("", "");
  const by = n - before;
  return [n, `${number(n)} live offers${by ? `, ${number(Math.abs(by))} ${by > 0 ? "more" : "fewer"} than before` : ""}, at ${time(Date.now())}.`];
}
