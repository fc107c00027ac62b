// How old the data are, in words, always visible.
import { link } from "./live.js";
import { duration, setAttribute, setText, time } from "./format.js";

/** A stream that brought nothing for this long is shown as idle. */
const STILL = 60_000;

const pill = document.getElementById("freshness");
const word = document.getElementById("freshness-word");
const detail = document.getElementById("freshness-detail");

export function draw() {
  const now = Date.now() + link.skew;
  const asOf = link.asOf ? `data as of ${time(link.asOf)}` : "nothing counted yet";
  if (!link.ever) {
    say("connecting", "Connecting", "");
  } else if (!link.open) {
    say("away", `Stale since ${time(link.since)}`, `the dashboard's server does not answer · ${asOf}`);
  } else if (link.status === "away") {
    say("away", `Stale since ${time(link.statusSince)}`, `Redis does not answer · ${asOf}`);
    pill.title = link.message;
    return;
  } else if (link.changedAt && now - link.changedAt > STILL) {
    say("still", "Idle", `${asOf} · no change for ${duration(now - link.changedAt)}`);
  } else {
    say("live", "Live", asOf);
  }
  pill.title = "";
}

function say(state, first, second) {
  setAttribute(pill, "data-state", state);
  setText(word, first);
  setText(detail, second);
}
