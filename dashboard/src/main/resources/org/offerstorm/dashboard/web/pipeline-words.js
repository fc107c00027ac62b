// States and sizes in words.
import { duration, number } from "./format.js";

/** A sign for each state, so that colour is never alone, and its word. */
export const STATES = {
  fine: ["●", "Fine"], behind: ["▲", "Behind"], holding: ["■", "Holding"], away: ["✕", "No answer"], unknown: ["○", "Unknown"],
};
export const isTrouble = (state) => state === "behind" || state === "holding" || state === "away";

const UNITS = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];

/** "1.5 MiB". */
export function bytes(n) {
  let unit = 0;
  let value = Math.abs(n);
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  const digits = unit === 0 || value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return `${n < 0 ? "−" : ""}${value.toFixed(digits)} ${UNITS[unit]}`;
}

export const amount = (n, unit) => (unit === "bytes" ? bytes(n) : number(Math.round(n)));

/** "1,234", "12.3", "0.05". */
export function rate(n) {
  if (n === null || n === undefined) return "–";
  return n >= 100 || n === 0 ? number(Math.round(n)) : n.toFixed(n >= 10 ? 1 : 2);
}

/** Seconds as people say them: "≤ 250 ms" is the bound of a bucket. */
export function latency(seconds) {
  if (seconds === null || seconds === undefined) return "–";
  if (seconds < 1) return `≤ ${Math.round(seconds * 1000)} ms`;
  return seconds < 120 ? `≤ ${Number(seconds.toFixed(1))} s` : `≤ ${duration(seconds * 1000)}`;
}

/** "+12 MiB a day, +360 MiB a month (by 3 h)". */
export function growth(figure) {
  const grown = figure.growth;
  if (!grown) return "growth is known after ten minutes";
  const sign = (n) => (n > 0 ? "+" : n < 0 ? "" : "±") + amount(n, figure.unit);
  const basis = duration(grown.basedOnMinutes * 60_000);
  return grown.day === 0 ? `does not grow (by the last ${basis})` : `${sign(grown.day)} a day · ${sign(grown.month)} a month (by the last ${basis})`;
}
