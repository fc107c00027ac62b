// How a number is shown: in the chosen unit, and as a shade.
import * as state from "./state.js";
import { number, share, signed } from "./format.js";

const LEVELS = 6;

/** Shade 0 (none) to 6: by the square root, so that small numbers differ too. */
export const level = (n, most) => (n <= 0 ? 0 : Math.max(1, Math.ceil(Math.sqrt(n / most) * LEVELS)));

/** A number in the chosen unit; within the table shares have no sign; it is in the last column. */
export function value(n, all, net, inTable = false) {
  if (state.view.unit === "share") return n ? (inTable ? share(n, all).replace("%", "") : share(n, all)) : "·";
  if (state.view.unit === "change") return net ? signed(net) : "·";
  return n ? number(n) : "·";
}
