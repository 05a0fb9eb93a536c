/** Says what arrives to people who listen to the page: whole sentences, never tokens. */

import { byId, el } from "./dom.js";

/** @param {string} text */
export function announce(text) {
  byId("announcer").append(el("p", {}, text));
}

/** Forgets what was said; the next answer starts afresh. */
export function clearAnnouncements() {
  byId("announcer").replaceChildren();
}
