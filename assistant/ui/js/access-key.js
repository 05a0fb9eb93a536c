/** The key that a server may ask for: the reader is asked once, and the tab keeps it. */

import { el } from "./dom.js";
import { recallInTab, rememberInTab } from "./storage.js";
import { say } from "./words.js";

const STORED = "access-key";
/** What can stand in a header. */
const PLAIN = /^[\x21-\x7e]+$/;

let key = String(recallInTab(STORED, ""));
/** @type {Promise<void>|null} */
let asking = null;

/**
 * Fetches with the tab's key. A server that refuses it gets the request again once the reader has given another.
 * @param {string} path
 * @param {RequestInit} [options]
 * @returns {Promise<Response>}
 */
export async function fetchWithKey(path, options) {
  for (;;) {
    const tried = key;
    const response = await fetch(path, withKey(tried, options));
    if (response.status !== 401) return response;
    // Another request may have brought a key meanwhile, or be asking for one.
    if (tried === key) await (asking ??= askForKey(tried).finally(() => (asking = null)));
  }
}

/**
 * @param {string} tried
 * @param {RequestInit} [options]
 * @returns {RequestInit|undefined}
 */
function withKey(tried, options) {
  if (!tried) return options;
  const headers = new Headers(options?.headers);
  headers.set("Authorization", `Bearer ${tried}`);
  return { ...options, headers };
}

/**
 * Shows the dialog until a key is given that the server knows. It cannot be closed: without a key there is nothing
 * to show behind it.
 * @param {string} refused the key before, empty when there was none
 * @returns {Promise<void>}
 */
function askForKey(refused) {
  return new Promise((resolve) => {
    const input = el("input", {
      id: "access-key",
      type: "password",
      autocomplete: "off",
      required: true,
      autofocus: true,
      "aria-describedby": "access-key-problem",
    });
    const problem = el("p", { class: "form-problem", id: "access-key-problem", role: "alert" }, refused ? say("key.unknown") : "");
    const button = el("button", { type: "submit", class: "button" }, say("key.continue"));
    const dialog = el(
      "dialog",
      {
        class: "dialog",
        "aria-labelledby": "access-key-title",
        oncancel: (/** @type {Event} */ event) => event.preventDefault(),
        // Some browsers close it at a second Escape all the same.
        onclose: () => dialog.isConnected && dialog.showModal(),
      },
      el("div", { class: "dialog-head" }, el("h2", { id: "access-key-title" }, say("key.title"))),
      el("p", {}, say("key.text")),
      el(
        "form",
        { onsubmit: (/** @type {Event} */ event) => void submit(event) },
        el("div", { class: "field" }, el("label", { for: "access-key" }, say("key.label")), input),
        problem,
        el("div", { class: "dialog-actions" }, button),
      ),
    );

    /** @param {Event} event */
    async function submit(event) {
      event.preventDefault();
      button.disabled = true;
      problem.textContent = await faultOf(input.value.trim());
      button.disabled = false;
      if (problem.textContent) return void input.select();
      key = input.value.trim();
      rememberInTab(STORED, key);
      dialog.remove();
      resolve();
    }

    document.body.append(dialog);
    dialog.showModal();
  });
}

/**
 * @param {string} given
 * @returns {Promise<string>} why a key cannot be used; empty when it can
 */
async function faultOf(given) {
  if (!PLAIN.test(given)) return say("key.unknown");
  try {
    return (await fetch("/readyz", withKey(given))).status === 401 ? say("key.unknown") : "";
  } catch {
    return say("site.unreachable");
  }
}
