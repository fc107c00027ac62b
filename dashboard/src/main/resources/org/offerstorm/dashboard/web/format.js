// Numbers, times and texts as people read them.

const whole = new Intl.NumberFormat("en-GB");
const percent = new Intl.NumberFormat("en-GB", { style: "percent", minimumFractionDigits: 1, maximumFractionDigits: 1 });
const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const dayAndClock = new Intl.DateTimeFormat("en-GB", {
  day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", second: "2-digit",
});

export const number = (n) => whole.format(n);

/** A true minus sign, and a plus sign for growth. */
export const signed = (n) => (n > 0 ? "+" : n < 0 ? "−" : "±") + whole.format(Math.abs(n));

export const share = (part, all) => (all === 0 ? "–" : percent.format(part / all));

export const arrow = (n) => (n > 0 ? "▲" : n < 0 ? "▼" : "◆");

/** The time of day; with the date if that is not today's. */
export function time(millis) {
  const date = new Date(millis);
  const today = new Date().toDateString() === date.toDateString();
  return (today ? clock : dayAndClock).format(date);
}

/** "12 s", "3 min", "2 h 5 min". */
export function duration(millis) {
  const seconds = Math.max(0, Math.floor(millis / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 ? `${hours} h ${minutes % 60} min` : `${hours} h`;
  return `${Math.floor(hours / 24)} days`;
}

/** A name that may hold anything, in a text: its direction marks reach no further than itself. */
export const isolated = (name) => `\u2068${name}\u2069`;

/** An element. Text is only ever set as text. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

export function svg(name, attributes = {}) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

/** Sets a text if it is another one. */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

export function setAttribute(node, name, value) {
  if (node.getAttribute(name) !== value) node.setAttribute(name, value);
}
