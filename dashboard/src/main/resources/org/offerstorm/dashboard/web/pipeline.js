// The page Pipeline: asks the server every two seconds for the flow, every thirty for the last day and the stores.
import { at } from "./address.js";
import { element, setAttribute, setText, time } from "./format.js";
import { days } from "./pipeline-history.js";
import { draw as drawFlow } from "./pipeline-flow.js";
import { draw as drawStores } from "./pipeline-storage.js";
import { STATES, isTrouble, rate } from "./pipeline-words.js";
import * as theme from "./theme.js";

const PACE = 2_000;
const SLOW = 30_000;

theme.wear(new URLSearchParams(location.search).get("theme"));
theme.start((chosen) => {
  const address = new URL(location.href);
  if (chosen === "auto") address.searchParams.delete("theme");
  else address.searchParams.set("theme", chosen);
  history.replaceState(null, "", address);
});

let now = null;
let lastDay = null;
let storage = null;
let slowAt = -Infinity;
let lost = 0;

async function json(path) {
  const answer = await fetch(at(path), { cache: "no-cache", signal: AbortSignal.timeout(10_000) });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
}

async function look() {
  try {
    if (!document.hidden) {
      const slow = performance.now() - slowAt > SLOW;
      const [next, day, stores] = await Promise.all([
        json("api/pipeline"), slow ? json("api/pipeline/history") : lastDay, slow ? json("api/storage") : storage,
      ]);
      now = next;
      lastDay = day;
      storage = stores;
      if (slow) {
        // Before the first minute is over, there is more to see soon.
        slowAt = performance.now() - (storage.stores.some((store) => store.state === "waiting") ? SLOW - PACE : 0);
        drawStores(storage);
      }
      lost = 0;
      draw();
    }
  } catch {
    lost ||= Date.now();
  }
  freshness();
  setTimeout(look, PACE);
}

function draw() {
  document.getElementById("unset").hidden = now.watched;
  drawFlow(now.steps, lastDay);
  const spout = now.steps.find((step) => step.id === "spout");
  const slowest = now.steps.reduce((most, step) => (step.p99 === null ? most : Math.max(most ?? 0, step.p99)), null);
  days(lastDay, { rate: spout?.rate, lag: spout?.figures.find((figure) => figure.name === "lag")?.value, latency: slowest });
  verdict(spout);
  workers();
}

/** The one sentence on top, and below it what is wrong: which, since when, why. */
function verdict(spout) {
  const silent = now.workers.filter((worker) => !worker.answers);
  const wrong = now.steps.filter((step) => isTrouble(step.state));
  const away = storage.stores.filter((store) => store.state === "unknown" && !wrong.some((step) => step.id === store.name));
  const told = [
    ...wrong.map((step) => [STATES[step.state][0], `${step.title}: ${STATES[step.state][1].toLowerCase()}`, step.since, step.reasons.join(" · ")]),
    ...silent.map((worker) => ["✕", `Worker ${worker.address}: no answer`, worker.since, worker.reason ?? ""]),
    ...away.map((store) => ["✕", `${store.title}: no answer`, store.since, store.reason ?? ""]),
  ];
  if (now.problem) told.push(["✕", "No list of workers", null, now.problem]);
  const head = document.getElementById("verdict");
  const names = [...wrong, ...away].map((each) => each.title);
  if (told.length) {
    setAttribute(head.parentElement, "data-state", "trouble");
    if (silent.length) names.push(silent.length === 1 ? `worker ${silent[0].address}` : `${silent.length} workers`);
    setText(head, names.length ? `Trouble: ${names.join(", ")}` : "Trouble");
  } else if (!now.watched || !now.workers.length) {
    setAttribute(head.parentElement, "data-state", "unknown");
    setText(head, now.watched ? "No worker is listed" : "The stores answer; the workers are not watched");
  } else {
    setAttribute(head.parentElement, "data-state", "fine");
    setText(head, `All is well: ${rate(spout?.rate)} records a second`);
  }
  document.getElementById("troubles").replaceChildren(...told.map(([sign, what, since, why]) =>
    element("li", {}, element("i", { "aria-hidden": "true" }, sign), element("b", {}, what),
      element("span", {}, `${since ? `since ${time(Date.parse(since))}` : ""}${since && why ? ": " : ""}${why}`))));
}

function workers() {
  document.getElementById("workers-card").hidden = !now.workers.length;
  document.getElementById("workers").replaceChildren(...now.workers.map((worker) =>
    element("li", { "data-state": worker.answers ? "fine" : "away" },
      element("i", { "aria-hidden": "true" }, worker.answers ? "●" : "✕"), element("code", {}, worker.address),
      element("span", {}, worker.answers ? `answers since ${time(Date.parse(worker.since))}` : `no answer since ${time(Date.parse(worker.since))}: ${worker.reason ?? ""}`),
      element("span", { class: "topology" }, worker.topology ?? ""))));
}

function freshness() {
  const pill = document.getElementById("freshness");
  setAttribute(pill, "data-state", lost ? "away" : now ? "live" : "connecting");
  setText(document.getElementById("freshness-word"), lost ? `Stale since ${time(lost)}` : now ? "Live" : "Connecting");
  setText(document.getElementById("freshness-detail"), lost ? "the dashboard's server does not answer" : now ? `as of ${time(Date.parse(now.at))}` : "");
}

addEventListener("visibilitychange", () => {
  if (!document.hidden) slowAt = -Infinity;
});
look();
