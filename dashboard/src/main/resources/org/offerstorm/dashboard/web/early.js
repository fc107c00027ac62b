// Before the first paint: the colours that the address asks for.
{
  const theme = new URLSearchParams(location.search).get("theme");
  if (/^(light|dark)$/.test(theme)) document.documentElement.setAttribute("data-theme", theme);
}
