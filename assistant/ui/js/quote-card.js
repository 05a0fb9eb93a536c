/** The quote behind a chip, shown in place while the chip is pointed at or has the focus. */

import { el, inOwnLanguage } from "./dom.js";
import { placeBeside } from "./place.js";
import { kindName, sourceName } from "./sources.js";
import { say } from "./words.js";

const ID = "quote-card";
const OPEN_MS = 120;
const CLOSE_MS = 220;

/** One card for the whole page: it stays while it is pointed at itself, and Escape puts it away. */
export class QuoteCard {
  #card = el("div", { id: ID, class: "quote-card", popover: "manual", role: "tooltip" });
  #chip = /** @type {HTMLElement|null} */ (null);
  #timer = /** @type {ReturnType<typeof setTimeout>|undefined} */ (undefined);
  #citationOf;

  /**
   * @param {HTMLElement} thread where the chips are
   * @param {(chip: Element) => import("./types.js").Citation|undefined} citationOf
   */
  constructor(thread, citationOf) {
    this.#citationOf = citationOf;
    document.body.append(this.#card);
    thread.addEventListener("pointerover", (event) => this.#pointedAt(event));
    thread.addEventListener("focusin", (event) => this.#focused(event));
    thread.addEventListener("focusout", () => this.hide());
    thread.addEventListener("click", () => this.hide());
    this.#card.addEventListener("pointerenter", () => clearTimeout(this.#timer));
    this.#card.addEventListener("pointerleave", () => this.#later(CLOSE_MS, () => this.hide()));
    document.addEventListener("scroll", () => this.#follow(), { capture: true, passive: true });
  }

  /** @returns {boolean} */
  get isOpen() {
    return this.#chip !== null;
  }

  /** Puts the card away. */
  hide() {
    clearTimeout(this.#timer);
    if (this.#chip === null) return;
    this.#chip.removeAttribute("aria-describedby");
    this.#chip = null;
    this.#card.hidePopover();
  }

  /** The page moved under the card: it goes with its chip, or away with it. */
  #follow() {
    if (this.#chip === null) return;
    const { top, bottom } = this.#chip.getBoundingClientRect();
    if (top >= 0 && bottom <= innerHeight) placeBeside(this.#card, this.#chip);
    else this.hide();
  }

  /** @param {PointerEvent} event */
  #pointedAt(event) {
    if (event.pointerType === "touch") return;
    const chip = chipAt(event.target);
    if (chip === this.#chip && chip !== null) clearTimeout(this.#timer);
    else if (chip !== null) this.#later(OPEN_MS, () => this.#show(chip));
    else if (this.#chip !== document.activeElement) this.#later(CLOSE_MS, () => this.hide());
  }

  /** @param {FocusEvent} event */
  #focused(event) {
    const chip = chipAt(event.target);
    if (chip?.matches(":focus-visible")) this.#show(chip);
  }

  /** @param {HTMLElement} chip */
  #show(chip) {
    const citation = this.#citationOf(chip);
    if (!citation || !chip.isConnected) return;
    this.hide();
    this.#chip = chip;
    this.#card.replaceChildren(
      el("p", { class: "quote-card-source" }, sourceName(citation)),
      el("blockquote", inOwnLanguage(citation.quote), citation.quote),
      el("p", { class: "quote-card-foot" }, `${kindName(citation)} · ${say("quote.open")}`),
    );
    this.#card.showPopover();
    placeBeside(this.#card, chip);
    chip.setAttribute("aria-describedby", ID);
  }

  /**
   * @param {number} delay
   * @param {() => void} act
   */
  #later(delay, act) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(act, delay);
  }
}

/** @param {EventTarget|null} target */
function chipAt(target) {
  return target instanceof Element ? /** @type {HTMLElement|null} */ (target.closest(".chip")) : null;
}
