// Passkeys: asks the server what the browser needs, lets the browser make or use a key, and sends the form with its answer.
// The formats are converted by hand: older browsers have no parseCreationOptionsFromJSON.
"use strict";

function toBytes(text) {
  return Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
}

function toText(buffer) {
  const signs = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
  return btoa(signs).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

// What the server wants, as the browser takes it.
function asked(options) {
  options.challenge = toBytes(options.challenge);
  if (options.user) options.user.id = toBytes(options.user.id);
  for (const known of options.excludeCredentials || []) known.id = toBytes(known.id);
  return { publicKey: options };
}

// The fields of the form that the browser's answer fills.
function answer(credential) {
  const response = credential.response;
  const fields = { client: response.clientDataJSON };
  if (response.attestationObject) return { ...fields, attestation: response.attestationObject };
  return {
    ...fields,
    credential: credential.rawId,
    authenticator: response.authenticatorData,
    signature: response.signature,
    handle: response.userHandle || new ArrayBuffer(0),
  };
}

async function run(form) {
  // All that was typed, but for the number that lets the form itself be taken once.
  const typed = new URLSearchParams(new FormData(form));
  typed.delete("once");
  const reply = await fetch(form.dataset.begin, { method: "POST", body: typed });
  const options = await reply.json();
  if (options.refused) return options.refused;
  const credential = await navigator.credentials[form.dataset.passkey](asked(options));
  for (const [name, value] of Object.entries(answer(credential))) form.elements.namedItem(name).value = toText(value);
  const password = form.querySelector("input[type=password]");
  if (password) password.value = "";
  form.submit();
  return null;
}

function why(error, words) {
  const names = { NotAllowedError: "cancelled", AbortError: "cancelled", InvalidStateError: "there", SecurityError: "security" };
  return words[names[error.name] || "failed"];
}

const able = "PublicKeyCredential" in window && "credentials" in navigator;
for (const note of document.querySelectorAll("[data-no-passkeys]")) note.hidden = able;
for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.hidden = !able;
  const said = form.querySelector("[role=status]");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    said.textContent = said.dataset.waiting;
    run(form).catch((error) => why(error, said.dataset)).then((words) => {
      // Nothing to say: the form is on its way, and the next page comes.
      if (!words) return;
      said.textContent = words;
      for (const button of form.querySelectorAll("button")) button.disabled = false;
    });
  });
}
