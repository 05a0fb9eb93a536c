/** What a reader can do when the corpus does not say. */

import { el, icon, languageOf } from "../dom.js";
import { serverDay } from "../server-day.js";
import { say } from "../words.js";

/** @typedef {import("../types.js").Answer} Answer */

/**
 * @param {Answer} answer
 * @param {{askAgain: (question: string, part: Partial<import("../scope.js").Scope>) => void, add: () => void}} actions
 * @returns {HTMLElement}
 */
export function renderHelp(answer, { askAgain, add }) {
  const again = (/** @type {Partial<import("../scope.js").Scope>} */ part) => askAgain(answer.standalone_question, part);
  return el(
    "section",
    { class: "help" },
    el("h3", {}, say("declined.heading")),
    languageOf(answer.question) !== "en" && el("p", { class: "help-note" }, say("declined.in_english")),
    isLimited(answer) && renderStep("arrow", say("declined.without_limits"), () => again({ since: "", until: "", publishers: [] })),
    isOfThePast(answer) && renderStep("calendar", say("declined.today"), () => again({ asOf: "" })),
    renderStep("plus", say("declined.add"), add),
    el("a", { class: "help-step", href: "/articles" }, icon("shelf"), say("declined.look")),
  );
}

/**
 * @param {string} symbol
 * @param {string} text
 * @param {() => void} onclick
 */
function renderStep(symbol, text, onclick) {
  return el("button", { type: "button", class: "help-step", onclick }, icon(symbol), text);
}

/** @param {Answer} answer */
function isLimited({ filters }) {
  return Boolean(filters && (filters.since || filters.until || filters.publishers.length > 0));
}

/**
 * Whether the corpus tells of later days than the answer was allowed to know.
 * @param {Answer} answer
 */
function isOfThePast({ as_of }) {
  return as_of < serverDay().slice(0, as_of.length);
}
