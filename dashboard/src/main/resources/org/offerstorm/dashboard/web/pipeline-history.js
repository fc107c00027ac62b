// The last day as lines: a gap is a time of which nothing is known.
import { number, setAttribute, setText, svg } from "./format.js";
import { latency, rate } from "./pipeline-words.js";

const HEIGHT = 40;

/** Draws a series into a small picture. */
export function line(node, values) {
  const most = Math.max(...values.map((value) => value ?? 0), 0) || 1;
  const at = (value) => (HEIGHT - 2 - (value / most) * (HEIGHT - 6)).toFixed(1);
  let stroke = "";
  let area = "";
  let open = -1;
  values.forEach((value, i) => {
    if (value === null) {
      if (open >= 0) area += `V${HEIGHT}H${open}Z`;
      open = -1;
      return;
    }
    stroke += open < 0 ? `M${i} ${at(value)}${i + 1 >= values.length || values[i + 1] === null ? "h1" : ""}` : `L${i} ${at(value)}`;
    area += open < 0 ? `M${i} ${at(value)}` : `L${i} ${at(value)}`;
    if (open < 0) open = i;
  });
  if (open >= 0) area += `V${HEIGHT}H${open}Z`;
  setAttribute(node, "viewBox", `0 0 ${values.length} ${HEIGHT}`);
  if (!node.firstChild) node.append(svg("path", { class: "area" }), svg("path", { class: "stroke" }));
  setAttribute(node.children[0], "d", area);
  setAttribute(node.children[1], "d", stroke);
  return most;
}

const WORDS = { rate: (n) => `${rate(n)}`, lag: (n) => number(Math.round(n)), latency: (n) => latency(n) };

/** The three lines of the whole pipeline, each with what it is now and at most. */
export function days(history, now) {
  for (const name of ["rate", "lag", "latency"]) {
    const figure = document.getElementById(`day-${name}`);
    const values = history.series[name] ?? [];
    const known = values.filter((value) => value !== null);
    const picture = figure.querySelector("svg");
    line(picture, values.length ? values : [null]);
    const most = known.length ? WORDS[name](Math.max(...known)).replace("≤ ", "") : "";
    setText(figure.querySelector("figcaption b"), now[name] === null || now[name] === undefined ? "–" : WORDS[name](now[name]));
    setText(figure.querySelector(".most"), known.length ? `at most ${most}` : "nothing is known yet");
    setAttribute(picture, "aria-label", known.length ? `The last day: at most ${most}` : "Nothing is known yet");
  }
}
