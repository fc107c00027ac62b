// The search page: the address says what is searched (search-query.js); each change asks the API once.
import { at } from "./address.js";
import { setAttribute } from "./format.js";
import { change, clear, onChange, parameters, query } from "./search-query.js";
import * as results from "./search-results.js";
import * as suggest from "./search-suggest.js";
import * as theme from "./theme.js";
import * as place from "./search-place.js";
import { boxOf, width } from "./search-map-fit.js";
import { OfferMap } from "./search-map.js";

const DELAY = 140;
const SLOW = 250;
/** Until the map asks for finer cells while words are typed. */
const SETTLED = 400;
const FITS = 2;
const WORLD = "-180,-84,180,84";
/** Offers that the API returns at once. */
const MOST = 100;

const get = (id) => document.getElementById(id);
const input = get("q");
const map = new OfferMap(get("map"));
let timer = 0;
let pending = null;
let typing = false;
let next = null;

// ── What is typed

input.addEventListener("input", () => {
  typing = true;
  clearTimeout(timer);
  timer = setTimeout(() => change({ q: input.value.trim() }, "typed"), DELAY);
});
get("ask").addEventListener("submit", (event) => {
  event.preventDefault();
  search(input.value.trim());
});
suggest.start({ onText: search, onCategory: (category) => {
  input.value = "";
  typing = false;
  change({ q: "", category: [category] });
} });

/** Searches for the whole words. */
function search(text, bare = false) {
  clearTimeout(timer);
  suggest.close();
  typing = false;
  input.value = text;
  if (bare) clear(undefined, { q: text });
  else change({ q: text });
}

document.addEventListener("keydown", (event) => {
  const writes = /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName);
  if (event.key === "/" && !writes) {
    event.preventDefault();
    input.focus();
    input.select();
  } else if ((event.key === "j" || event.key === "k") && !writes) {
    const links = [...document.querySelectorAll("#results h2 a")];
    const at = links.indexOf(document.activeElement);
    links[Math.max(0, Math.min(links.length - 1, at + (event.key === "j" ? 1 : -1)))]?.focus();
  }
});

// ── Sorting, place, map, colours

get("sort").addEventListener("change", () => {
  if (get("sort").value === "nearest" && !query.near) locate({ sort: "nearest" });
  else change({ sort: get("sort").value });
});
get("radius").addEventListener("change", () => change({ radius: get("radius").value }));
get("near").addEventListener("click", () => (query.near ? change({ near: "" }) : locate({})));

function locate(also) {
  if (!navigator.geolocation) return notice("This browser cannot determine its location.");
  setAttribute(get("near"), "aria-busy", "true");
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      get("near").removeAttribute("aria-busy");
      // To about a kilometre: the address may be shared.
      change({ near: `${coords.latitude.toFixed(2)},${coords.longitude.toFixed(2)}`, box: "", ...also });
    },
    () => {
      get("near").removeAttribute("aria-busy");
      get("sort").value = query.sort;
      notice("Your location is unknown: the browser may not share it, or cannot determine it. Move the map there instead.");
    },
    { maximumAge: 600_000, timeout: 10_000 },
  );
}

map.onMove = (box) => change({ box: box ?? "" }, "moved");
map.onPoint = (cell) => {
  const tip = get("map-tip");
  tip.hidden = !cell;
  if (cell) {
    tip.textContent = cell.n === 1 ? "1 offer" : `${cell.n.toLocaleString("en-GB")} offers`;
    tip.style.setProperty("--x", `${cell.x}px`);
    tip.style.setProperty("--y", `${cell.y - cell.radius}px`);
  }
  get("map").toggleAttribute("data-cell", Boolean(cell));
};
get("zoom-in").addEventListener("click", () => map.zoom(1.8));
get("zoom-out").addEventListener("click", () => map.zoom(1 / 1.8));
get("zoom-world").addEventListener("click", () => map.world());
for (const [on, off] of [["pointerover", "pointerout"], ["focusin", "focusout"]]) {
  get("results").addEventListener(on, (event) => map.point(event.target.closest("li")?.offer));
  get("results").addEventListener(off, () => map.point(null));
}

theme.start((chosen) => change({ theme: chosen }, "worn"));

// ── Asking

onChange((why) => {
  if (why === "worn") return;
  if (why === "back") {
    typing = false;
    suggest.close();
  }
  controls(why);
  ask(why);
});
place.start(get("results"));

function controls(why) {
  if (input !== document.activeElement || why === "back") input.value = query.q;
  get("sort").value = query.sort;
  get("radius").value = query.radius;
  if (!get("radius").value) get("radius").value = "30km";
  get("within").hidden = !query.near;
  setAttribute(get("near"), "aria-pressed", String(Boolean(query.near)));
  theme.wear(query.theme);
  const [latitude, longitude] = query.near.split(",").map(Number);
  const km = Number.parseFloat(query.radius) || 0;
  map.setNear(query.near ? { latitude, longitude, km } : null);
  if (why !== "moved") {
    if (query.box) map.show(query.box);
    else if (query.near && km) map.showPlace(latitude, longitude, (km / 111) * 1.6 / Math.max(0.2, Math.cos((latitude * Math.PI) / 180)));
  }
  get("map-note").textContent = query.box ? "The list follows the map." : "Move the map to search there.";
  results.showChips();
}

/** Whether the map shows the hits, wherever they are; it does not if it filters, or if the user has moved it. */
const follows = (why) => why !== "moved" && !query.box && !(query.near && Number.parseFloat(query.radius));

async function ask(why) {
  pending?.abort();
  const mine = (pending = new AbortController());
  const slow = setTimeout(() => setAttribute(document.body, "data-busy", "true"), SLOW);
  const before = why === "back" ? place.kept() : { shown: 0 };
  const heat = follows(why) ? WORLD : map.text();
  try {
    const rows = Math.min(MOST, before.shown);
    const result = await load(parameters({ typing, heat: map.ready() ? heat : "", rows }), mine.signal);
    next = result.next;
    notice("");
    results.showCount(result);
    results.showFacets(result.facets);
    results.showChips();
    results.showOffers(result.offers, false);
    results.showNothing(result.help, search, result.notice);
    map.setHeat(result.heat);
    while (next && get("results").children.length < before.shown) await more(mine.signal);
    get("more").hidden = !next;
    if (why === "back") place.restore(get("results"), before);
    if (follows(why)) fit(result.heat, mine.signal);
  } catch (problem) {
    if (mine.signal.aborted) return;
    notice(problem.message);
  } finally {
    clearTimeout(slow);
    if (mine === pending) document.body.removeAttribute("data-busy");
  }
}

/** Brings the hits into view, coarsely at first, as the cells of the whole world are large. */
async function fit(heat, signal) {
  try {
    let before = 360;
    for (let step = 0; step < FITS; step++) {
      const box = boxOf(heat);
      map.show(box);
      if (width(box) > before / 2) return; // finer cells would show no more
      before = width(box);
      await new Promise((resolve) => setTimeout(resolve, typing ? SETTLED : 0));
      if (signal.aborted) return;
      ({ heat } = await load(parameters({ typing, heat: map.text(), rows: 1 }), signal));
      map.setHeat(heat);
    }
  } catch {
    // The coarse map stays.
  }
}

/** Appends the next offers; returns the first of them. */
async function more(signal) {
  const result = await load(parameters({ typing, cursor: next }), signal);
  next = result.next;
  return results.showOffers(result.offers, true)[0];
}

get("more").addEventListener("click", async () => {
  const button = get("more");
  button.disabled = true;
  try {
    const first = await more(pending.signal);
    button.hidden = !next;
    place.keep({ shown: get("results").children.length });
    first?.querySelector("a").focus();
  } catch (problem) {
    if (problem.name !== "AbortError") notice(problem.message);
  } finally {
    button.disabled = false;
  }
});

async function load(params, signal) {
  let response;
  try {
    response = await fetch(at(`api/offers?${params}`), { signal });
  } catch (problem) {
    throw problem.name === "AbortError" ? problem : new Error("The server does not answer. The next change asks it again.");
  }
  const document = await response.json();
  if (!response.ok) throw new Error(document.error);
  return document;
}

function notice(text) {
  get("notice").hidden = !text;
  get("notice").textContent = text;
}

if (matchMedia("(min-width: 900px)").matches) get("facets-fold").open = true;
input.value = query.q;
controls("back");
// After the first layout, so that the map has its size and the first answer its heat.
requestAnimationFrame(() => setTimeout(() => ask("back"), 0));
