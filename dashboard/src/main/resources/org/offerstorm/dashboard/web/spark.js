// What came and what went, minute by minute, as bars.
import * as state from "./state.js";
import { setAttribute, svg } from "./format.js";

/** Bars: up what came, down what went. */
export function spark(node, series) {
  const span = Number(state.view.span);
  const bars = 60;
  const step = span / bars;
  const shift = shiftOf();
  let most = 1;
  const up = [];
  const down = [];
  for (let bar = 0; bar < bars; bar++) {
    let incoming = 0;
    let outgoing = 0;
    for (let minute = 0; minute < step; minute++) {
      const at = 360 - span + bar * step + minute + shift;
      incoming += series?.in[at] ?? 0;
      outgoing += series?.out[at] ?? 0;
    }
    up.push(incoming);
    down.push(outgoing);
    most = Math.max(most, incoming, outgoing);
  }
  const draw = (values, sign) => {
    let path = "";
    values.forEach((n, i) => {
      if (n) path += `M${i * 2 + 1} ${20}v${(-sign * (1 + (n / most) * 18)).toFixed(1)}`;
    });
    return path;
  };
  if (!node.firstChild) {
    node.setAttribute("viewBox", "0 0 120 40");
    node.append(svg("path", { class: "base", d: "M0 20H120" }), svg("path", { class: "came" }), svg("path", { class: "went" }));
  }
  setAttribute(node.children[1], "d", draw(up, 1));
  setAttribute(node.children[2], "d", draw(down, -1));
}

/** Minutes that have passed since the series were loaded. */
function shiftOf() {
  const last = state.rates.from + 359 * 60_000;
  const newest = state.rates.minutes.at(-1)?.at ?? last;
  return Math.max(0, Math.round((newest - last) / 60_000));
}
