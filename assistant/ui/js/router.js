/**
 * The address bar: `/?c=ID` is a conversation, `/?a=ID` an answer in its own; `/?q=…` fills the box. What a question
 * may use stands beside each (see scope.js).
 */

import { UNLIMITED, parametersOf, scopeIn } from "./scope.js";

/** @typedef {import("./scope.js").Scope} Scope */

/** @returns {string|null} */
export function conversationInAddress() {
  return new URLSearchParams(location.search).get("c");
}

/** @returns {string|null} */
export function answerInAddress() {
  return new URLSearchParams(location.search).get("a");
}

/** @returns {{question: string, scope: Scope}} */
export function draftInAddress() {
  const query = new URLSearchParams(location.search);
  return { question: query.get("q") ?? "", scope: scopeIn(query) };
}

/**
 * @param {string|null} conversationId
 * @param {Scope} [scope]
 * @returns {string}
 */
export function addressOf(conversationId, scope = UNLIMITED) {
  return address([...(conversationId === null ? [] : [["c", conversationId]]), ...parametersOf(scope)]);
}

/**
 * @param {string} answerId
 * @returns {string} where an answer reopens as it was given
 */
export function addressOfAnswer(answerId) {
  return address([["a", answerId]]);
}

/**
 * @param {string} question
 * @param {Scope} scope
 * @returns {string} where the same can be asked again
 */
export function addressOfQuestion(question, scope) {
  return address([["q", question], ...parametersOf(scope)]);
}

/**
 * @param {string} question
 * @param {Scope} scope
 * @returns {string|null} the page that briefs on a topic, when the question asks for it
 */
export function addressOfBriefing(question, scope) {
  const asked = /^\s*(?:please\s+)?(?:brief me|(?:a\s+)?briefing)\s+(?:on|about)\s+(\S.*)$/is.exec(question);
  return asked && `/briefing?${new URLSearchParams([["topic", asked[1].trim()], ...parametersOf(scope)])}`;
}

/**
 * @param {string} address
 * @param {{replace?: boolean}} [options]
 */
export function showAddress(address, { replace = false } = {}) {
  if (address === location.pathname + location.search) return;
  if (replace) history.replaceState(history.state, "", address);
  else history.pushState(null, "", address);
}

/** @param {string[][]} parameters */
function address(parameters) {
  return parameters.length > 0 ? `/?${new URLSearchParams(parameters)}` : "/";
}
