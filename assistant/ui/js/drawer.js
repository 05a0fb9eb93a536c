/** On small screens the sidebar is a drawer: it holds the focus while open, and Escape closes it. */

import { byId } from "./dom.js";

const BEHIND = ".top-bar, .stage, .source-pane";

/** The sidebar as a drawer. */
export class Drawer {
  #opener = byId("open-drawer");

  constructor() {
    this.#opener.addEventListener("click", () => this.open());
    byId("close-drawer").addEventListener("click", () => this.close());
    byId("scrim").addEventListener("click", () => this.close());
    matchMedia("(min-width: 860px)").addEventListener("change", () => this.close());
  }

  /** @returns {boolean} */
  get isOpen() {
    return document.body.classList.contains("has-drawer");
  }

  /** Opens the drawer and moves the focus into it. */
  open() {
    this.#set(true);
    byId("close-drawer").focus();
  }

  /** Closes the drawer and gives the focus back. */
  close() {
    if (!this.isOpen) return;
    this.#set(false);
    this.#opener.focus();
  }

  /** @param {boolean} open */
  #set(open) {
    document.body.classList.toggle("has-drawer", open);
    byId("scrim").hidden = !open;
    this.#opener.setAttribute("aria-expanded", String(open));
    for (const node of document.querySelectorAll(BEHIND)) node.toggleAttribute("inert", open);
  }
}
