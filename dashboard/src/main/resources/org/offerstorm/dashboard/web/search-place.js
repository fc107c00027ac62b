// Where the reader is in the list: kept in the entry of the history, so that Back finds it again.

const SETTLED = 150;

let timer = 0;

/** The browser would scroll before the offers are there. */
export function start(results) {
  history.scrollRestoration = "manual";
  addEventListener("scroll", () => {
    clearTimeout(timer);
    timer = setTimeout(() => keep({ y: scrollY }), SETTLED);
  }, { passive: true });
  results.addEventListener("click", (event) => {
    const item = event.target.closest("li");
    if (item?.offer && event.target.closest("a")) keep({ y: scrollY, opened: item.offer.id });
  });
}

export function keep(values) {
  clearTimeout(timer);
  history.replaceState({ ...history.state, ...values }, "");
}

/** What was kept: offers that were shown, how far the page was scrolled, the offer that was opened. */
export function kept() {
  const { shown = 0, y = 0, opened = "" } = history.state ?? {};
  return { shown, y, opened };
}

/** Scrolls to where the reader was; the offer that was opened has the focus again. */
export function restore(results, { y, opened }) {
  const item = opened ? [...results.children].find((node) => node.offer?.id === opened) : null;
  item?.querySelector("a").focus({ preventScroll: true });
  scrollTo({ top: y, behavior: "instant" });
}
