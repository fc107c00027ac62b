// Before the first paint: the colours that the address asks for, or after Back those that were chosen last in this tab.
// Links to other pages (data-page) take them along, also while the page still loads.
{
  const address = new URL(location.href);
  let last = null;
  try {
    if (performance.getEntriesByType("navigation")[0]?.type === "back_forward") last = sessionStorage.getItem("theme");
  } catch {
    // A browser that stores nothing shows the colours of then.
  }
  if (last) {
    if (last === "auto") address.searchParams.delete("theme");
    else address.searchParams.set("theme", last);
    history.replaceState(history.state, "", address);
  }
  const theme = address.searchParams.get("theme");
  if (/^(light|dark)$/.test(theme)) document.documentElement.setAttribute("data-theme", theme);

  const take = (event) => {
    const link = event.target.closest("a[data-page][href]");
    if (!link) return;
    const to = new URL(link.href);
    const worn = document.documentElement.getAttribute("data-theme") ?? "auto";
    if (worn === "auto") to.searchParams.delete("theme");
    else to.searchParams.set("theme", worn);
    link.href = to.href;
  };
  for (const kind of ["click", "auxclick", "contextmenu"]) addEventListener(kind, take, true);
}
