/** Says so when the assistant cannot be reached or cannot answer yet, and looks again until it can. */

import { UNREACHABLE_EVENT, checkReady } from "./api.js";
import { byId, el } from "./dom.js";
import { say } from "./words.js";

const RETRY_MS = 3000;
const BACK_MS = 4000;

/** Watches over the connection. What is on the page stays as it is meanwhile. */
export class Connection {
  #banner = byId("readiness");
  #changed;
  #timer = /** @type {ReturnType<typeof setTimeout>|undefined} */ (undefined);
  #wasLost = false;

  /** @param {(ready: boolean) => void} changed */
  constructor(changed) {
    this.#changed = changed;
    window.addEventListener(UNREACHABLE_EVENT, () => this.#lookSoon());
    window.addEventListener("offline", () => void this.look());
    window.addEventListener("online", () => void this.look());
    void this.look();
  }

  /** Looks now whether the assistant can answer. */
  async look() {
    clearTimeout(this.#timer);
    try {
      await checkReady();
      this.#isBack();
    } catch (error) {
      this.#isLost(error);
    }
  }

  /** A request has failed for want of a connection: the check itself tells what of. */
  #lookSoon() {
    if (!this.#wasLost) void this.look();
  }

  #isBack() {
    this.#banner.replaceChildren(this.#wasLost ? say("connection.back") : "");
    if (this.#wasLost) this.#timer = setTimeout(() => this.#banner.replaceChildren(), BACK_MS);
    this.#wasLost = false;
    this.#changed(true);
  }

  /** @param {Error & {status?: number, detail?: string}} error */
  #isLost(error) {
    const words = reasonOf(error);
    if (this.#banner.firstChild?.textContent !== words) {
      const retry = el("button", { type: "button", class: "text-button", onclick: () => void this.look() }, say("connection.retry"));
      this.#banner.replaceChildren(el("span", {}, words), retry);
    }
    this.#wasLost = true;
    this.#changed(false);
    this.#timer = setTimeout(() => void this.look(), RETRY_MS);
  }
}

/** @param {Error & {status?: number, detail?: string}} error */
function reasonOf(error) {
  if (error.status === 0) return say(navigator.onLine ? "connection.lost" : "connection.offline");
  if (error.status === 503 && !error.detail) return say("connection.indexing");
  return say("connection.not_ready", { reason: error.message });
}
