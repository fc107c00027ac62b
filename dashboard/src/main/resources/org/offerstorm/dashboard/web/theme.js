// Light, dark, or as the system says; early.js gives what is chosen to the other pages.
import { setAttribute } from "./format.js";

const THEMES = { auto: ["◐", "as the system"], light: ["○", "light"], dark: ["●", "dark"] };
const NAMES = Object.keys(THEMES);

const button = document.getElementById("theme");
let worn = "";

/** @param onChoice called with the name that was chosen */
export function start(onChoice) {
  button.addEventListener("click", () => {
    const chosen = NAMES[(NAMES.indexOf(worn) + 1) % NAMES.length];
    wear(chosen);
    try {
      sessionStorage.setItem("theme", chosen); // for early.js
    } catch {
      // Back shows the colours of then.
    }
    onChoice(chosen);
  });
  // A page that the browser had kept whole comes back in the colours of then.
  addEventListener("pageshow", (event) => {
    const chosen = event.persisted && stored();
    if (!chosen || chosen === worn) return;
    wear(chosen);
    onChoice(chosen);
  });
}

function stored() {
  try {
    return sessionStorage.getItem("theme");
  } catch {
    return null;
  }
}

/** Shows the page in these colours; a name that is unknown means as the system says. */
export function wear(name) {
  const chosen = NAMES.includes(name) ? name : "auto";
  if (chosen === worn) return;
  worn = chosen;
  const [sign, words] = THEMES[chosen];
  setAttribute(document.documentElement, "data-theme", chosen);
  button.textContent = sign;
  setAttribute(button, "aria-label", `Colours: ${words}`);
  setAttribute(button, "title", `Colours: ${words}`);
}
