// Paints the map: the land, the circle around a place, the cells, and the offer that is pointed at.
import { away, xOf, yOf } from "./mercator.js";
import { cells } from "./search-map-cells.js";

/** The land of our outlines, whose rings are differences of hundredths of a degree. */
export function outline(rings) {
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

/** Each of land, heat, near and pointed may be null. */
export function paint(canvas, view, { land, heat, near, pointed }) {
  const context = canvas.getContext("2d");
  const { width, height } = view.size();
  const dots = canvas.width / width;
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(name).trim();
  context.setTransform(dots, 0, 0, dots, 0, 0);
  context.fillStyle = colour("--ocean");
  context.fillRect(0, 0, width, height);
  if (land) paintLand(context, view, dots, land, colour);
  if (near) paintNear(context, view, near, colour);
  paintCells(context, cells(heat, view), colour);
  if (pointed) paintPointed(context, view, pointed, colour);
}

function paintLand(context, view, dots, land, colour) {
  const { width } = view.size();
  const scale = view.scale();
  for (const turn of [-1, 0, 1]) {
    const corner = view.corner(turn);
    if (corner.x > width || corner.x + scale < 0) continue;
    context.setTransform(dots * scale, 0, 0, dots * scale, dots * corner.x, dots * corner.y);
    context.fillStyle = colour("--land");
    context.fill(land, "evenodd");
    context.strokeStyle = colour("--shore");
    context.lineWidth = 0.8 / scale;
    context.stroke(land);
  }
  context.setTransform(dots, 0, 0, dots, 0, 0);
}

function paintNear(context, view, { latitude, longitude, km }, colour) {
  const at = view.screen(xOf(longitude), yOf(latitude));
  if (km) {
    context.beginPath();
    for (let bearing = 0; bearing <= 360; bearing += 6) {
      const [lat, lon] = away(latitude, longitude, km, bearing);
      const to = view.screen(xOf(lon), yOf(Math.max(-85, Math.min(85, lat))));
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

function paintCells(context, all, colour) {
  const levels = ["--l3", "--l4", "--l5", "--l6"].map(colour);
  const texts = ["--ink", "--t4", "--t5", "--t5"].map(colour);
  context.font = `600 11px ${getComputedStyle(document.body).fontFamily}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  for (const cell of all.sort((a, b) => a.n - b.n)) {
    context.globalAlpha = 0.88;
    const shade = Math.min(3, Math.floor(cell.share * 4));
    context.fillStyle = levels[shade];
    context.beginPath();
    context.arc(cell.x, cell.y, cell.radius, 0, 7);
    context.fill();
    context.globalAlpha = 1;
    context.lineWidth = 1;
    context.strokeStyle = colour("--card");
    context.stroke();
    const text = cell.n < 1000 ? String(cell.n) : `${Math.round(cell.n / 1000)}k`;
    if (cell.radius > 4 + 3.4 * text.length) {
      context.fillStyle = texts[shade];
      context.fillText(text, cell.x, cell.y + 0.5);
    }
  }
}

function paintPointed(context, view, { latitude, longitude }, colour) {
  const at = view.screen(xOf(longitude), yOf(latitude));
  context.lineWidth = 3;
  context.strokeStyle = colour("--ink");
  context.fillStyle = colour("--down");
  context.beginPath();
  context.arc(at.x, at.y, 7, 0, 7);
  context.fill();
  context.stroke();
}
