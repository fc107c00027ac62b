// The past, and the tables of the lake: a slider, a switch, and a badge that says who answers and how old that is.
import { at as address } from "./address.js";
import * as state from "./state.js";
import { link } from "./live.js";
import { duration, setAttribute, setText, time } from "./format.js";

const get = (id) => document.getElementById(id);
const box = get("when");
const slider = get("at");
const buttons = [...document.querySelectorAll("[data-layer]")];

/** A slider has so many places at most; the first step that leads to fewer is taken. */
const PLACES = 800;
const STEPS = [60_000, 600_000, 3_600_000, 86_400_000];
/** While the slider moves nobody is asked, and the address stays. */
const REST = 150;
/** How often the lake is asked whether it has published. */
const RELOAD = 30_000;

const moment = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", timeZone: "UTC" });
const words = (millis) => `${moment.format(millis)} UTC`;

/** What the lake says of itself; null: there is none. */
let range = null;
/** What was asked last, and what went wrong. */
let asked = "";
let problem = "";
let underWay = null;
/** The question is asked again, and its former answer stays. */
let again = false;
/** A timer, while the slider moves. */
let moving = 0;

export function start() {
  slider.addEventListener("input", () => {
    clearTimeout(moving);
    moving = setTimeout(choose, REST);
    drawSlider();
  });
  for (const button of buttons) {
    button.addEventListener("click", () => state.show({ layer: button.getAttribute("data-layer"), at: "" }));
  }
  load();
}

function choose() {
  moving = 0;
  const chosen = Number(slider.value);
  state.show(chosen >= Number(slider.max) ? { at: "" } : { at: isoMinute(chosen * step()), layer: "live" });
}

const isoMinute = (millis) => `${new Date(millis).toISOString().slice(0, 16)}Z`;

async function load() {
  try {
    const known = await (await fetch(address("api/lake"))).json();
    if (!known.served) {
      if (question()) state.show({ layer: "live", at: "" });
      return;
    }
    range = known.problem ? (range ?? {}) : known;
  } catch {
    range = range ?? {};
  }
  const answer = state.table.answer;
  if (asked && !underWay && (problem || answer?.from === "merged" || answer?.offsets !== range.offsets)) ask(asked);
  state.changed();
  setTimeout(load, RELOAD);
}

/** Milliseconds of one place of the slider. */
function step() {
  const span = Date.now() - first();
  return STEPS.find((each) => span / each <= PLACES) ?? STEPS.at(-1);
}

const first = () => Date.parse(range?.first) || Date.now() - 60_000;

/** What must be asked for what is to be shown; "" if nothing. */
function question() {
  if (state.view.at) return `from=batch&at=${state.view.at}`;
  return state.view.layer === "live" ? "" : `from=${state.view.layer}`;
}

export function draw() {
  box.hidden = !range;
  if (!range) return;
  const wanted = question();
  if (wanted !== asked) ask(wanted);
  drawSlider();
  for (const button of buttons) {
    setAttribute(button, "aria-pressed", String(!state.view.at && state.view.layer === button.getAttribute("data-layer")));
  }
  setText(get("total-label"), state.view.at ? "Live offers then" : "Live offers");
  drawBadge();
}

function drawSlider() {
  const size = step();
  const now = Math.floor(Date.now() / size) + 1;
  setAttribute(slider, "min", String(Math.floor(first() / size)));
  setAttribute(slider, "max", String(now));
  slider.disabled = !range.first;
  const chosen = state.view.at ? Math.round(Date.parse(state.view.at) / size) : now;
  const place = moving ? Number(slider.value) : chosen;
  if (Number(slider.value) !== place) slider.value = String(place);
  const text = place >= now ? "now" : words(moving ? place * size : Date.parse(state.view.at));
  setText(get("at-text"), text);
  setAttribute(slider, "aria-valuetext", text);
}

function drawBadge() {
  const answer = state.table.answer;
  if (!asked) {
    say("live", "Live", `Redis${link.asOf ? `, data as of ${time(link.asOf)}` : ""}`);
  } else if (underWay && !again) {
    say("waiting", "Asking the lake", "");
  } else if (problem) {
    say("away", "No answer", problem);
  } else if (answer) {
    const published = Date.parse(answer.publishedAt);
    const age = `published ${duration(Date.now() - published)} ago`;
    if (answer.at) {
      const later = Date.parse(answer.at) > published ? "; what came after that is not counted" : "";
      say("past", "History", `the lake, ${age}${later}`);
    } else if (answer.from === "merged") {
      say("merged", "Merged", `the lake, ${age}, and what is staged after it`);
    } else {
      say("batch", "Batch", `the lake, ${age}`);
    }
  }
}

function say(kind, word, detail) {
  setAttribute(get("badge"), "data-state", kind);
  setText(get("badge-word"), word);
  setText(get("badge-detail"), detail);
}

function ask(wanted) {
  again = wanted === asked && !problem;
  asked = wanted;
  underWay?.abort();
  underWay = null;
  if (!wanted) {
    problem = "";
    state.showAnswer(null);
    return;
  }
  // What is shown stays until the answer comes, but for the live table, which would pass for another one.
  if (!state.table.answer) state.showAnswer({ cells: [] });
  underWay = new AbortController();
  fetchCounts(wanted, underWay);
}

async function fetchCounts(wanted, controller) {
  let answer = { cells: [] };
  let failure = "the dashboard's server does not answer";
  try {
    const response = await fetch(address(`api/counts?${wanted}`), { signal: controller.signal });
    const document = await response.json();
    failure = response.ok ? "" : document.error;
    if (response.ok) answer = document;
  } catch (error) {
    if (error.name === "AbortError") return;
  }
  if (underWay !== controller) return;
  underWay = null;
  problem = failure;
  state.showAnswer(answer);
}
