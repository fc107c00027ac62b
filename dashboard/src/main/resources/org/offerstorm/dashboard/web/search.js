// The search page: the address says what is searched (search-query.js); each change asks the API once.
import { setAttribute } from "./format.js";
import { change, clear, onChange, parameters, query } from "./search-query.js";
import * as results from "./search-results.js";
import * as suggest from "./search-suggest.js";
import { OfferMap } from "./search-map.js";

const DELAY = 140;
const SLOW = 250;

const get = (id) => document.getElementById(id);
const input = get("q");
const map = new OfferMap(get("map"));
let timer = 0;
let pending = null;
let typing = false;
let next = null;
let shown = [];

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

const THEMES = { auto: ["◐", "as the system"], light: ["○", "light"], dark: ["●", "dark"] };
get("theme").addEventListener("click", () => {
  const names = Object.keys(THEMES);
  change({ theme: names[(names.indexOf(query.theme) + 1) % names.length] }, "typed");
});

// ── Asking

onChange((why) => {
  if (why === "back") {
    typing = false;
    suggest.close();
  }
  controls(why);
  ask();
});

function controls(why) {
  if (input !== document.activeElement || why === "back") input.value = query.q;
  get("sort").value = query.sort;
  get("radius").value = query.radius;
  if (!get("radius").value) get("radius").value = "30km";
  get("within").hidden = !query.near;
  setAttribute(get("near"), "aria-pressed", String(Boolean(query.near)));
  const [sign, words] = THEMES[query.theme] ?? THEMES.auto;
  setAttribute(document.documentElement, "data-theme", THEMES[query.theme] ? query.theme : "auto");
  get("theme").textContent = sign;
  setAttribute(get("theme"), "aria-label", `Colours: ${words}`);
  const [latitude, longitude] = query.near.split(",").map(Number);
  const km = Number.parseFloat(query.radius) || 0;
  map.setNear(query.near ? { latitude, longitude, km } : null);
  if (why !== "moved") {
    if (query.box) map.show(query.box);
    else if (query.near && km) map.showPlace(latitude, longitude, (km / 111) * 1.6 / Math.max(0.2, Math.cos((latitude * Math.PI) / 180)));
    else map.show("");
  }
  get("map-note").textContent = query.box ? "The list follows the map." : "Move the map to search there.";
  results.showChips();
}

async function ask() {
  pending?.abort();
  const mine = (pending = new AbortController());
  const slow = setTimeout(() => setAttribute(document.body, "data-busy", "true"), SLOW);
  try {
    const result = await load(parameters({ typing, heat: map.ready() ? map.text() : "" }), mine.signal);
    shown = result.offers;
    next = result.next;
    notice("");
    results.showCount(result);
    results.showFacets(result.facets);
    results.showChips();
    results.showOffers(shown, false);
    results.showNothing(result.help, search, result.notice);
    map.setHeat(result.heat);
    get("more").hidden = !next;
  } catch (problem) {
    if (mine.signal.aborted) return;
    notice(problem.message);
  } finally {
    clearTimeout(slow);
    if (mine === pending) document.body.removeAttribute("data-busy");
  }
}

get("more").addEventListener("click", async () => {
  const button = get("more");
  button.disabled = true;
  try {
    const result = await load(parameters({ typing, cursor: next }), pending.signal);
    const first = results.showOffers(result.offers, true)[0];
    next = result.next;
    button.hidden = !next;
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
    response = await fetch(`/api/offers?${params}`, { signal });
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
requestAnimationFrame(() => setTimeout(ask, 0));
