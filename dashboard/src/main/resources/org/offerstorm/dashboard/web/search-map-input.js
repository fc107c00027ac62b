// Wheel, pointers and keys move the map.

const STEP = 60;

/** The map has zoom, pan, world, cellAt, and onPoint, which it calls with the cell under the pointer. */
export function listen(canvas, map) {
  listenToWheel(canvas, map);
  listenToPointers(canvas, map);
  listenToKeys(canvas, map);
}

function listenToWheel(canvas, map) {
  canvas.addEventListener("wheel", (event) => {
    event.preventDefault();
    map.zoom(Math.exp(-Math.max(-60, Math.min(60, event.deltaY)) / 160), { x: event.offsetX, y: event.offsetY });
  }, { passive: false });
}

/** One pointer drags, two pinch; a click zooms into a cell. */
function listenToPointers(canvas, map) {
  const pointers = new Map();
  let far = 0;
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    pointers.set(event.pointerId, { x: event.offsetX, y: event.offsetY });
    far = 0;
  });
  canvas.addEventListener("pointermove", (event) => {
    const before = pointers.get(event.pointerId);
    if (!before) return map.onPoint(map.cellAt(event.offsetX, event.offsetY));
    const now = { x: event.offsetX, y: event.offsetY };
    if (pointers.size === 2) {
      const other = [...pointers].find(([id]) => id !== event.pointerId)[1];
      const apart = (a) => Math.hypot(a.x - other.x, a.y - other.y) || 1;
      map.zoom(apart(now) / apart(before), { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 });
      far = 99;
    } else {
      far += Math.hypot(now.x - before.x, now.y - before.y);
      if (far > 4) map.pan(now.x - before.x, now.y - before.y);
    }
    pointers.set(event.pointerId, now);
  });
  const end = (event) => {
    if (!pointers.delete(event.pointerId) || pointers.size) return;
    if (event.type === "pointerup" && far <= 4) {
      const cell = map.cellAt(event.offsetX, event.offsetY);
      if (cell) map.zoom(3, cell);
    }
  };
  canvas.addEventListener("pointerup", end);
  canvas.addEventListener("pointercancel", end);
  canvas.addEventListener("pointerleave", () => map.onPoint(null));
  canvas.addEventListener("dblclick", (event) => map.zoom(2, { x: event.offsetX, y: event.offsetY }));
}

function listenToKeys(canvas, map) {
  const moves = { ArrowLeft: [STEP, 0], ArrowRight: [-STEP, 0], ArrowUp: [0, STEP], ArrowDown: [0, -STEP] };
  canvas.addEventListener("keydown", (event) => {
    if (moves[event.key]) map.pan(...moves[event.key]);
    else if (event.key === "+" || event.key === "=") map.zoom(1.6);
    else if (event.key === "-") map.zoom(1 / 1.6);
    else if (event.key === "0") map.world();
    else return;
    event.preventDefault();
  });
}
