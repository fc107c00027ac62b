// Addresses. The pages may be below any path of a host name: all addresses are relative to where the scripts are.

/** The scripts are in assets/, or in a folder there that is named by their content. */
const ROOT = new URL(import.meta.url.replace(/assets\/(?:[0-9a-f]+\/)?[^/]*$/, ""));

/** An address of this server: "api/counts". */
export const at = (path) => new URL(path, ROOT).href;

/** The address of a file next to the scripts: "map.json". */
export const asset = (name) => new URL(name, import.meta.url).href;

/** Below the root, as it is in the browser's bar: "offers/1". */
export const here = () => location.pathname.slice(ROOT.pathname.length);

/** The address of a page; empty parameters are left out. */
export function page(path, parameters = {}) {
  const url = new URL(path, ROOT);
  for (const [name, value] of Object.entries(parameters)) if (value) url.searchParams.set(name, value);
  return url.href;
}

/** Where the offers of a category and a continent are listed; an empty name means all. */
export const offers = (category, continent) => page("search", { continent, category });
