/**
 * What a question may use: the day it is asked as of, dates of publication, publishers, and who words the answer.
 * It stands in the address, so that a link asks the same, and is remembered for each conversation.
 */

import { recall, remember } from "./storage.js";

/** @typedef {{asOf: string, since: string, until: string, publishers: string[], engine: string}} Scope */

const REMEMBERED = "scopes";
const MOST_REMEMBERED = 200;

/** Nothing is limited: today, every date, every publisher, the server's own engine. */
export const UNLIMITED = Object.freeze(
  /** @type {Scope} */ ({ asOf: "", since: "", until: "", publishers: [], engine: "" }),
);

/**
 * @param {URLSearchParams} query of an address
 * @returns {Scope}
 */
export function scopeIn(query) {
  return {
    asOf: query.get("as_of") ?? "",
    since: query.get("since") ?? "",
    until: query.get("until") ?? "",
    publishers: query.getAll("publisher"),
    engine: query.get("engine") ?? "",
  };
}

/**
 * @param {Scope} scope
 * @returns {[string, string][]} its parts of an address; none for what is not limited
 */
export function parametersOf({ asOf, since, until, publishers, engine }) {
  const single = /** @type {[string, string][]} */ ([["as_of", asOf], ["since", since], ["until", until]]);
  const several = publishers.map((publisher) => /** @type {[string, string]} */ (["publisher", publisher]));
  return [...single, ...several, /** @type {[string, string]} */ (["engine", engine])].filter(([, value]) => value !== "");
}

/**
 * @param {Scope} scope
 * @returns {boolean}
 */
export function isUnlimited(scope) {
  return parametersOf(scope).length === 0;
}

/**
 * @param {Scope} scope
 * @returns {Omit<import("./api.js").Ask, "question">} as the API takes it, without what is not limited
 */
export function askedWithin({ asOf, since, until, publishers, engine }) {
  return {
    as_of: asOf || undefined,
    since: since || undefined,
    until: until || undefined,
    publishers: publishers.length > 0 ? publishers : undefined,
    engine: engine || undefined,
  };
}

/**
 * @param {string} conversationId
 * @returns {Scope} the one last chosen in that conversation
 */
export function recallScope(conversationId) {
  return { ...UNLIMITED, ...recall(REMEMBERED, {})[conversationId] };
}

/**
 * @param {string} conversationId
 * @param {Scope} scope
 */
export function rememberScope(conversationId, scope) {
  const { [conversationId]: _, ...others } = recall(REMEMBERED, {});
  const kept = Object.entries(others).slice(-MOST_REMEMBERED);
  if (!isUnlimited(scope)) kept.push([conversationId, scope]);
  remember(REMEMBERED, Object.fromEntries(kept));
}
