// The picture: a box for each step, and the arrows between them wherever the boxes are.
import { element, number, setAttribute, setText, svg, time } from "./format.js";
import { STATES, isTrouble, latency, rate } from "./pipeline-words.js";
import { line } from "./pipeline-history.js";

const flow = document.getElementById("flow");
const arrows = document.getElementById("arrows");
const boxes = new Map();
let steps = [];
let asked = false;

const COLUMNS = { kafka: 1, spout: 2, parse: 3, continent: 4, "dead-letters": 4 };

/** Draws the steps as they are now. */
export function draw(next, history) {
  steps = next;
  const known = new Set(steps.map((step) => step.id));
  for (const [id, box] of boxes) {
    if (!known.has(id)) {
      box.remove();
      boxes.delete(id);
    }
  }
  for (const step of steps) fill(boxOf(step), step, history);
  arrange();
}

function boxOf(step) {
  let box = boxes.get(step.id);
  if (!box) {
    box = element("section", { class: "step", "data-step": step.id },
      element("h3", {}, element("i", { "aria-hidden": "true" }), element("span", { class: "title" }), element("span", { class: "word" })),
      element("p", { class: "rate" }, element("b"), element("small")),
      element("dl"), element("p", { class: "why" }), svg("svg", { class: "line", "aria-hidden": "true", preserveAspectRatio: "none" }));
    boxes.set(step.id, box);
    flow.append(box);
  }
  return box;
}

function fill(box, step, history) {
  const [sign, word] = STATES[step.state] ?? STATES.unknown;
  setAttribute(box, "data-state", step.state);
  setAttribute(box, "data-column", step.sink ? (step.from === "continent" ? "5" : "6") : String(COLUMNS[step.id] ?? 5));
  const [title, pace, facts, why, trend] = box.children;
  setText(title.children[0], sign);
  setText(title.children[1], step.title);
  setText(title.children[2], word);
  const noRate = step.id === "kafka";
  pace.hidden = noRate;
  setText(pace.children[0], rate(step.rate));
  setText(pace.children[1], step.id === "dead-letters" ? "letters a second" : step.sink ? "written a second" : "records a second");
  const wanted = lines(step);
  if (facts.childElementCount !== wanted.length * 2) {
    facts.replaceChildren(...wanted.flatMap(() => [element("dt"), element("dd")]));
  }
  wanted.forEach(([name, value], i) => {
    setText(facts.children[i * 2], name);
    setText(facts.children[i * 2 + 1], value);
  });
  const trouble = isTrouble(step.state);
  why.hidden = !trouble;
  setText(why, trouble ? `since ${time(Date.parse(step.since))}: ${step.reasons.join(" · ")}` : "");
  const series = history?.series?.[step.sink || step.id === "dead-letters" ? `${step.id}.rate` : step.id === "spout" ? "rate" : step.id === "kafka" ? "lag" : ""];
  const drawn = series?.filter((value) => value !== null).length > 1;
  trend.toggleAttribute("hidden", !drawn);
  if (drawn) line(trend, series);
}

/** What a box says besides its rate. */
function lines(step) {
  const found = [];
  if (step.sink) found.push(["half durable in", latency(step.p50)], ["99 % durable in", latency(step.p99)]);
  const shown = { lag: "behind", records: "in the topic", oldest_seconds: "oldest waits", in_flight: "in flight", held: "held", rejected: step.id === "parse" ? "refused" : "in all" };
  for (const figure of step.figures) {
    const name = shown[figure.name];
    if (!name || (figure.name === "held" && figure.value === 0) || (figure.name === "lag" && step.id === "spout")) continue;
    const unit = figure.name === "oldest_seconds" ? " s" : figure.name === "in_flight" || figure.name === "held" ? (figure.value === 1 ? " chunk" : " chunks") : "";
    found.push([name, number(Math.round(figure.value)) + unit]);
  }
  if (step.id === "dead-letters") {
    const kinds = step.figures.filter((figure) => figure.name.startsWith("letters/"));
    kinds.sort((a, b) => b.value - a.value);
    for (const kind of kinds.slice(0, 3)) found.push([kind.title.replaceAll("_", " "), number(kind.value)]);
  }
  return found;
}

function arrange() {
  if (asked) return;
  asked = true;
  requestAnimationFrame(() => {
    asked = false;
    const frame = flow.getBoundingClientRect();
    setAttribute(arrows, "viewBox", `0 0 ${frame.width} ${frame.height}`);
    const wanted = steps.filter((step) => boxes.has(step.from ?? ""));
    while (arrows.childElementCount > wanted.length) arrows.lastChild.remove();
    while (arrows.childElementCount < wanted.length) arrows.append(svg("path"));
    wanted.forEach((step, i) => {
      setAttribute(arrows.children[i], "d", way(boxes.get(step.from).getBoundingClientRect(), boxes.get(step.id).getBoundingClientRect(), frame));
      setAttribute(arrows.children[i], "data-state", step.state);
    });
  });
}

/** From the edge of one box to the edge of another: to the right, or down where they stand below each other. */
function way(from, to, frame) {
  const f = (n) => n.toFixed(1);
  if (to.left >= from.right) {
    const [x1, x2] = [from.right - frame.left, to.left - frame.left];
    const [y1, y2] = [from.top + Math.min(34, from.height / 2) - frame.top, to.top + Math.min(34, to.height / 2) - frame.top];
    const middle = (x1 + x2) / 2;
    return `M${f(x1)} ${f(y1)}C${f(middle)} ${f(y1)} ${f(middle)} ${f(y2)} ${f(x2 - 5)} ${f(y2)}m-5 -4l6 4l-6 4`;
  }
  if (from.bottom > to.top) return "";
  const [x1, x2] = [from.left + 22 - frame.left, to.left + 22 - frame.left];
  const [y1, y2] = [from.bottom - frame.top, to.top - frame.top];
  if (y2 - y1 < 60) return `M${f(x1)} ${f(y1)}C${f(x1)} ${f((y1 + y2) / 2)} ${f(x2)} ${f((y1 + y2) / 2)} ${f(x2)} ${f(y2 - 5)}m-4 -5l4 6l4 -6`;
  // Others are between: along the left side.
  const left = Math.max(4, Math.min(from.left, to.left) - 10 - frame.left);
  const y3 = to.top + 22 - frame.top;
  return `M${f(from.left - frame.left)} ${f(from.bottom - 14 - frame.top)}H${f(left)}V${f(y3)}H${f(to.left - 5 - frame.left)}m-5 -4l6 4l-6 4`;
}

new ResizeObserver(arrange).observe(flow);
