// What a page owes those who print it; a list of complaints.
// The width is that of the text on a sheet of paper.
(width) => {
  const complaints = [];
  const shown = (thing) => thing.getClientRects().length > 0;
  const beyond = (thing) => thing.getBoundingClientRect().right > width + 1 && shown(thing) && !thing.closest(".hidden");
  const wide = Array.from(document.querySelectorAll("body *")).filter(beyond).map((t) => `<${t.localName} class="${t.className}">`);
  if (wide.length > 0) complaints.push(`on paper it is cut off: ${wide.slice(0, 3).join(", ")}`);
  for (const table of document.querySelectorAll("table")) {
    if (shown(table) && getComputedStyle(table).display !== "table") complaints.push(`on paper a table is none: ${table.className}`);
  }
  for (const thing of document.querySelectorAll("nav.menu, button, input:not([type=hidden], [readonly]), .skip")) {
    if (shown(thing)) complaints.push(`on paper stands what can only be pressed: <${thing.localName} class="${thing.className}">`);
  }
  return complaints;
}
