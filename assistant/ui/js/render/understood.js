/** The full question that a follow-up was taken for; the reader may mend it and ask it word for word. */

import { el, icon, withinWords } from "../dom.js";
import { say } from "../words.js";

/** @typedef {import("../types.js").Answer} Answer */

const SETS_DAY = /\b(?:as of|as at|known on|known by)\b/i;

/**
 * @param {Answer} answer
 * @param {(question: string) => void} edit
 * @returns {HTMLElement|null} null where the question was taken as it stands
 */
export function renderUnderstood(answer, edit) {
  const question = understoodQuestion(answer);
  if (question === null) return null;
  return el(
    "p",
    { class: "understood" },
    el("span", { dir: "auto" }, ...withinWords("answer.understood", "question", question)),
    el(
      "button",
      { type: "button", class: "text-button", "aria-label": say("answer.edit_question"), onclick: () => edit(question) },
      icon("pencil"),
      say("answer.edit"),
    ),
  );
}

/**
 * Words like "as of 1 December 2025" leave a question once they have set its day: alone they make no other
 * question, and a rewritten one gets them back.
 * @param {Pick<Answer, "question"|"standalone_question"|"as_of">} answer
 * @returns {string|null} null where it is the question as it was asked
 */
export function understoodQuestion({ question, standalone_question: understood, as_of }) {
  const taken = wordsTaken(question, understood);
  if (taken === "" || (taken !== null && SETS_DAY.test(taken))) return null;
  if (!SETS_DAY.test(question) || SETS_DAY.test(understood)) return understood;
  return `${understood.replace(/[\s?.]+$/, "")} as of ${as_of}?`;
}

/**
 * @param {string} asked
 * @param {string} kept
 * @returns {string|null} the words that left `asked` at one place, or null when that is not all that happened
 */
function wordsTaken(asked, kept) {
  const [before, after] = [wordsOf(asked), wordsOf(kept)];
  const differs = before.findIndex((word, at) => word !== after[at]);
  const taken = differs < 0 ? [] : before.splice(differs, before.length - after.length);
  return before.join(" ") === after.join(" ") ? taken.join(" ") : null;
}

/** @param {string} text */
function wordsOf(text) {
  return text.match(/[\p{L}\p{N}]+/gu) ?? [];
}
