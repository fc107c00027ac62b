// The part of the world that has the hits.

/** A single place is shown with its surroundings. */
const LEAST = 4;
const MARGIN = 0.08;

/** As west,south,east,north; empty if no hit has a place. */
export function boxOf(heat) {
  if (!heat?.cells.length) return "";
  const { box: [west, south, east, north], columns, rows } = heat;
  const wide = ((east - west + 360) % 360 || 360) / columns;
  const high = (north - south) / rows;
  const [from, to] = arc([...new Set(heat.cells.map(([column]) => column))], Math.round(360 / wide));
  const rowsHit = heat.cells.map(([, row]) => row);
  const [left, right] = widened(west + from * wide, west + (to + 1) * wide);
  const [bottom, top] = widened(north - (Math.max(...rowsHit) + 1) * high, north - Math.min(...rowsHit) * high);
  if (right - left >= 350) return "";
  return [left, Math.max(-84, bottom), right, Math.min(84, top)].map((degrees) => degrees.toFixed(3)).join(",");
}

/** From west to east; across the end of the map if that makes it less than half a world. */
function arc(columns, around) {
  const sorted = columns.sort((a, b) => a - b);
  if (sorted.at(-1) - sorted[0] > around / 2) {
    for (let i = 1; i < sorted.length; i++) {
      if (sorted[i] - sorted[i - 1] > around / 2) return [sorted[i], sorted[i - 1] + around];
    }
  }
  return [sorted[0], sorted.at(-1)];
}

function widened(from, to) {
  const more = Math.max((LEAST - (to - from)) / 2, (to - from) * MARGIN);
  return [from - more, to + more];
}

/** Of a box, in degrees. */
export function width(box) {
  const [west, , east] = box.split(",").map(Number);
  return box ? east - west : 360;
}
