// The rules that are watched, and their state.
import { link } from "./live.js";
import { element, number, time } from "./format.js";

const WORDS = { armed: "quiet", pending: "begins", fired: "fired" };
const SIGNS = { armed: "○", pending: "◔", fired: "●" };

const section = document.getElementById("triggers");
const list = document.getElementById("trigger-list");
let drawn = "";

export function draw() {
  const triggers = link.triggers ?? [];
  const stamp = JSON.stringify(triggers);
  if (stamp === drawn) return;
  drawn = stamp;
  section.hidden = triggers.length === 0;
  list.replaceChildren(...triggers.map((trigger) => element("li", { "data-phase": trigger.state },
    element("span", { class: "phase" }, element("i", { "aria-hidden": "true" }, SIGNS[trigger.state]), WORDS[trigger.state]),
    element("span", { class: "what" }, element("b", {}, trigger.name), " ", element("code", {}, trigger.rule)),
    element("span", { class: "value" }, `now ${Number.isInteger(trigger.value) && trigger.words === String(trigger.value) ? number(trigger.value) : trigger.words}`),
    element("span", { class: "since" }, `since ${time(Date.parse(trigger.since))}`))));
}
