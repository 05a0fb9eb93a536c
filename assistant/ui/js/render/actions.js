/** What a reader can do with an answer: say whether it helped, keep it, hand it on, look at its record. */

import { exportHref } from "../api.js";
import { answerWithSources, copyText } from "../clipboard.js";
import { el, hiddenText, icon } from "../dom.js";
import { saveFile } from "../download.js";
import { openMenu } from "../popover.js";
import { addressOfAnswer, addressOfQuestion } from "../router.js";
import { UNLIMITED } from "../scope.js";
import { say } from "../words.js";

/** @typedef {import("../types.js").Answer} Answer */

/**
 * @param {Answer} answer
 * @returns {HTMLElement}
 */
export function renderActions(answer) {
  const said = el("span", { class: "action-said", role: "status" });
  return el(
    "div",
    { class: "actions", role: "group", "aria-label": say("answer.actions") },
    renderRating(answer, "up", say("answer.good"), said),
    renderRating(answer, "down", say("answer.bad"), said),
    renderShare(answer, said),
    renderSave(answer, said),
    renderRecord(answer),
    said,
  );
}

/**
 * @param {Answer} answer
 * @param {"up"|"down"} rating
 * @param {string} label
 * @param {HTMLElement} said
 */
function renderRating(answer, rating, label, said) {
  const onclick = async () => {
    const { rate } = await import("../feedback-form.js");
    await rate(answer.id, rating, button, said);
  };
  const button = el(
    "button",
    { type: "button", class: "action rating", title: label, "aria-pressed": "false", onclick: () => void onclick() },
    icon(rating),
    hiddenText(label),
  );
  return button;
}

/**
 * @param {Answer} answer
 * @param {HTMLElement} said
 */
function renderShare(answer, said) {
  const label = say("answer.share");
  const button = el(
    "button",
    {
      type: "button",
      class: "action",
      "aria-haspopup": "dialog",
      "aria-expanded": "false",
      onclick: () => openMenu(button, label, choices(answer, said)),
    },
    icon("share"),
    label,
  );
  return button;
}

/**
 * @param {Answer} answer
 * @param {HTMLElement} said
 */
function renderSave(answer, said) {
  const onclick = async () => {
    const { save } = await import("../come-back.js");
    await save(answer, said);
  };
  return el("button", { type: "button", class: "action", onclick: () => void onclick() }, icon("plus"), say("come_back.save"));
}

/**
 * @param {Answer} answer
 * @param {HTMLElement} said
 * @returns {import("../popover.js").MenuItem[]}
 */
function choices(answer, said) {
  const whole = location.origin + addressOfAnswer(answer.id);
  const copy = async (/** @type {string} */ text) => {
    said.textContent = say((await copyText(text)) ? "sentence.copied" : "sentence.not_copied");
  };
  const save = (/** @type {string} */ format) => () => {
    saveFile(exportHref("answers", answer.id, format)).catch((error) => (said.textContent = error.message));
  };
  return [
    { icon: "copy", text: say("answer.copy_answer"), run: () => void copy(answerWithSources(answer, whole)) },
    { icon: "copy", text: say("answer.copy_link"), run: () => void copy(whole) },
    { icon: "copy", text: say("answer.copy_question"), run: () => void copy(location.origin + questionAddress(answer)) },
    { icon: "page", text: say("conversations.markdown"), run: save("md") },
    { icon: "page", text: say("conversations.word"), run: save("docx") },
    { icon: "page", text: say("conversations.json"), run: save("json") },
    { icon: "share", text: say("conversations.share"), run: save("html") },
    { icon: "page", text: say("answer.print"), run: () => window.print() },
  ];
}

/**
 * The question as it was understood, as of its day: asked by another reader, it means the same.
 * @param {Answer} answer
 */
function questionAddress({ standalone_question, as_of, filters, engine }) {
  const { since, until, publishers } = filters ?? {};
  const limits = { since: since ?? "", until: until ?? "", publishers: publishers ?? [] };
  return addressOfQuestion(standalone_question, { ...UNLIMITED, ...limits, asOf: as_of, engine });
}

/** @param {Answer} answer */
function renderRecord(answer) {
  const details = el("details", { class: "record" }, el("summary", { class: "action" }, icon("clock"), say("answer.record")));
  details.addEventListener("toggle", () => void fill(), { once: true });
  const fill = async () => {
    const { fillRecord } = await import("../record.js");
    await fillRecord(details, answer);
  };
  return details;
}
