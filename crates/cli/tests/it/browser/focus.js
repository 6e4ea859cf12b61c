// What has the focus, by its words, and what is wrong with how that shows: it must look other than without the focus, and lie in the
// window. What had the focus before is looked at again, to compare.
() => {
  const plain = (text) => (text || "").normalize("NFC").replace(/\s+/g, " ").trim();
  const look = (thing) => {
    const style = getComputedStyle(thing);
    const outline = style.outlineStyle === "none" || style.outlineWidth === "0px" ? "none" : `${style.outlineWidth} ${style.outlineColor}`;
    return { outline, shadow: style.boxShadow, back: style.backgroundColor };
  };
  const problems = [];
  const had = window.luytreFocus;
  // A date is one field with several stops.
  if (had && !had.thing.matches(":focus-within")) {
    const { outline, shadow } = look(had.thing);
    if (outline === had.look.outline && shadow === had.look.shadow) problems.push(`“${had.name}” looks the same with and without the focus`);
  }
  window.luytreFocus = undefined;
  const focused = document.activeElement;
  if (!focused || focused === document.body) return { name: "", problems };
  const labels = Array.from(focused.labels || []);
  const name = plain(labels.length > 0 ? labels[0].innerText : focused.innerText || focused.ariaLabel);
  // A field that is hidden behind its label shows its focus there.
  const thing = focused.getBoundingClientRect().width < 9 ? labels.at(-1) || focused : focused;
  const place = thing.getBoundingClientRect();
  const now = look(thing);
  if (now.outline === "none" && now.shadow === "none") problems.push(`“${name}” has the focus and does not show it`);
  if (place.bottom <= 0 || place.top >= innerHeight || place.right <= 0 || place.left >= innerWidth) problems.push(`“${name}” has the focus out of sight`);
  window.luytreFocus = { thing, name, look: now };
  return { name, problems };
}
