// The list of offers, the facets, the chips, and help when there is nothing.
import { element, isolated, number, setText } from "./format.js";
import { age, aPeriod, contractName, distance, fieldName, salaryText } from "./offer-words.js";
import { change, clear, hasFilters, isField, query, toggle } from "./search-query.js";
import { page } from "./address.js";
import { CONTINENTS } from "./continents.js";

const FACETS = [["category", "Category"], ["contract", "Contract"], ["published"], ["remote", "Workplace"], ["salary"], ["city", "City"], ["field"], ["country", "Country"], ["continent", "Continent"], ["profession", "Profession"]];
const WORKPLACES = { true: "Remote", false: "On site" };
const AGES = [["1d", "Last 24 hours"], ["3d", "Last 3 days"], ["7d", "Last week"], ["30d", "Last month"]];
const FEW = 7;

const get = (id) => document.getElementById(id);
const names = new Map(CONTINENTS.map(([id, name]) => [`continent:${id}`, name]));
const opened = new Set();

const parts = (list) => list.map((part) => (part.found ? element("mark", {}, part.text) : part.text));

function card(offer) {
  const link = element("a", { "data-page": "", href: page(`offers/${encodeURIComponent(offer.id)}`) }, ...parts(offer.title));
  const facts = element("p", { class: "facts" });
  if (offer.company) facts.append(element("span", { class: "company" }, offer.company));
  if (offer.distanceKm !== undefined) facts.append(element("span", { class: "distance" }, distance(offer.distanceKm)));
  if (offer.city) facts.append(element("span", { class: "city" }, offer.city));
  const salary = salaryText(offer.salary ?? {});
  if (salary) facts.append(element("span", { class: "salary" }, salary));
  if (offer.remote) facts.append(element("span", { class: "tag" }, "Remote"));
  if (offer.contract) facts.append(element("span", { class: "tag" }, contractName(offer.contract)));
  if (offer.category && !offer.category.startsWith("(")) facts.append(element("span", { class: "tag" }, offer.category));
  if (offer.publishedAt) facts.append(element("time", { datetime: offer.publishedAt }, age(offer.publishedAt)));
  const item = element("li", {}, element("h2", {}, link), facts);
  const excerpt = offer.excerpt.filter((passage) => passage.length);
  if (excerpt.length) {
    const text = element("p", { class: "excerpt" });
    excerpt.forEach((passage, i) => text.append(...(i ? [" … "] : []), ...parts(passage)));
    item.append(text);
  }
  item.offer = offer;
  return item;
}

export function showOffers(offers, append) {
  const cards = offers.map(card);
  if (append) get("results").append(...cards);
  else get("results").replaceChildren(...cards);
  return cards;
}

export function showCount(result) {
  const text = result.total === 0 ? "No offers" : result.total === 1 ? "1 offer" : `${number(result.total)} offers`;
  setText(get("count"), result.complete ? text : `${text}, and perhaps more`);
  get("count").title = `${result.millis} ms`;
  document.title = query.q ? `${query.q} · ${text} · Offerstorm` : "Offerstorm · search";
}

const title = (name) => fieldName(name.slice("field.".length));

/** A value as people read it. */
function valueName(name, value) {
  if (name === "contract") return contractName(value);
  if (name === "remote") return WORKPLACES[value] ?? value;
  if (isField(name)) return value === "true" ? "Yes" : value === "false" ? "No" : value;
  return value;
}

export function showFacets(facets) {
  const groups = [];
  for (const [name, label] of FACETS.flatMap((facet) => (facet[0] === "field" ? Object.keys(facets).filter(isField).map((field) => [field, title(field)]) : [facet]))) {
    if (name === "published") groups.push(ages(facets));
    if (name === "salary" && (facets.salary?.[0].count || query.salary_min || query.salary_currency || query.salary_period)) groups.push(salary(facets));
    if (!label) continue;
    const values = facets[name] ?? [];
    for (const value of values) names.set(`${name}:${value.value}`, valueName(name, value.name));
    if (values.length === 0) continue;
    const sorted = [...values.filter((v) => v.selected), ...values.filter((v) => !v.selected)];
    const all = opened.has(name) || sorted.length <= FEW + 1;
    const group = element("fieldset", {}, element("legend", {}, label));
    for (const value of all ? sorted : sorted.slice(0, FEW)) {
      const box = element("input", { type: "checkbox" });
      box.checked = value.selected === true;
      box.addEventListener("change", () => toggle(name, value.value));
      box.dataset.facet = `${name}:${value.value}`;
      group.append(element("label", {}, box, element("span", {}, names.get(`${name}:${value.value}`)), element("b", {}, number(value.count))));
    }
    if (!all) {
      const more = element("button", { type: "button", class: "all" }, `${sorted.length - FEW} more`);
      more.addEventListener("click", () => {
        opened.add(name);
        showFacets(facets);
      });
      group.append(more);
    }
    groups.push(group);
  }
  // The control that has the focus is replaced; its successor gets the focus.
  const focused = document.activeElement?.dataset?.facet;
  get("facets").replaceChildren(...groups);
  if (focused) [...get("facets").querySelectorAll("input, select")].find((box) => box.dataset.facet === focused)?.focus();
}

/** An amount; of the kind that most offers state, until another is chosen: amounts of different kinds do not compare. */
function salary(facets) {
  const amount = element("input", { type: "number", min: "0", step: "any", placeholder: "Any", "aria-label": "Salary of at least" });
  amount.value = query.salary_min;
  amount.dataset.facet = "salary_min:";
  const row = element("div", { class: "pay" }, amount);
  for (const [name, label, text] of [["salary_currency", "Currency", (v) => v], ["salary_period", "Period", aPeriod]]) {
    const values = (facets[name] ?? []).map((v) => v.value);
    if (values.length === 0) continue;
    const choice = element("select", { "aria-label": label }, element("option", { value: "" }, label), ...values.map((v) => element("option", { value: v }, text(v))));
    choice.value = query[name];
    choice.dataset.facet = `${name}:`;
    choice.addEventListener("change", () => change({ [name]: choice.value }));
    row.append(choice);
  }
  amount.addEventListener("change", () => {
    const valid = amount.value !== "" && amount.validity.valid;
    const usual = (name) => query[name] || facets[name]?.[0]?.value || "";
    if (valid) change({ salary_min: String(amount.valueAsNumber), salary_currency: usual("salary_currency"), salary_period: usual("salary_period") });
    else if (amount.value === "" && !amount.validity.badInput) change({ salary_min: "", salary_currency: "", salary_period: "" });
    else amount.reportValidity();
  });
  return element("fieldset", {}, element("legend", {}, "Salary of at least"), row);
}

function ages(facets) {
  const group = element("fieldset", {}, element("legend", {}, "Published"));
  const counts = new Map((facets.published ?? []).map((v) => [v.value, v.count]));
  for (const [value, title] of [["", "Any time"], ...AGES]) {
    const box = element("input", { type: "radio", name: "published" });
    box.checked = query.published === value;
    box.addEventListener("change", () => change({ published: value }));
    box.dataset.facet = `published:${value}`;
    group.append(element("label", {}, box, element("span", {}, title), element("b", {}, value ? number(counts.get(value) ?? 0) : "")));
  }
  return group;
}

const nameOf = (name, value) => names.get(`${name}:${value}`) ?? valueName(name, value);

export function showChips() {
  const chips = [];
  const add = (text, remove) => {
    const button = element("button", { type: "button", "aria-label": `Remove: ${isolated(text)}` }, element("bdi", {}, text), element("span", { "aria-hidden": "true" }, " ×"));
    button.addEventListener("click", remove);
    chips.push(element("li", {}, button));
  };
  if (query.near) add(query.radius === "any" ? "Near me" : `Within ${query.radius.replace("km", " km")} of me`, () => change({ near: "" }));
  if (query.box) add("Area on the map", () => change({ box: "" }));
  for (const [name, label] of FACETS) if (label) for (const value of query[name]) add(nameOf(name, value), () => toggle(name, value));
  // A value of a further field says little without the field's name.
  for (const name of Object.keys(query).filter(isField)) for (const value of query[name]) add(`${title(name)}: ${nameOf(name, value)}`, () => toggle(name, value));
  const pay = [query.salary_min && `from ${number(Number(query.salary_min))}`, query.salary_currency, query.salary_period && aPeriod(query.salary_period)].filter(Boolean).join(" ");
  if (pay) add(`Salary ${pay}`, () => change({ salary_min: "", salary_currency: "", salary_period: "" }));
  if (query.published) add(AGES.find(([id]) => id === query.published)?.[1] ?? `Last ${query.published}`, () => change({ published: "" }));
  if (chips.length > 1) {
    const all = element("button", { type: "button", class: "clear" }, "Clear all");
    all.addEventListener("click", () => clear());
    chips.push(element("li", {}, all));
  }
  get("chips").replaceChildren(...chips);
  get("facets-count").textContent = chips.length ? String(chips.length - (chips.length > 1 ? 1 : 0)) : "";
}

const FILTERS = {
  continent: ["the continent", ["continent"]], category: ["the category", ["category"]], profession: ["the profession", ["profession"]],
  contract: ["the contract type", ["contract"]], published: ["the date", ["published"]], radius: ["the distance", ["near", "radius"]],
  city: ["the city", ["city"]], country: ["the country", ["country"]], remote: ["the workplace", ["remote"]],
  salary: ["the salary", ["salary_min", "salary_currency", "salary_period"]], box: ["the area on the map", ["box"]], all: ["any filter", undefined],
};

export function showNothing(help, search, notice) {
  const place = get("nothing");
  place.hidden = !help;
  if (!help) return place.replaceChildren();
  const ways = element("ul", {});
  const way = (label, total, act) => {
    const button = element("button", { type: "button" }, ...label);
    button.addEventListener("click", act);
    ways.append(element("li", {}, button, element("b", {}, total === 1 ? "1 offer" : `${number(total)} offers`)));
  };
  if (help.spelling) way(["Did you mean ", element("strong", {}, help.spelling.q), "?"], help.spelling.total, () => search(help.spelling.q, help.spelling.withoutFilters));
  for (const { filter, total } of help.without) {
    const [name, clears] = FILTERS[filter] ?? [`“${title(filter)}”`, [filter]];
    way([`Search without ${name}`], total, () => clear(clears));
  }
  for (const { q, total } of help.fewer) way(["Search for ", element("strong", {}, q)], total, () => search(q));
  const said = notice ? [`${notice[0].toUpperCase()}${notice.slice(1)}.`] : query.q ? ["Nothing matches ", element("strong", {}, `“${query.q}”`), hasFilters() ? " with these filters." : "."] : ["Nothing matches these filters."];
  place.replaceChildren(element("p", { class: "said" }, ...said));
  if (ways.children.length) place.append(element("p", {}, "These searches find offers:"), ways);
  else {
    place.append(element("p", {}, notice ? "Try words, in French or English." : "Try fewer or more general words, in French or English."));
    const all = element("button", { type: "button", class: "clear" }, "Show all offers");
    all.addEventListener("click", () => {
      clear();
      search("");
    });
    place.append(all);
  }
}
