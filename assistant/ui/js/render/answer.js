/** One turn of a conversation: the question, and the answer under it. */

import { el, icon, inOwnLanguage } from "../dom.js";
import { say } from "../words.js";
import { renderActions } from "./actions.js";
import { renderCard, renderChips } from "./citation.js";
import { renderConflicts } from "./conflict.js";
import { renderHelp } from "./declined.js";
import { renderChanges, renderStandings } from "./register.js";
import { renderSentence } from "./sentence.js";
import {
  renderColophon, renderMissing, renderNotices, renderRemoved, renderStanding, renderWarnings,
} from "./standing.js";
import { renderUnderstood } from "./understood.js";

/** @typedef {import("../types.js").Answer} Answer */
/** @typedef {import("../types.js").Citation} Citation */
/** @typedef {{openSource: import("./citation.js").OpenSource, ask: (question: string) => void,
 *   edit: (question: string) => void, add: () => void,
 *   askAgain: (question: string, part: Partial<import("../scope.js").Scope>) => void}} Actions */

/** What the server says in declining, which the page says in its own words. */
const DECLINED = "The corpus does not say.";

/**
 * @param {string} question
 * @returns {{turn: HTMLElement, body: HTMLElement}} `body` takes what is said in answer
 */
export function renderTurn(question) {
  const body = el("div", { class: "turn-body" });
  const turn = el("article", { class: "turn", "data-fine-print": say("site.fine_print") }, el("h2", { class: "asked", ...inOwnLanguage(question) }, question), body);
  return { turn, body };
}

/**
 * @param {Answer} answer
 * @param {Actions} actions
 * @returns {HTMLElement}
 */
export function renderAnswer(answer, actions) {
  const within = {
    ...actions,
    openSource: (/** @type {import("../types.js").SourceReference} */ reference, /** @type {HTMLElement} */ trigger) =>
      actions.openSource(reference, trigger, answer.citations),
  };
  return answer.status === "declined" ? renderDeclined(answer, within) : renderAnswered(answer, within);
}

/**
 * @param {Answer} answer
 * @param {Actions} actions
 */
function renderAnswered(answer, actions) {
  const citations = new Map(answer.citations.map((citation) => [citation.n, citation]));
  const sentences = answer.sentences.map((each) => renderSentence(each, citations, actions.openSource));
  return el(
    "div",
    { class: `answer answer-${answer.status}` },
    renderUnderstood(answer, actions.edit),
    renderStanding(answer),
    renderWarnings(answer),
    ...renderRegister(answer, citations, actions),
    el("ol", { class: "sentences" }, ...sentences),
    renderConflicts(answer.conflicts, (numbers) => renderChips(numbers, citations, actions.openSource)),
    renderNotices(answer),
    renderMissing(answer),
    renderRemoved(answer),
    renderSources(answer, actions),
    renderSuggestions(answer, actions),
    renderFoot(answer),
  );
}

/**
 * @param {Answer} answer
 * @param {Actions} actions
 */
function renderDeclined(answer, actions) {
  const citations = new Map(answer.citations.map((citation) => [citation.n, citation]));
  const texts = answer.sentences.map((sentence) => sentence.text).filter((text) => text !== DECLINED);
  return el(
    "div",
    { class: "answer answer-declined" },
    renderUnderstood(answer, actions.edit),
    el(
      "div",
      { class: "declined" },
      el("p", { class: "declined-title" }, icon("page"), say("declined.title")),
      ...texts.map((text) => el("p", inOwnLanguage(text), text)),
      renderStanding(answer),
    ),
    renderWarnings(answer),
    ...renderRegister(answer, citations, actions),
    renderNotices(answer),
    renderMissing(answer),
    renderRemoved(answer),
    renderNearest(answer, actions),
    renderSuggestions(answer, actions),
    renderHelp(answer, actions),
    renderFoot(answer),
  );
}

/** @param {Answer} answer */
function renderFoot(answer) {
  return el("footer", { class: "answer-foot" }, renderActions(answer), renderColophon(answer));
}

/**
 * Answers kept from before the register spoke have neither list.
 * @param {Answer} answer
 * @param {Map<number, Citation>} citations by n
 * @param {Actions} actions
 */
function renderRegister({ standings = [], changes = [] }, citations, { openSource }) {
  return [...renderStandings(standings, citations, openSource), renderChanges(changes, citations, openSource)];
}

/**
 * @param {Answer} answer
 * @param {Actions} actions
 */
function renderSources(answer, actions) {
  if (answer.citations.length === 0) return null;
  const options = { asOf: answer.as_of, openSource: actions.openSource, numbered: true };
  return el(
    "section",
    { class: "sources" },
    el("h3", {}, say("answer.sources")),
    el("ol", { class: "cards" }, ...answer.citations.map((citation) => renderCard(citation, options))),
  );
}

/**
 * @param {Answer} answer
 * @param {Actions} actions
 */
function renderNearest(answer, actions) {
  if (answer.citations.length === 0) return null;
  const options = { asOf: answer.as_of, openSource: actions.openSource, numbered: false };
  return el(
    "section",
    { class: "sources nearest" },
    el("h3", {}, `${say("answer.nearest")} `, el("em", { class: "not-an-answer" }, say("answer.not_an_answer"))),
    el("ul", { class: "cards" }, ...answer.citations.map((citation) => renderCard(citation, options))),
  );
}

/**
 * @param {Answer} answer
 * @param {Actions} actions
 */
function renderSuggestions(answer, actions) {
  if (answer.suggestions.length === 0) return null;
  return el(
    "section",
    { class: "suggestions" },
    el("h3", {}, say(answer.status === "declined" ? "answer.ask_instead" : "answer.ask_next")),
    ...answer.suggestions.map((question) => renderSuggestion(question, actions)),
  );
}

/**
 * @param {string} question
 * @param {Pick<Actions, "ask">} actions
 * @param {string} [shown] the same in the reader's language
 */
export function renderSuggestion(question, actions, shown = question) {
  return el(
    "button",
    { type: "button", class: "suggestion", ...inOwnLanguage(shown), onclick: () => actions.ask(question) },
    el("span", {}, shown),
    icon("arrow"),
  );
}

/**
 * @param {import("../types.js").Hit[]} hits
 * @returns {string} "Reading 8 passages from 5 publishers"
 */
export function describeEvidence(hits) {
  const publishers = new Set(hits.map((hit) => hit.article.publisher)).size;
  return say("chat.reading", {
    passages: say("chat.passages", { count: hits.length }),
    publishers: say("chat.publishers", { count: publishers }),
  });
}

/** @param {string} text */
export function renderProgress(text) {
  return el("p", { class: "progress" }, el("span", { class: "progress-mark", "aria-hidden": "true" }), text);
}

/**
 * @param {string} text
 * @param {() => void} retry
 */
export function renderTurnProblem(text, retry) {
  return el(
    "div",
    { class: "turn-problem", role: "alert" },
    icon("alert"),
    el("p", {}, text),
    el("button", { type: "button", class: "button", onclick: retry }, say("answer.ask_again")),
  );
}
