// The continents by their ids, as all pages name them.

export const CONTINENTS = [
  ["AF", "Africa"], ["AN", "Antarctica"], ["AS", "Asia"], ["EU", "Europe"], ["NA", "North America"],
  ["OC", "Oceania"], ["SA", "South America"], ["UNKNOWN", "Unknown"],
];
export const NAMES = new Map(CONTINENTS);
