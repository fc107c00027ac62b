// One offer.
import { at, here, page } from "./address.js";
import { element } from "./format.js";
import { age, contractName, day, fieldName, fieldValues, salaryText } from "./offer-words.js";
import { OfferMap } from "./search-map.js";
import * as theme from "./theme.js";

const get = (id) => document.getElementById(id);
theme.wear(new URLSearchParams(location.search).get("theme"));
theme.start((chosen) => history.replaceState(null, "", page(here(), { theme: chosen === "auto" ? "" : chosen })));

// From a list: back to it as it was. From anywhere else the link leads to the list, not out of these pages.
const list = document.referrer;
if (list.startsWith(at("search")) && history.length > 1) {
  get("back").href = list;
  get("back").addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    history.back();
  });
}

show();

async function show() {
  const id = here().slice("offers/".length);
  let response;
  try {
    response = await fetch(at(`api/offers/${id}`));
  } catch {
    return notice("The server does not answer.");
  }
  const offer = await response.json();
  if (!response.ok) {
    get("name").textContent = response.status === 404 ? "This offer no longer exists" : "This offer cannot be shown";
    return notice(offer.error);
  }
  document.title = `${offer.name} · Offerstorm`;
  get("name").textContent = offer.name;
  get("by").textContent = offer.company ?? "";
  const facts = [];
  if (offer.contract) facts.push(contractName(offer.contract));
  if (offer.category && !offer.category.startsWith("(")) facts.push(offer.category);
  if (offer.profession) facts.push(offer.profession);
  const salary = salaryText(offer.salary ?? {});
  if (salary) facts.push(salary);
  const where = [offer.city, offer.country].filter(Boolean).join(", ");
  if (where) facts.push(where);
  if (offer.remote !== undefined) facts.push(offer.remote ? "Remote" : "On site");
  if (offer.publishedAt) facts.push(`Published ${age(offer.publishedAt)}`);
  if (offer.validThrough) facts.push(Date.parse(offer.validThrough) < Date.now() ? `Expired ${day(offer.validThrough)}` : `Open until ${day(offer.validThrough)}`);
  get("facts").replaceChildren(...facts.map((fact) => element("li", { class: "tag" }, fact)));
  get("description").replaceChildren(...paragraphs(offer.description ?? "No description was given."));
  apply(offer.url);
  get("fields").replaceChildren(...(offer.fields ?? []).flatMap(field));
  if (offer.latitude !== undefined) {
    get("where").hidden = false;
    get("place").textContent = `${offer.latitude.toFixed(4)}, ${offer.longitude.toFixed(4)}`;
    const map = new OfferMap(get("map"), { still: true });
    map.showPlace(offer.latitude, offer.longitude, 12);
    map.point(offer);
    related({ near: `${offer.latitude.toFixed(2)},${offer.longitude.toFixed(2)}`, radius: "50km" }, "Offers within 50 km");
  }
  if (offer.city) related({ city: offer.city }, "Offers in ", element("bdi", {}, offer.city));
  if (offer.category) related({ category: offer.category }, "More in ", element("bdi", {}, offer.category));
}

/** The way out of these pages, with where it leads. Only http and https: the address is the offer's text. */
function apply(address) {
  let url;
  try {
    url = new URL(address);
  } catch {
    return;
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") return;
  get("apply").hidden = false;
  get("apply").replaceChildren(element("a", { class: "apply", href: url.href, rel: "noopener noreferrer nofollow" }, "Apply"), element("span", {}, "on ", element("bdi", {}, url.host)));
}

/** A further field: its name, and its value, a list, or paragraphs. */
function field(given) {
  const values = fieldValues(given);
  const value = given.type === "text" ? paragraphs(values[0]) : given.type === "keywords" ? [element("ul", { class: "facts" }, ...values.map((v) => element("li", { class: "tag" }, v)))] : values;
  return [element("dt", {}, fieldName(given.name)), element("dd", {}, ...value)];
}

function related(search, ...text) {
  get("where").hidden = false;
  get("related").append(element("a", { "data-page": "", href: page("search", search) }, ...text));
}

/** Blank lines part paragraphs; single line ends stay. */
function paragraphs(text) {
  return text.replaceAll("\r\n", "\n").split(/\n{2,}/).filter((part) => part.trim()).map((part) => element("p", {}, part.trim()));
}

function notice(text) {
  get("notice").hidden = false;
  get("notice").textContent = text;
}
