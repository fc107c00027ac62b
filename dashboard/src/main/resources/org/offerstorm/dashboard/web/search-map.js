// The map: shores from our own outlines, and where the offers are.
import { asset } from "./address.js";
import { cellAt } from "./search-map-cells.js";
import { listen } from "./search-map-input.js";
import { outline, paint } from "./search-map-paint.js";
import { MapView } from "./search-map-view.js";

const SETTLED = 400;

export class OfferMap {
  #canvas;
  #view;
  #shown = { land: null, heat: null, near: null, pointed: null };
  #timer = 0;
  #frame = 0;

  /** Called with a box when the user has moved the map, and with null for the whole world. */
  onMove = () => {};
  /** Called with the offers of a cell under the pointer, or null. */
  onPoint = () => {};

  constructor(canvas, { still = false } = {}) {
    this.#canvas = canvas;
    this.#view = new MapView(canvas);
    new ResizeObserver(() => this.#resize()).observe(canvas);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.draw());
    new MutationObserver(() => this.draw()).observe(document.documentElement, { attributeFilter: ["data-theme"] });
    if (!still) listen(canvas, this);
    fetch(asset("world.json")).then((response) => response.json()).then(({ rings }) => this.#put({ land: outline(rings) }), () => {});
  }

  /** What is in view: west,south,east,north. */
  text() {
    return this.#view.box().map((degrees) => degrees.toFixed(3)).join(",");
  }

  ready() {
    return this.#view.scale() > 0;
  }

  /** Shows a box given as text, or the world for none. Tells nobody. */
  show(text) {
    clearTimeout(this.#timer);
    this.#view.show(text);
    this.draw();
  }

  showPlace(latitude, longitude, degrees) {
    this.show([longitude - degrees, latitude - degrees / 2, longitude + degrees, latitude + degrees / 2].join(","));
  }

  setHeat(heat) {
    this.#put({ heat: heat ?? null });
  }

  setNear(near) {
    this.#put({ near });
  }

  point(offer) {
    this.#put({ pointed: offer?.latitude === undefined ? null : offer });
  }

  zoom(factor, at = null) {
    this.#view.zoom(factor, at);
    this.#moved();
  }

  pan(dx, dy) {
    this.#view.pan(dx, dy);
    this.#moved();
  }

  world() {
    this.show("");
    this.onMove(null);
  }

  /** The offers of the cell at a point of the canvas, or null. */
  cellAt(x, y) {
    return cellAt(this.#shown.heat, this.#view, x, y);
  }

  draw() {
    if (!this.#frame) {
      this.#frame = requestAnimationFrame(() => {
        this.#frame = 0;
        if (this.ready()) paint(this.#canvas, this.#view, this.#shown);
      });
    }
  }

  #put(shown) {
    Object.assign(this.#shown, shown);
    this.draw();
  }

  /** Tells it when the map has come to rest. */
  #moved() {
    this.draw();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.onMove(this.#view.isWorld() ? null : this.text()), SETTLED);
  }

  #resize() {
    const { width, height } = this.#view.size();
    if (!width) return;
    const dots = devicePixelRatio || 1;
    this.#canvas.width = Math.round(width * dots);
    this.#canvas.height = Math.round(height * dots);
    this.#view.resize();
    this.draw();
  }
}
