/** What a reader can do when the corpus does not say. */

import { el, icon } from "../dom.js";
import { WORDS } from "../words.js";

/** @typedef {import("../types.js").Answer} Answer */

/**
 * @param {Answer} answer
 * @param {{askAgain: (question: string, part: Partial<import("../scope.js").Scope>) => void, add: () => void}} actions
 * @returns {HTMLElement}
 */
export function renderHelp(answer, { askAgain, add }) {
  const again = (/** @type {Partial<import("../scope.js").Scope>} */ part) => askAgain(answer.standalone_question, part);
  const words = WORDS.declined;
  return el(
    "section",
    { class: "help" },
    el("h3", {}, words.heading),
    isLimited(answer) && renderStep("arrow", words.withoutLimits, () => again({ since: "", until: "", publishers: [] })),
    isOfThePast(answer) && renderStep("calendar", words.today, () => again({ asOf: "" })),
    renderStep("plus", words.add, add),
    el("a", { class: "help-step", href: "/articles" }, icon("shelf"), words.look),
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
  return as_of < new Date().toISOString().slice(0, as_of.length);
}
