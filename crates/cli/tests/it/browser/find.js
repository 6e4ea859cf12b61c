// What a person finds on the page by its visible words: `what` is "press" (a link, button, summary or label), "button", "menu" or "field";
// `inside`, if given, is the heading, legend or title of the part of the page that is meant.
(what, words, inside) => {
  const plain = (text) => (text || "").normalize("NFC").replace(/\s+/g, " ").trim().toLowerCase();
  const shown = (thing) => thing.checkVisibility({ visibilityProperty: true }) && thing.getClientRects().length > 0;
  const named = (things, words) => {
    const name = (thing) => plain(thing.innerText || thing.getAttribute("aria-label"));
    const wanted = plain(words);
    for (const fits of [(n) => n === wanted, (n) => n.startsWith(wanted), (n) => n.includes(wanted)]) {
      const found = things.filter((thing) => fits(name(thing)));
      if (found.length > 0) return found;
    }
    return [];
  };
  const all = (root, selector) => Array.from(root.querySelectorAll(selector)).filter(shown);
  let roots = [document];
  if (inside) {
    const heads = named(all(document, "h1, h2, h3, legend, summary, th, .title, [data-title]"), inside);
    roots = heads.map((head) => head.closest("li, article, form, fieldset, details, tr, section, .panel") || document);
    if (roots.length === 0) throw new Error(`no part of the page is called “${inside}”`);
  }
  const selector = { press: "a[href], button, summary, label", button: "button", menu: "header a[href], nav a[href]", field: "label, legend" }[what];
  const things = [...new Set(roots.flatMap((root) => all(root, selector)))].filter((t) => what === "field" || t.localName !== "label" || t.control);
  const found = named(things, words);
  const names = () => things.map((thing) => `“${plain(thing.innerText)}”`).join(", ");
  if (found.length === 0) throw new Error(`nothing here is called “${words}”, only ${names()}`);
  const fields = what === "field" ? [...new Set(found.map((label) => label.control || label.parentElement))] : found;
  if (fields.length > 1) throw new Error(`${fields.length} things are called “${words}”: say in which part of the page`);
  return fields[0];
}
