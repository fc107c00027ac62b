// The cells of a heat map as dots on the canvas.
import { xOf, yOf } from "./mercator.js";

export function cells(heat, view) {
  if (!heat) return [];
  const { box: [west, south, east, north], columns, rows } = heat;
  const wide = (((east - west + 360) % 360 || 360) / columns);
  const high = (north - south) / rows;
  const most = heat.cells.reduce((m, [, , n]) => Math.max(m, n), 20);
  const size = Math.max(4.5, (wide / 360) * view.scale());
  return heat.cells.map(([column, row, n]) => {
    const latitude = Math.max(-85, Math.min(85, north - (row + 0.5) * high));
    const at = view.screen(xOf(west + (column + 0.5) * wide), yOf(latitude));
    const share = Math.log1p(n) / Math.log1p(most);
    return { ...at, n, share, radius: Math.max(2.6, Math.min(26, size * (0.3 + 0.55 * share))) };
  });
}

/** The one at a point of the canvas, or null. */
export function cellAt(heat, view, x, y) {
  let best = null;
  for (const cell of cells(heat, view)) {
    const far = Math.hypot(cell.x - x, cell.y - y);
    if (far < cell.radius + 5 && (!best || far < best.far)) best = { ...cell, far };
  }
  return best;
}
