// What changed a moment ago: each change stays marked for some seconds.
import * as state from "./state.js";

const MARKED = 4000;

/** By cell. */
export const marks = {
  cells: new Map(),
  add(category, continent, by) {
    if (!by) return;
    const id = state.key(category, continent);
    const now = performance.now();
    const old = this.cells.get(id);
    this.cells.set(id, { category, continent, by: by + (old && old.until > now ? old.by : 0), until: now + MARKED });
  },
  of(category, continent) {
    const mark = this.cells.get(state.key(category, continent));
    return mark ? mark.by : 0;
  },
  ofContinent(continent) {
    return this.sum((mark) => mark.continent === continent && state.shownCategory(mark.category));
  },
  sum(which) {
    let by = 0;
    for (const mark of this.cells.values()) if (which(mark)) by += mark.by;
    return by;
  },
  /** Removes old marks; true if there were any. */
  expire() {
    const now = performance.now();
    let any = false;
    for (const [id, mark] of this.cells) {
      if (mark.until <= now) {
        this.cells.delete(id);
        any = true;
      }
    }
    return any;
  },
};
