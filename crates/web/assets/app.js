// Small comforts over pages that work without any script: light up a quote with its card, and fill in a chosen sentence.
"use strict";

// A quote and its card carry the same number(s) in data-o.
function light(on, numbers) {
  for (const number of numbers.split(" ")) {
    for (const other of document.querySelectorAll(`[data-o~="${CSS.escape(number)}"]`)) other.classList.toggle("lit", on);
  }
}

for (const thing of document.querySelectorAll("[data-o]")) {
  const numbers = thing.dataset.o;
  for (const [event, on] of [["mouseenter", true], ["mouseleave", false], ["focusin", true], ["focusout", false]]) {
    thing.addEventListener(event, () => light(on, numbers));
  }
}

// Bring the quote into view inside the pane of the letter only, so that the card under the pointer stays where it is.
const pane = document.querySelector(".reader");
for (const card of document.querySelectorAll(".card[data-o]")) {
  card.addEventListener("focusin", () => {
    const quote = pane && pane.querySelector(`[data-o~="${CSS.escape(card.dataset.o)}"]`);
    if (quote && getComputedStyle(pane).position === "sticky") {
      pane.scrollTop += quote.getBoundingClientRect().top - pane.getBoundingClientRect().top - pane.clientHeight / 3;
    }
  });
}

// A sentence selected in the letter goes into the form that makes it an obligation.
const chosen = document.querySelector("[data-chosen-sentence]");
if (chosen && pane) {
  document.addEventListener("selectionchange", () => {
    const selection = document.getSelection();
    if (!selection || selection.isCollapsed || !pane.contains(selection.anchorNode) || !pane.contains(selection.focusNode)) return;
    const copy = selection.getRangeAt(0).cloneContents();
    for (const number of copy.querySelectorAll(".ref")) number.remove();
    const text = copy.textContent.replace(/\s+/g, " ").trim();
    if (text.length > 3) chosen.value = text;
  });
}

// "All of this group" ticks the units below it.
for (const box of document.querySelectorAll("input[data-group]")) {
  box.addEventListener("change", () => {
    for (const unit of document.querySelectorAll(`input[data-in~="${CSS.escape(box.dataset.group)}"]`)) unit.checked = box.checked;
  });
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// The browser's own file button speaks the browser's language: ours takes its place, with the names that were chosen.
for (const label of document.querySelectorAll("[data-pick]")) {
  const input = document.getElementById(label.dataset.pick);
  const names = label.nextElementSibling;
  input.classList.add("hidden");
  label.hidden = false;
  input.addEventListener("change", () => {
    names.hidden = input.files.length === 0;
    names.textContent = Array.from(input.files, (file) => file.name).join(", ");
  });
}

// Files dropped on a form go into its first field for files.
for (const form of document.querySelectorAll("form[data-drop]")) {
  const input = form.querySelector("input[type=file]");
  for (const [event, on] of [["dragover", true], ["dragleave", false], ["drop", false]]) {
    form.addEventListener(event, (drag) => { drag.preventDefault(); form.classList.toggle("over", on); });
  }
  form.addEventListener("drop", (drag) => {
    if (!drag.dataTransfer.files.length) return;
    input.files = drag.dataTransfer.files;
    input.dispatchEvent(new Event("change"));
  });
}

// A form is sent once.
for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", () => {
    setTimeout(() => { for (const button of form.querySelectorAll("button")) button.disabled = true; });
  });
}
addEventListener("pageshow", () => { for (const button of document.querySelectorAll("button:disabled")) button.disabled = false; });

// Letters on their way in: each file is listed with its size, and the way is shown while it takes time.
for (const form of document.querySelectorAll("form[data-upload]")) {
  const input = form.querySelector("input[type=file]");
  const list = form.querySelector(".chosen-files");
  const sending = form.querySelector(".sending");
  const [bar, said] = sending.children;
  const size = (bytes) => `${(bytes / (bytes < 1e6 ? 1e3 : 1e6)).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 })} ${bytes < 1e6 ? "KB" : "MB"}`;
  form.querySelector(".dropping").hidden = false;
  input.addEventListener("change", () => {
    list.replaceChildren(...Array.from(input.files, (file) => {
      const line = document.createElement("li");
      line.textContent = `${file.name} (${size(file.size)})`;
      return line;
    }));
  });
  form.addEventListener("submit", (submitted) => {
    submitted.preventDefault();
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.responseType = "document";
    request.upload.addEventListener("progress", (way) => {
      const done = way.loaded === way.total;
      if (done) bar.removeAttribute("value"); else bar.value = 100 * way.loaded / way.total;
      said.textContent = done ? form.dataset.reading : form.dataset.sending;
    });
    request.addEventListener("error", () => {
      bar.hidden = true;
      said.textContent = form.dataset.broken;
      for (const button of form.querySelectorAll("button")) button.disabled = false;
    });
    request.addEventListener("load", () => {
      const main = request.response && request.response.querySelector("main");
      if (!main || request.responseURL !== form.action) return location.assign(main ? request.responseURL : form.action);
      document.title = request.response.title;
      document.querySelector("main").replaceWith(document.adoptNode(main));
      main.focus();
    });
    bar.hidden = false;
    bar.value = 0;
    said.textContent = form.dataset.sending;
    sending.hidden = false;
    request.send(new FormData(form));
  });
}
