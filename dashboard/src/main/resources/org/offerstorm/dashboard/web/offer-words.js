// The facts of an offer as people read them.
import { number } from "./format.js";

/** FULL_TIME → Full time */
export function contractName(contract) {
  const words = contract.replaceAll("_", " ").trim();
  return words === words.toUpperCase() && words.length > 4 ? words[0] + words.slice(1).toLowerCase() : words;
}

export function age(time) {
  const hours = (Date.now() - Date.parse(time)) / 3_600_000;
  if (hours < 0) return new Intl.DateTimeFormat("en-GB", { dateStyle: "medium" }).format(new Date(time));
  if (hours < 1) return "just now";
  if (hours < 24) return `${Math.floor(hours)} h ago`;
  if (hours < 24 * 30) return `${Math.floor(hours / 24)} d ago`;
  return new Intl.DateTimeFormat("en-GB", { dateStyle: "medium" }).format(new Date(time));
}

export function distance(km) {
  return km < 10 ? `${km.toFixed(1)} km` : `${number(Math.round(km))} km`;
}
