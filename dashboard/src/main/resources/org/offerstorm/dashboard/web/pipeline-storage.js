// What the stores hold: a card for each.
import { element, number, setText, svg, time } from "./format.js";
import { amount, bytes, growth } from "./pipeline-words.js";
import { line } from "./pipeline-history.js";

const list = document.getElementById("stores");
const offers = document.getElementById("offers");
const WORDS = { waiting: ["○", "Asking"], known: ["●", "Answers"], unknown: ["✕", "No answer"], unreadable: ["○", "Not asked"] };

/** Draws all stores; folds that a person has opened stay open. */
export function draw(storage) {
  const { live, deleted, unknown } = storage.offers;
  setText(offers, live === null ? "" : `${number(live)} live offers`
    + (deleted === null ? "" : ` · ${number(deleted)} deleted`) + (unknown === null ? "" : ` · ${number(unknown)} without a known continent`));
  const open = new Set([...list.querySelectorAll("details[open]")].map((fold) => fold.closest("li").dataset.store));
  const focus = document.activeElement?.closest?.("#stores li")?.dataset.store;
  list.replaceChildren(...storage.stores.map((store) => card(store, open.has(store.name))));
  if (focus) list.querySelector(`li[data-store="${CSS.escape(focus)}"] summary`)?.focus();
}

function card(store, open) {
  const [sign, word] = WORDS[store.state] ?? WORDS.waiting;
  const main = store.figures.find((figure) => figure.unit === "bytes");
  const made = element("li", { class: "card", "data-store": store.name, "data-state": store.state },
    element("h3", {}, element("i", { "aria-hidden": "true" }, sign), element("span", { class: "title" }, store.title), element("span", { class: "word" }, word)));
  if (main) {
    made.append(element("p", { class: "size" }, element("b", {}, bytes(main.value)), " ", element("small", {}, main.title.replace(/^… /, ""))),
      element("p", { class: "growth" }, growth(main)));
  }
  if (store.reason) made.append(element("p", { class: "why" }, `since ${time(Date.parse(store.since))}: ${store.reason}`));
  if (store.asOf && store.state !== "known") made.append(element("p", { class: "why" }, `The figures are those of ${time(Date.parse(store.asOf))}.`));
  for (const why of store.missing) made.append(element("p", { class: "why" }, why));
  if (store.history.filter((value) => value !== null).length > 1) {
    const picture = svg("svg", { class: "line", "aria-hidden": "true", preserveAspectRatio: "none" });
    line(picture, store.history);
    made.append(picture);
  }
  if (store.figures.length) {
    const fold = element("details", open ? { open: "" } : {}, element("summary", {}, "All figures"), table(store.figures));
    if (store.dates.length) fold.append(dates(store.dates));
    made.append(fold);
  }
  return made;
}

function table(figures) {
  return element("table", {}, element("tbody", {}, ...figures.map((figure) =>
    element("tr", {}, element("th", { scope: "row" }, figure.title), element("td", {}, amount(figure.value, figure.unit)),
      element("td", { class: "by" }, figure.growth ? `${figure.growth.day > 0 ? "+" : figure.growth.day < 0 ? "" : "±"}${amount(figure.growth.day, figure.unit)} a day` : "")))));
}

function dates(days) {
  return element("table", {},
    element("thead", {}, element("tr", {}, ...["Date", "Size", "Files"].map((name) => element("th", { scope: "col" }, name)))),
    element("tbody", {}, ...days.map((day) =>
      element("tr", {}, element("th", { scope: "row" }, day.date), element("td", {}, bytes(day.bytes)), element("td", {}, number(day.files))))));
}
