// The map: shores from our own outlines, and where the offers are. Web Mercator, so that a view is a box of degrees.

const MOST_NORTH = 84;
const SETTLED = 400;
const DEEPEST = 2 ** 12;

export class OfferMap {
  #canvas;
  #context;
  #land = null;
  #heat = null;
  #near = null;
  #pointed = null;
  #offers = [];
  #centre = { x: 0.5, y: yOf(28) };
  #scale = 0;
  #timer = 0;
  #frame = 0;
  #wanted = null;
  #drag = null;
  #pointers = new Map();

  /** Called with a box when somebody has moved the map, and with null for the whole world. */
  onMove = () => {};
  /** Called with the offers of a cell under the pointer, or null. */
  onPoint = () => {};

  constructor(canvas, { still = false } = {}) {
    this.#canvas = canvas;
    this.#context = canvas.getContext("2d");
    new ResizeObserver(() => this.#resize()).observe(canvas);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.draw());
    new MutationObserver(() => this.draw()).observe(document.documentElement, { attributeFilter: ["data-theme"] });
    if (!still) this.#listen();
    fetch("/assets/world.json").then((response) => response.json()).then(({ rings }) => {
      this.#land = path(rings);
      this.draw();
    }, () => {});
  }

  /** What is in view: west,south,east,north. */
  box() {
    const { width, height } = this.#canvas.getBoundingClientRect();
    const halfX = width / 2 / this.#scale;
    const halfY = height / 2 / this.#scale;
    const north = latitudeOf(Math.max(0, this.#centre.y - halfY));
    const south = latitudeOf(Math.min(1, this.#centre.y + halfY));
    if (halfX >= 0.499) return [-180, south, 180, north];
    return [wrap(longitudeOf(this.#centre.x - halfX)), south, wrap(longitudeOf(this.#centre.x + halfX)), north];
  }

  text() {
    return this.box().map((degrees) => degrees.toFixed(3)).join(",");
  }

  isWorld() {
    return this.#scale <= this.#least() * 1.001;
  }

  ready() {
    return this.#scale > 0;
  }

  /** Shows a box given as text, or the world for none. Tells nobody. */
  show(text) {
    clearTimeout(this.#timer);
    this.#wanted = text || "world";
    this.#fit();
  }

  showPlace(latitude, longitude, degrees) {
    this.show([longitude - degrees, latitude - degrees / 2, longitude + degrees, latitude + degrees / 2].join(","));
  }

  setHeat(heat) {
    this.#heat = heat ?? null;
    this.draw();
  }

  setNear(near) {
    this.#near = near;
    this.draw();
  }

  setOffers(offers) {
    this.#offers = offers.filter((offer) => offer.latitude !== undefined);
    this.draw();
  }

  point(offer) {
    this.#pointed = offer?.latitude === undefined ? null : offer;
    this.draw();
  }

  zoom(factor, at = null) {
    const { width, height } = this.#canvas.getBoundingClientRect();
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

  world() {
    this.show("");
    this.onMove(null);
  }

  #least() {
    const { width, height } = this.#canvas.getBoundingClientRect();
    return Math.max(width, height * 1.15);
  }

  #clamp() {
    const { height } = this.#canvas.getBoundingClientRect();
    const half = height / 2 / this.#scale;
    const top = yOf(MOST_NORTH);
    const bottom = 1 - top;
    this.#centre.y = half * 2 >= bottom - top ? 0.5 : Math.min(bottom - half, Math.max(top + half, this.#centre.y));
    this.#centre.x = ((this.#centre.x % 1) + 1) % 1;
  }

  #moved() {
    this.#wanted = null;
    this.#clamp();
    this.draw();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.onMove(this.isWorld() ? null : this.text()), SETTLED);
  }

  #resize() {
    const { width, height } = this.#canvas.getBoundingClientRect();
    if (!width) return;
    const dots = devicePixelRatio || 1;
    this.#canvas.width = Math.round(width * dots);
    this.#canvas.height = Math.round(height * dots);
    if (!this.#scale && !this.#wanted) this.#wanted = "world";
    this.#fit();
  }

  #fit() {
    const { width, height } = this.#canvas.getBoundingClientRect();
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
    this.draw();
  }

  #listen() {
    const canvas = this.#canvas;
    canvas.addEventListener("wheel", (event) => {
      event.preventDefault();
      this.zoom(Math.exp(-Math.max(-60, Math.min(60, event.deltaY)) / 160), { x: event.offsetX, y: event.offsetY });
    }, { passive: false });
    canvas.addEventListener("pointerdown", (event) => {
      canvas.setPointerCapture(event.pointerId);
      this.#pointers.set(event.pointerId, { x: event.offsetX, y: event.offsetY });
      this.#drag = { x: event.offsetX, y: event.offsetY, far: 0 };
    });
    canvas.addEventListener("pointermove", (event) => {
      const before = this.#pointers.get(event.pointerId);
      if (!before) return this.onPoint(this.#cellAt(event.offsetX, event.offsetY));
      const now = { x: event.offsetX, y: event.offsetY };
      if (this.#pointers.size === 2) {
        const other = [...this.#pointers].find(([id]) => id !== event.pointerId)[1];
        const apart = (a) => Math.hypot(a.x - other.x, a.y - other.y) || 1;
        this.zoom(apart(now) / apart(before), { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 });
        this.#drag.far = 99;
      } else {
        this.#drag.far += Math.hypot(now.x - before.x, now.y - before.y);
        if (this.#drag.far > 4) this.pan(now.x - before.x, now.y - before.y);
      }
      this.#pointers.set(event.pointerId, now);
    });
    const end = (event) => {
      if (!this.#pointers.delete(event.pointerId) || this.#pointers.size) return;
      if (event.type === "pointerup" && this.#drag.far <= 4) {
        const cell = this.#cellAt(event.offsetX, event.offsetY);
        if (cell) this.zoom(3, cell);
      }
    };
    canvas.addEventListener("pointerup", end);
    canvas.addEventListener("pointercancel", end);
    canvas.addEventListener("pointerleave", () => this.onPoint(null));
    canvas.addEventListener("dblclick", (event) => this.zoom(2, { x: event.offsetX, y: event.offsetY }));
    canvas.addEventListener("keydown", (event) => {
      const step = 60;
      const moves = { ArrowLeft: [step, 0], ArrowRight: [-step, 0], ArrowUp: [0, step], ArrowDown: [0, -step] };
      if (moves[event.key]) this.pan(...moves[event.key]);
      else if (event.key === "+" || event.key === "=") this.zoom(1.6);
      else if (event.key === "-") this.zoom(1 / 1.6);
      else if (event.key === "0") this.world();
      else return;
      event.preventDefault();
    });
  }

  /** Where a point of the world is on the canvas: the copy that is nearest to the middle. */
  #screen(x, y) {
    const { width, height } = this.#canvas.getBoundingClientRect();
    let dx = x - this.#centre.x;
    dx -= Math.round(dx);
    return { x: width / 2 + dx * this.#scale, y: height / 2 + (y - this.#centre.y) * this.#scale };
  }

  #cells() {
    if (!this.#heat) return [];
    const { box: [west, south, east, north], columns, rows, cells } = this.#heat;
    const wide = (((east - west + 360) % 360 || 360) / columns);
    const high = (north - south) / rows;
    const most = cells.reduce((m, [, , n]) => Math.max(m, n), 20);
    const size = Math.max(4.5, (wide / 360) * this.#scale);
    return cells.map(([column, row, n]) => {
      const latitude = Math.max(-85, Math.min(85, north - (row + 0.5) * high));
      const at = this.#screen(xOf(west + (column + 0.5) * wide), yOf(latitude));
      const share = Math.log1p(n) / Math.log1p(most);
      return { ...at, n, share, radius: Math.max(2.6, Math.min(26, size * (0.3 + 0.55 * share))) };
    });
  }

  #cellAt(x, y) {
    let best = null;
    for (const cell of this.#cells()) {
      const far = Math.hypot(cell.x - x, cell.y - y);
      if (far < cell.radius + 5 && (!best || far < best.far)) best = { ...cell, far };
    }
    return best;
  }

  draw() {
    if (!this.#frame) {
      this.#frame = requestAnimationFrame(() => {
        this.#frame = 0;
        if (this.#scale) this.#paint();
      });
    }
  }

  #paint() {
    const context = this.#context;
    const { width, height } = this.#canvas.getBoundingClientRect();
    const dots = this.#canvas.width / width;
    const style = getComputedStyle(document.documentElement);
    const colour = (name) => style.getPropertyValue(name).trim();
    context.setTransform(dots, 0, 0, dots, 0, 0);
    context.fillStyle = colour("--ocean");
    context.fillRect(0, 0, width, height);
    if (this.#land) {
      for (const turn of [-1, 0, 1]) {
        const left = width / 2 + (turn - this.#centre.x) * this.#scale;
        if (left > width || left + this.#scale < 0) continue;
        context.setTransform(dots * this.#scale, 0, 0, dots * this.#scale, dots * left, dots * (height / 2 - this.#centre.y * this.#scale));
        context.fillStyle = colour("--land");
        context.fill(this.#land, "evenodd");
        context.strokeStyle = colour("--shore");
        context.lineWidth = 0.8 / this.#scale;
        context.stroke(this.#land);
      }
      context.setTransform(dots, 0, 0, dots, 0, 0);
    }
    this.#paintNear(context, colour);
    const levels = ["--l3", "--l4", "--l5", "--l6"].map(colour);
    context.font = `600 11px ${getComputedStyle(document.body).fontFamily}`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    for (const cell of this.#cells().sort((a, b) => a.n - b.n)) {
      context.globalAlpha = 0.88;
      context.fillStyle = levels[Math.min(3, Math.floor(cell.share * 4))];
      context.beginPath();
      context.arc(cell.x, cell.y, cell.radius, 0, 7);
      context.fill();
      context.globalAlpha = 1;
      context.lineWidth = 1;
      context.strokeStyle = colour("--card");
      context.stroke();
      const text = cell.n < 1000 ? String(cell.n) : `${Math.round(cell.n / 1000)}k`;
      if (cell.radius > 4 + 3.4 * text.length) {
        context.fillStyle = cell.share >= 0.5 ? colour("--on-dark") : colour("--on-light");
        context.fillText(text, cell.x, cell.y + 0.5);
      }
    }
    if (this.#pointed) {
      const at = this.#screen(xOf(this.#pointed.longitude), yOf(this.#pointed.latitude));
      context.lineWidth = 3;
      context.strokeStyle = colour("--ink");
      context.fillStyle = colour("--down");
      context.beginPath();
      context.arc(at.x, at.y, 7, 0, 7);
      context.fill();
      context.stroke();
    }
  }

  #paintNear(context, colour) {
    if (!this.#near) return;
    const { latitude, longitude, km } = this.#near;
    const at = this.#screen(xOf(longitude), yOf(latitude));
    if (km) {
      context.beginPath();
      for (let bearing = 0; bearing <= 360; bearing += 6) {
        const [lat, lon] = away(latitude, longitude, km, bearing);
        const to = this.#screen(xOf(lon), yOf(Math.max(-85, Math.min(85, lat))));
        context[bearing ? "lineTo" : "moveTo"](to.x, to.y);
      }
      context.globalAlpha = 0.12;
      context.fillStyle = colour("--accent");
      context.fill();
      context.globalAlpha = 1;
      context.lineWidth = 1.5;
      context.strokeStyle = colour("--accent");
      context.stroke();
    }
    context.fillStyle = colour("--accent");
    context.beginPath();
    context.arc(at.x, at.y, 4.5, 0, 7);
    context.fill();
  }
}

function xOf(longitude) {
  return (longitude + 180) / 360;
}

function yOf(latitude) {
  const radians = (latitude * Math.PI) / 180;
  return (1 - Math.asinh(Math.tan(radians)) / Math.PI) / 2;
}

function longitudeOf(x) {
  return x * 360 - 180;
}

function latitudeOf(y) {
  return (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;
}

function wrap(longitude) {
  return ((((longitude + 180) % 360) + 360) % 360) - 180;
}

/** The point at a distance and bearing (formulae of the great circle). */
function away(latitude, longitude, km, bearing) {
  const rad = Math.PI / 180;
  const d = km / 6371;
  const lat = latitude * rad;
  const to = Math.asin(Math.sin(lat) * Math.cos(d) + Math.cos(lat) * Math.sin(d) * Math.cos(bearing * rad));
  const turn = Math.atan2(Math.sin(bearing * rad) * Math.sin(d) * Math.cos(lat), Math.cos(d) - Math.sin(lat) * Math.sin(to));
  return [to / rad, longitude + turn / rad];
}

function path(rings) {
  const land = new Path2D();
  for (const ring of rings) {
    let longitude = 0;
    let latitude = 0;
    for (let i = 0; i < ring.length; i += 2) {
      longitude += ring[i];
      latitude += ring[i + 1];
      const y = yOf(Math.max(-85, Math.min(85, latitude / 100)));
      if (i === 0) land.moveTo(xOf(longitude / 100), y);
      else land.lineTo(xOf(longitude / 100), y);
    }
    land.closePath();
  }
  return land;
}
