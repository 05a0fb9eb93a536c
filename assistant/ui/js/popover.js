/** Small boxes that open beside a button: menus, choices, short forms. The browser closes them on Escape or a click away. */

import { el, icon } from "./dom.js";
import { placeBeside } from "./place.js";

/** When a press on a button closed its box: the click that follows must not open it anew. */
const closedAt = new WeakMap();
const SAME_CLICK_MS = 600;

/**
 * @param {HTMLElement} anchor gets the focus back
 * @param {string} label
 * @param {...import("./dom.js").Child} content
 * @returns {HTMLElement|null} null when the click on the button has just closed its box
 */
export function openPopover(anchor, label, ...content) {
  if (performance.now() - (closedAt.get(anchor) ?? -Infinity) < SAME_CLICK_MS) return null;
  const box = el("div", { class: "popover", popover: "auto", role: "dialog", "aria-label": label }, ...content);
  const resized = new ResizeObserver(() => placeBeside(box, anchor));
  const pressed = (/** @type {PointerEvent} */ event) => {
    if (anchor.contains(/** @type {Node} */ (event.target))) closedAt.set(anchor, performance.now());
  };
  document.addEventListener("pointerdown", pressed, { capture: true });
  box.addEventListener("toggle", (event) => {
    if (/** @type {ToggleEvent} */ (event).newState !== "closed") return;
    document.removeEventListener("pointerdown", pressed, { capture: true });
    resized.disconnect();
    close(box, anchor);
  });
  anchor.after(box);
  anchor.setAttribute("aria-expanded", "true");
  box.showPopover();
  placeBeside(box, anchor);
  resized.observe(box);
  /** @type {HTMLElement|null} */ (box.querySelector("input, button, a, textarea"))?.focus();
  return box;
}

/**
 * @param {HTMLElement} box
 * @param {HTMLElement} anchor
 */
function close(box, anchor) {
  const held = box.contains(document.activeElement) || document.activeElement === document.body;
  anchor.setAttribute("aria-expanded", "false");
  box.remove();
  if (held && anchor.isConnected) anchor.focus();
}

/**
 * @param {HTMLElement} anchor
 * @param {string} label
 * @param {(MenuItem|false|null)[]} items
 */
export function openMenu(anchor, label, items) {
  const shown = items.filter((item) => item !== false && item !== null);
  const list = el("ul", { class: "menu" }, ...shown.map((item) => el("li", {}, renderItem(item, anchor))));
  const box = openPopover(anchor, label, list);
  box?.addEventListener("keydown", moveByArrows);
}

/**
 * A choice of a menu.
 * @typedef {{icon: string, text: string, run: () => void, isDangerous?: boolean}} MenuItem
 */

/**
 * @param {MenuItem} item
 * @param {HTMLElement} anchor
 */
function renderItem({ icon: symbol, text, run, isDangerous = false }, anchor) {
  const onclick = (/** @type {Event} */ event) => {
    /** @type {HTMLElement} */ (/** @type {HTMLElement} */ (event.currentTarget).closest(".popover"))?.hidePopover();
    anchor.focus();
    run();
  };
  const className = isDangerous ? "menu-item is-dangerous" : "menu-item";
  return el("button", { type: "button", class: className, onclick }, icon(symbol), text);
}

/** @param {KeyboardEvent} event */
function moveByArrows(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const box = /** @type {HTMLElement} */ (event.currentTarget);
  const items = /** @type {HTMLElement[]} */ ([...box.querySelectorAll(".menu-item")]);
  const here = items.findIndex((item) => item === document.activeElement);
  items[(here + step + items.length) % items.length]?.focus();
}
