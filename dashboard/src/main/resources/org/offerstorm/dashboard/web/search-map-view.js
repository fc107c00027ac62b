// What the map shows of the world: a centre and a scale. A view is a box of degrees.
import { latitudeOf, longitudeOf, wrap, xOf, yOf } from "./mercator.js";

const MOST_NORTH = 84;
const DEEPEST = 2 ** 12;

export class MapView {
  #canvas;
  #centre = { x: 0.5, y: yOf(28) };
  #scale = 0;
  #wanted = null;

  constructor(canvas) {
    this.#canvas = canvas;
  }

  /** Of the canvas, in pixels of the page. */
  size() {
    return this.#canvas.getBoundingClientRect();
  }

  /** Pixels that the world is wide; 0 before the canvas has its size. */
  scale() {
    return this.#scale;
  }

  /** What is in view: west,south,east,north. */
  box() {
    const { width, height } = this.size();
    const halfX = width / 2 / this.#scale;
    const halfY = height / 2 / this.#scale;
    const north = latitudeOf(Math.max(0, this.#centre.y - halfY));
    const south = latitudeOf(Math.min(1, this.#centre.y + halfY));
    if (halfX >= 0.499) return [-180, south, 180, north];
    return [wrap(longitudeOf(this.#centre.x - halfX)), south, wrap(longitudeOf(this.#centre.x + halfX)), north];
  }

  isWorld() {
    return this.#scale <= this.#least() * 1.001;
  }

  /** Where a point of the world is on the canvas: the copy that is nearest to the middle. */
  screen(x, y) {
    const { width, height } = this.size();
    let dx = x - this.#centre.x;
    dx -= Math.round(dx);
    return { x: width / 2 + dx * this.#scale, y: height / 2 + (y - this.#centre.y) * this.#scale };
  }

  /** Where the world starts on the canvas, after this many turns around it. */
  corner(turn) {
    const { width, height } = this.size();
    return { x: width / 2 + (turn - this.#centre.x) * this.#scale, y: height / 2 - this.#centre.y * this.#scale };
  }

  /** Shows a box given as text, or the world for none; again when the size changes, until the user moves it. */
  show(text) {
    this.#wanted = text || "world";
    this.#fit();
  }

  resize() {
    if (!this.#scale && !this.#wanted) this.#wanted = "world";
    this.#fit();
  }

  /** What is at a point of the canvas, or else in the middle, stays where it is. */
  zoom(factor, at) {
    const { width, height } = this.size();
    const x = at ? at.x - width / 2 : 0;
    const y = at ? at.y - height / 2 : 0;
    const scale = Math.min(this.#least() * DEEPEST, Math.max(this.#least(), this.#scale * factor));
    this.#centre.x += x / this.#scale - x / scale;
    this.#centre.y += y / this.#scale - y / scale;
    this.#scale = scale;
    this.#moved();
  }

  pan(dx, dy) {
    this.#centre.x -= dx / this.#scale;
    this.#centre.y -= dy / this.#scale;
    this.#moved();
  }

  #moved() {
    this.#wanted = null;
    this.#clamp();
  }

  #least() {
    const { width, height } = this.size();
    return Math.max(width, height * 1.15);
  }

  #clamp() {
    const { height } = this.size();
    const half = height / 2 / this.#scale;
    const top = yOf(MOST_NORTH);
    const bottom = 1 - top;
    this.#centre.y = half * 2 >= bottom - top ? 0.5 : Math.min(bottom - half, Math.max(top + half, this.#centre.y));
    this.#centre.x = ((this.#centre.x % 1) + 1) % 1;
  }

  #fit() {
    const { width, height } = this.size();
    if (!width) return;
    if (this.#wanted === "world") {
      this.#centre = { x: 0.5, y: yOf(28) };
      this.#scale = this.#least();
    } else if (this.#wanted) {
      const [west, south, east, north] = this.#wanted.split(",").map(Number);
      const wide = ((east - west + 360) % 360 || 360) / 360;
      const high = Math.max(1e-6, yOf(south) - yOf(north));
      this.#scale = Math.max(this.#least(), Math.min(width / wide, height / high));
      this.#centre = { x: xOf(west) + wide / 2, y: (yOf(south) + yOf(north)) / 2 };
    }
    this.#scale = Math.max(this.#least(), this.#scale);
    this.#clamp();
  }
}
