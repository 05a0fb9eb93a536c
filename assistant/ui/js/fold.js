/** The conversations can be folded away where there is room for them; remembered in this browser. */

import { byId } from "./dom.js";
import { recall, remember } from "./storage.js";

/** Connects the two buttons and takes up what was chosen before. */
export function connectFold() {
  byId("fold-sidebar").addEventListener("click", () => fold(true, byId("unfold-sidebar")));
  byId("unfold-sidebar").addEventListener("click", () => fold(false, byId("fold-sidebar")));
  document.body.classList.toggle("is-folded", recall("folded", false));
}

/**
 * @param {boolean} folded
 * @param {HTMLElement} next takes the focus: the button that was pressed is gone
 */
function fold(folded, next) {
  document.body.classList.toggle("is-folded", folded);
  remember("folded", folded);
  next.focus();
}
