/** Saying whether an answer helped: one press is enough, a reason may follow. */

import { sendFeedback } from "./api.js";
import { el } from "./dom.js";
import { openPopover } from "./popover.js";
import { say } from "./words.js";

/** @typedef {"up"|"down"} Rating */

/** What is kept with a rating, in one language whoever gives it, and the words it is offered in. */
const REASONS = {
  up: [["Right", "feedback.right"], ["Well sourced", "feedback.well_sourced"], ["Clear", "feedback.clear"]],
  down: [
    ["Wrong", "feedback.wrong"],
    ["Out of date", "feedback.out_of_date"],
    ["Missed the question", "feedback.missed"],
    ["Poor source", "feedback.poor_source"],
  ],
};

/**
 * Keeps the rating, then asks for a reason.
 * @param {string} answerId
 * @param {Rating} rating
 * @param {HTMLElement} button
 * @param {HTMLElement} said tells what became of it
 */
export async function rate(answerId, rating, button, said) {
  if (!(await send(answerId, rating, undefined, said))) return;
  for (const other of button.parentElement?.querySelectorAll(".rating") ?? []) {
    other.setAttribute("aria-pressed", String(other === button));
  }
  const form = renderForm(rating);
  const box = openPopover(button, say(`feedback.title_${rating}`), form);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void send(answerId, rating, reasonIn(form), said);
    box?.hidePopover();
  });
}

/** @param {Rating} rating */
function renderForm(rating) {
  const reasons = REASONS[rating].map(([reason, key]) =>
    el("label", { class: "choice-row" }, el("input", { type: "checkbox", name: "reason", value: reason }), say(key)),
  );
  return el(
    "form",
    { class: "choice-body feedback-form" },
    el("h2", { class: "choice-title" }, say(`feedback.title_${rating}`)),
    ...reasons,
    el(
      "div",
      { class: "field" },
      el("label", { for: "feedback-comment" }, say("feedback.comment")),
      el("textarea", { id: "feedback-comment", name: "comment", rows: 2, maxlength: 1500 }),
    ),
    el("button", { class: "button button-main" }, say("feedback.send")),
  );
}

/**
 * @param {HTMLFormElement} form
 * @returns {string|undefined} "Wrong; Out of date: the rule was suspended"
 */
function reasonIn(form) {
  const given = new FormData(form);
  const parts = [given.getAll("reason").join("; "), String(given.get("comment")).trim()];
  return parts.filter(Boolean).join(": ") || undefined;
}

/**
 * @param {string} answerId
 * @param {Rating} rating
 * @param {string|undefined} comment
 * @param {HTMLElement} said
 * @returns {Promise<boolean>}
 */
async function send(answerId, rating, comment, said) {
  try {
    await sendFeedback(answerId, rating, comment);
    said.textContent = say("feedback.thanks");
    return true;
  } catch (error) {
    said.textContent = say("feedback.failed", { reason: error.message });
    return false;
  }
}
