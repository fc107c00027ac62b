// Web Mercator: the world is a square, x from west to east and y from north to south, both from 0 to 1.

export function xOf(longitude) {
  return (longitude + 180) / 360;
}

export function yOf(latitude) {
  const radians = (latitude * Math.PI) / 180;
  return (1 - Math.asinh(Math.tan(radians)) / Math.PI) / 2;
}

export function longitudeOf(x) {
  return x * 360 - 180;
}

export function latitudeOf(y) {
  return (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;
}

export function wrap(longitude) {
  return ((((longitude + 180) % 360) + 360) % 360) - 180;
}

/** The point at a distance and bearing (formulae of the great circle). */
export function away(latitude, longitude, km, bearing) {
  const rad = Math.PI / 180;
  const d = km / 6371;
  const lat = latitude * rad;
  const to = Math.asin(Math.sin(lat) * Math.cos(d) + Math.cos(lat) * Math.sin(d) * Math.cos(bearing * rad));
  const turn = Math.atan2(Math.sin(bearing * rad) * Math.sin(d) * Math.cos(lat), Math.cos(d) - Math.sin(lat) * Math.sin(to));
  return [to / rad, longitude + turn / rad];
}
