/** Single-key shortcuts, which the reader can switch off. */

import { openDialog } from "./dialogs.js";
import { byId, el } from "./dom.js";
import { recall, remember } from "./storage.js";
import { say } from "./words.js";

const SHORTCUTS = [
  ["/", "keys.question"],
  ["Enter", "keys.enter"],
  ["Shift + Enter", "keys.new_line"],
  ["j", "keys.next"],
  ["k", "keys.previous"],
  ["c", "keys.copy"],
  ["Esc", "keys.escape"],
  ["?", "keys.help"],
];

/** Shows the list of keys. */
export function showKeys() {
  const toggle = el("input", { type: "checkbox", id: "single-keys", onchange: () => remember("keys", toggle.checked) });
  toggle.checked = recall("keys", true);
  openDialog(
    say("keys.heading"),
    el(
      "dl",
      { class: "keys" },
      ...SHORTCUTS.map(([key, does]) => el("div", {}, el("dt", {}, el("kbd", {}, key)), el("dd", {}, say(does)))),
    ),
    el("label", { class: "check", for: "single-keys" }, toggle, say("keys.use")),
  );
}

/**
 * @param {{escape: () => void, reached: (chip: HTMLElement) => void}} actions what Escape closes when no dialog is
 *   open, and what happens at a citation that j or k moved to
 */
export function listenForKeys({ escape, reached }) {
  document.addEventListener("keydown", (event) => {
    if (document.querySelector("dialog[open], .popover:popover-open")) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && !event.defaultPrevented) escape();
    else if (!isTyping(event.target) && recall("keys", true)) pressKey(event, reached);
  });
}

/**
 * @param {KeyboardEvent} event
 * @param {(chip: HTMLElement) => void} reached
 */
function pressKey(event, reached) {
  const actions = {
    "/": () => byId("question").focus(),
    "?": showKeys,
    j: () => moveToChip(1, reached),
    k: () => moveToChip(-1, reached),
    c: copySentence,
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

function copySentence() {
  const sentence = document.activeElement?.closest(".sentence");
  /** @type {HTMLElement|null|undefined} */ (sentence?.querySelector(".copy-sentence"))?.click();
}

/**
 * @param {1|-1} step
 * @param {(chip: HTMLElement) => void} reached
 */
function moveToChip(step, reached) {
  const chips = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".chip")]);
  const here = chips.findIndex((chip) => chip === document.activeElement || chip.classList.contains("is-open"));
  const next = here < 0 ? firstInView(chips) : beyond(chips, here, step);
  const chip = chips[Math.min(Math.max(next, 0), chips.length - 1)];
  if (!chip) return;
  chip.scrollIntoView({ block: "nearest" });
  chip.focus();
  reached(chip);
}

/**
 * With the source open, chips that follow each other and stand for one quote are one step: the source would not move.
 * @param {HTMLElement[]} chips
 * @param {number} here
 * @param {1|-1} step
 */
function beyond(chips, here, step) {
  const isSame = (/** @type {HTMLElement|undefined} */ chip) =>
    chip?.dataset.citation === chips[here].dataset.citation && chip?.closest(".turn") === chips[here].closest(".turn");
  let next = here + step;
  while (document.body.classList.contains("has-source") && chips[next] && isSame(chips[next])) next += step;
  return next;
}

/**
 * Turns are asked first: to ask a chip outside the view where it is would lay out what the browser leaves aside.
 * @param {HTMLElement[]} chips
 */
function firstInView(chips) {
  const turn = [...document.querySelectorAll(".turn")].find((each) => each.getBoundingClientRect().bottom > 0);
  const within = chips.filter((chip) => turn?.contains(chip));
  const chip = within.find((each) => each.getBoundingClientRect().top >= 0) ?? within.at(-1);
  return chip ? chips.indexOf(chip) : chips.length - 1;
}
