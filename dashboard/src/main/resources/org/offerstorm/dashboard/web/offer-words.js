// The facts of an offer as people read them.
import { number } from "./format.js";

/** FULL_TIME → Full time */
export function contractName(contract) {
  const words = contract.replaceAll("_", " ").trim();
  return words === words.toUpperCase() && words.length > 4 ? words[0] + words.slice(1).toLowerCase() : words;
}

/** contract_hours → Contract hours */
export function fieldName(name) {
  const words = name.replaceAll("_", " ").trim();
  return words[0].toUpperCase() + words.slice(1);
}

export const day = (time) => new Intl.DateTimeFormat("en-GB", { dateStyle: "medium" }).format(new Date(time));

/** "€38,000 – €45,000 a year"; empty if no amount is known. */
export function salaryText({ min, max, currency, period }) {
  if (min === undefined && max === undefined) return "";
  const digits = [min, max].every((n) => n === undefined || Number.isInteger(n)) ? 0 : 2;
  const money = new Intl.NumberFormat("en-GB", { ...(currency ? { style: "currency", currency } : {}), minimumFractionDigits: 0, maximumFractionDigits: digits });
  const amount = min === undefined ? `up to ${money.format(max)}` : max === undefined ? `from ${money.format(min)}` : min === max ? money.format(min) : money.formatRange(min, max);
  return period ? `${amount} ${aPeriod(period)}` : amount;
}

export const aPeriod = (period) => (period === "hour" ? "an hour" : `a ${period}`);

/** A value of a further field as people read it; of keywords each by itself. */
export function fieldValues({ type, value }) {
  if (type === "boolean") return [value ? "Yes" : "No"];
  if (type === "date") return [day(value)];
  if (type === "integer" || type === "decimal") return [new Intl.NumberFormat("en-GB", { maximumFractionDigits: 6 }).format(value)];
  return [value].flat();
}

export function age(time) {
  const hours = (Date.now() - Date.parse(time)) / 3_600_000;
  if (hours < 0) return day(time);
  if (hours < 1) return "just now";
  if (hours < 24) return `${Math.floor(hours)} h ago`;
  if (hours < 24 * 30) return `${Math.floor(hours / 24)} d ago`;
  return day(time);
}

export function distance(km) {
  return km < 10 ? `${km.toFixed(1)} km` : `${number(Math.round(km))} km`;
}
