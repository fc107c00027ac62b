// Suggestions below the search box: the arrows choose, Enter takes, Escape closes.
import { at as address } from "./address.js";
import { element, setAttribute } from "./format.js";

const DELAY = 120;

const input = document.getElementById("q");
const list = document.getElementById("suggestions");
let timer = 0;
let pending = null;
let chosen = -1;
let shown = [];

export function start({ onText, onCategory }) {
  const take = (suggestion) => {
    close();
    if (suggestion.kind === "category") onCategory(suggestion.text);
    else onText(suggestion.text);
  };
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, DELAY);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !list.hidden) {
      close();
      event.preventDefault();
    } else if (list.hidden) {
      return;
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const step = event.key === "ArrowDown" ? 1 : -1;
      choose((chosen + step + shown.length + 1 + 1) % (shown.length + 1) - 1);
      event.preventDefault();
    } else if (event.key === "Enter" && chosen >= 0) {
      event.preventDefault();
      take(shown[chosen]);
    }
  });
  input.addEventListener("blur", () => setTimeout(() => {
    if (document.activeElement !== input) close();
  }, 150));
  list.addEventListener("pointerdown", (event) => {
    const item = event.target.closest("[role=option]");
    if (item) {
      event.preventDefault();
      take(shown[Number(item.dataset.at)]);
    }
  });
}

export function close() {
  clearTimeout(timer);
  pending?.abort();
  list.hidden = true;
  chosen = -1;
  setAttribute(input, "aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
}

async function ask() {
  pending?.abort();
  const typed = input.value.trim();
  if (typed.length < 2) return close();
  pending = new AbortController();
  try {
    const response = await fetch(address(`api/suggest?${new URLSearchParams({ q: typed })}`), { signal: pending.signal });
    if (!response.ok) return close();
    const { suggestions } = await response.json();
    if (input.value.trim() === typed && document.activeElement === input) draw(suggestions, typed);
  } catch {
    // the next letter asks again
  }
}

function draw(suggestions, typed) {
  shown = suggestions;
  chosen = -1;
  list.replaceChildren(...suggestions.map((suggestion, at) => {
    const item = element("li", { role: "option", id: `suggestion-${at}`, "data-at": String(at), "aria-selected": "false" });
    item.append(...marked(suggestion.text, typed));
    if (suggestion.kind === "category") item.append(element("small", {}, `category · ${suggestion.count.toLocaleString("en-GB")}`));
    return item;
  }));
  list.hidden = suggestions.length === 0;
  setAttribute(input, "aria-expanded", String(!list.hidden));
}

/** Shows what is typed in light, and what would be added in bold. */
function marked(text, typed) {
  const fold = (s) => s.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const last = fold(typed.split(/\s+/).pop());
  const plain = fold(text);
  const at = plain.length === text.length && last ? plain.indexOf(last) : -1;
  if (at < 0) return [element("span", {}, text)];
  return [element("span", {}, text.slice(0, at), element("mark", {}, text.slice(at, at + last.length)), text.slice(at + last.length))];
}

function choose(at) {
  // The list in which somebody chooses stays, although a letter typed just before would have changed it.
  clearTimeout(timer);
  pending?.abort();
  chosen = at;
  for (const item of list.children) setAttribute(item, "aria-selected", String(Number(item.dataset.at) === at));
  if (at >= 0) {
    setAttribute(input, "aria-activedescendant", `suggestion-${at}`);
    list.children[at].scrollIntoView({ block: "nearest" });
  } else input.removeAttribute("aria-activedescendant");
}
