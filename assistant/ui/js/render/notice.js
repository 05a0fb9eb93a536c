/** Notices in the page's language, where their code and what they tell of are known; else the server's own words stand. */

import { formatDate, parseDate } from "../dates.js";
import { statusInText } from "../measures/words.js";
import { enumerated, isNamed, say } from "../words.js";

/** @typedef {import("../types.js").Answer} Answer */
/** @typedef {import("../types.js").Notice} Notice */

const MOST_NAMED = 2;
/** What each notice must tell to be worded here; answers kept from before it did keep their text. */
const TOLD = /** @type {Record<string, string[]>} */ ({
  searched: ["articles", "as_of"],
  unknown_after: ["last_status", "unknown_after", "current_to"],
  register_unquoted: ["count"],
  corpus_age: ["current_to"],
  evidence_age: ["days", "newest_evidence_on"],
  inferred_date: ["citations"],
  dropped_hits: ["count"],
  model_failed: ["reason"],
});

/**
 * @param {Notice} notice
 * @param {Answer} answer
 * @returns {string|null} null where the text of the server is all there is
 */
export function noticeInWords({ code, params }, answer) {
  const lacks = (TOLD[code] ?? []).some((name) => params[name] === undefined || params[name] === null);
  if (lacks || !isNamed("notices", code)) return null;
  const told = Object.entries(params).map(([name, value]) => [name, valueInWords(name, value)]);
  const values = { as_of: formatDate(answer.as_of), ...Object.fromEntries(told) };
  return say(`notices.${code}`, code === "unknown_after" ? { ...values, names: namesOf(params, answer) } : values);
}

/**
 * @param {string} name
 * @param {unknown} value
 * @returns {string|number}
 */
function valueInWords(name, value) {
  if (typeof value === "number") return value;
  const text = String(value);
  if (name === "last_status") return statusInText(text);
  return parseDate(text) ? formatDate(text) : text;
}

/**
 * The measures that a notice of an unknown status is about.
 * @param {Record<string, unknown>} params
 * @param {Answer} answer
 */
function namesOf({ last_status, unknown_after }, { standings = [] }) {
  const about = standings.filter((one) => one.last_status === last_status && one.unknown_after === unknown_after);
  const names = about.map(({ name, scope }) => (scope ? `${name} (${scope})` : name));
  return names.length > MOST_NAMED ? say("notices.several_measures", { count: names.length }) : enumerated(names);
}
