// Works out the small sum that a public form asks for instead of asking who sends it. Without scripts the form waits a little.
// SHA-256 by hand (FIPS 180-4): the browser's own is there only over HTTPS.
"use strict";

const ROUNDS = new Uint32Array(64);
const START = new Uint32Array(8);
(function constants() {
  let n = 0;
  for (let p = 2; n < 64; p += 1) {
    let prime = true;
    for (let d = 2; d * d <= p; d += 1) if (p % d === 0) prime = false;
    if (!prime) continue;
    const part = (root) => ((root - Math.floor(root)) * 4294967296) >>> 0;
    if (n < 8) START[n] = part(Math.sqrt(p));
    ROUNDS[n] = part(Math.cbrt(p));
    n += 1;
  }
})();

const words = new Uint32Array(64);

function block(state, bytes, from) {
  for (let i = 0; i < 16; i += 1) {
    const at = from + 4 * i;
    words[i] = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
  }
  const turn = (x, by) => (x >>> by) | (x << (32 - by));
  for (let i = 16; i < 64; i += 1) {
    const a = words[i - 15], b = words[i - 2];
    words[i] = words[i - 16] + (turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)) + words[i - 7] + (turn(b, 17) ^ turn(b, 19) ^ (b >>> 10));
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let i = 0; i < 64; i += 1) {
    const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + ROUNDS[i] + words[i]) | 0;
    const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g; g = f; f = e; e = (d + one) | 0; d = c; c = b; b = a; a = (one + two) | 0;
  }
  state[0] += a; state[1] += b; state[2] += c; state[3] += d;
  state[4] += e; state[5] += f; state[6] += g; state[7] += h;
}

// The first 32 bits of the hash of a text of plain letters and digits.
function firstWord(text) {
  const length = text.length;
  const bytes = new Uint8Array(64 * Math.ceil((length + 9) / 64));
  for (let i = 0; i < length; i += 1) bytes[i] = text.charCodeAt(i);
  bytes[length] = 0x80;
  new DataView(bytes.buffer).setUint32(bytes.length - 4, 8 * length);
  const state = START.slice();
  for (let from = 0; from < bytes.length; from += 64) block(state, bytes, from);
  return state[0];
}

for (const form of document.querySelectorAll("form[data-proof]")) {
  const challenge = form.elements.namedItem("challenge").value;
  const field = form.elements.namedItem("proof");
  const bits = Number(form.dataset.proof);
  let n = 0, begun = false, wanted = null;
  // In short steps, so that typing stays smooth.
  function step() {
    for (const until = performance.now() + 20; performance.now() < until;) {
      for (let i = 0; i < 200; i += 1, n += 1) {
        if (Math.clz32(firstWord(`${challenge}.${n}`)) < bits) continue;
        field.value = String(n);
        if (wanted) form.requestSubmit(wanted);
        return;
      }
    }
    setTimeout(step);
  }
  form.addEventListener("focusin", () => { if (!begun) { begun = true; step(); } });
  form.addEventListener("submit", (sent) => {
    if (field.value) return;
    sent.preventDefault();
    sent.stopImmediatePropagation();
    wanted = sent.submitter || form.querySelector("button");
    if (!begun) { begun = true; step(); }
  }, true);
}
