/** Single-key shortcuts, which the reader can switch off. */

import { openDialog } from "./dialogs.js";
import { byId, el } from "./dom.js";
import { recall, remember } from "./storage.js";

const SHORTCUTS = [
  ["/", "Go to the question box"],
  ["Enter", "Ask, in the question box; open, on a citation"],
  ["Shift + Enter", "New line in the question"],
  ["j", "Next citation"],
  ["k", "Previous citation"],
  ["Esc", "Close the source, the menu or a dialog; leave the question box"],
  ["?", "Show these keys"],
];

/** Shows the list of keys. */
export function showKeys() {
  const toggle = el("input", { type: "checkbox", id: "single-keys", onchange: () => remember("keys", toggle.checked) });
  toggle.checked = recall("keys", true);
  openDialog(
    "Keys",
    el(
      "dl",
      { class: "keys" },
      ...SHORTCUTS.map(([key, does]) => el("div", {}, el("dt", {}, el("kbd", {}, key)), el("dd", {}, does))),
    ),
    el("label", { class: "check", for: "single-keys" }, toggle, "Use the single keys / j k ?"),
  );
}

/**
 * @param {{escape: () => void}} actions what Escape closes when no dialog is open
 */
export function listenForKeys({ escape }) {
  document.addEventListener("keydown", (event) => {
    if (document.querySelector("dialog[open]") || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && !event.defaultPrevented) escape();
    else if (!isTyping(event.target) && recall("keys", true)) pressKey(event);
  });
}

/** @param {KeyboardEvent} event */
function pressKey(event) {
  const actions = {
    "/": () => byId("question").focus(),
    "?": showKeys,
    j: () => moveToChip(1),
    k: () => moveToChip(-1),
  };
  const action = actions[/** @type {keyof typeof actions} */ (event.key)];
  if (!action) return;
  event.preventDefault();
  action();
}

/** @param {EventTarget|null} target */
function isTyping(target) {
  return target instanceof HTMLElement && target.matches("input, textarea, select, [contenteditable]");
}

/** @param {1|-1} step */
function moveToChip(step) {
  const chips = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".chip")]);
  const here = chips.findIndex((chip) => chip === document.activeElement || chip.classList.contains("is-open"));
  const next = here < 0 ? firstInView(chips) : here + step;
  const chip = chips[Math.min(Math.max(next, 0), chips.length - 1)];
  chip?.focus();
  chip?.scrollIntoView({ block: "nearest" });
}

/** @param {HTMLElement[]} chips */
function firstInView(chips) {
  const index = chips.findIndex((chip) => chip.getBoundingClientRect().top >= 0);
  return index < 0 ? chips.length - 1 : index;
}
