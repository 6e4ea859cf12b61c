// What every page owes its readers, beside the rules of axe; a list of complaints.
// The width is given: a phone's window grows with a page that is too wide.
(width) => {
  const complaints = [];
  const wide = document.documentElement.scrollWidth - width;
  if (wide > 0) {
    const beyond = (thing) => thing.getBoundingClientRect().right > width + 1 && !thing.closest(".scroll, .hidden");
    const which = Array.from(document.querySelectorAll("body *")).filter(beyond).map((t) => `<${t.localName} class="${t.className}">`);
    complaints.push(`the page is ${wide} pixels wider than the window: ${which.slice(0, 3).join(", ")}`);
  }
  if (!document.documentElement.lang) complaints.push("no language is given");
  const titles = document.querySelectorAll("h1").length;
  if (titles !== 1) complaints.push(`${titles} headings of the first level`);
  for (const field of document.querySelectorAll("input:not([type=hidden]), select, textarea")) {
    if (field.labels.length === 0 && !field.ariaLabel) complaints.push(`a field without a label: ${field.name}`);
  }
  for (const broken of document.body.innerText.match(/\{ ?\$\w+ ?\}|\b(?:nav|task|letter|error|field|notice)-[a-z-]+[a-z]\b|\b[a-z]+\.[a-z]+_[a-z]+\b/gi) || []) {
    complaints.push(`a key without words: ${broken}`);
  }
  // A left-over key is small plain letters with hyphens; so are commands of a machine and drawn codes, which stand in classes of their own. A day of the machines is none of people's.
  const vietnamese = document.documentElement.lang !== "en";
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (vietnamese && texts.nextNode()) {
    const { data, parentElement: around } = texts.currentNode;
    if (around.closest("script, style, textarea, .paper, .text, .mono, .code, .codes, .commands, [lang=en]")) continue;
    for (const word of data.split(/\s+/)) {
      if (/^[a-z]{2,}(?:[-_][a-z]+)+[.,:;]?$/.test(word)) complaints.push(`a key without words: ${word}`);
      if (/^\d{4}-\d{2}-\d{2}/.test(word)) complaints.push(`a date that people do not write: ${word}`);
    }
  }
  return complaints;
}
