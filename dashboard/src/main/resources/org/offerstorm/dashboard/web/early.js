// Before the first paint: the colours that the address asks for, or after Back those that were chosen last in this tab.
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
}
