/** Statuses in words. Nothing is said here that the register does not say. */

import { formatDate } from "../dates.js";
import { enumerated, named, say } from "../words.js";

/** @typedef {import("./types.js").Standing} Standing */
/** @typedef {import("./types.js").Status} Status */
/** @typedef {import("./types.js").Stretch} Stretch */
/** @typedef {"long"|"short"} Length */

/** @type {Status[]} in the order of the legend */
export const STATUSES = ["in_force", "announced", "suspended", "lapsed", "repealed", "superseded", "unknown"];
const LASTING = ["in_force", "suspended", "unknown"];

/**
 * @param {string} status
 * @returns {string} "in force"
 */
export function statusInText(status) {
  return inText(named("status", status));
}

/**
 * @param {Standing} standing
 * @param {Length} [length]
 * @returns {string} "In force since 1 Aug 2023", "Unknown since 11 Nov 2026 (was suspended)"
 */
export function standingInWords(standing, length = "short") {
  const date = formatDate(standing.since, length);
  if (standing.status === "unknown") return withLast(say("status_words.unknown_since", { date }), standing);
  const began = say(`status_words.${beginning(standing)}`, { status: named("status", standing.status), date });
  if (standing.until === null) return began;
  return say("status_words.until", { status: began, date: formatDate(standing.until, length) });
}

/** @param {Standing} standing */
function beginning({ status, since_at_latest: atLatest }) {
  if (LASTING.includes(status)) return atLatest ? "since_or_earlier" : "since";
  return atLatest ? "by" : "on";
}

/**
 * What stands beside the name of a status.
 * @param {Pick<Standing, "status"|"since"|"until"|"last_status"|"unknown_after">} standing
 * @returns {string} "since 7 Nov 2025, until 10 Nov 2026", "after 10 Nov 2026 (last known: suspended)"
 */
export function datesInWords({ status, since, until, last_status, unknown_after }) {
  if (status === "unknown" && unknown_after) {
    const date = formatDate(unknown_after, "short");
    if (!last_status) return say("status_words.after", { date });
    return say("status_words.after_last_known", { date, status: statusInText(last_status) });
  }
  const date = formatDate(since, "short");
  if (!until) return say("status_words.dates_since", { date });
  return say("status_words.dates_since_until", { date, until: formatDate(until, "short") });
}

/**
 * @param {string} status in words
 * @param {Standing} standing
 */
function withLast(status, { last_status }) {
  return last_status ? say("status_words.was", { status, before: statusInText(last_status) }) : status;
}

/**
 * @param {import("./types.js").Measure} measure
 * @returns {string} the same with what is due next
 */
export function measureInWords(measure) {
  if (measure.next === null) return standingInWords(measure);
  const status = standingInWords({ ...measure, until: null });
  return say("status_words.with_next", { status, next: dueInWords(measure.next, "short") });
}

/**
 * @param {Standing} next
 * @param {Length} [length]
 * @returns {string} "due in force 1 January 2027"
 */
export function dueInWords(next, length = "long") {
  return say("status_words.due", { status: statusInText(next.status), date: formatDate(next.since, length) });
}

/**
 * @param {Standing} standing of status unknown
 * @returns {string}
 */
export function unknownInWords(standing) {
  const silence = standing.last_status ? "status_words.silent_after" : "status_words.silent";
  return say(silence, { status: standingInWords(standing, "long") });
}

/**
 * @param {Stretch} stretch
 * @param {Length} [length]
 * @returns {string} "Suspended from 7 November 2025 to 10 November 2026"
 */
export function stretchInWords({ status, from, from_at_latest: atLatest, until }, length = "long") {
  const start = atLatest ? "by" : LASTING.includes(status) ? "from" : "on";
  const began = say(`status_words.${start}`, { status: named("status", status), date: formatDate(from, length) });
  return until === null ? began : say("status_words.stretch_to", { stretch: began, date: formatDate(until, length) });
}

/**
 * @param {string} words
 * @returns {string} the same inside a sentence: "suspended since …"
 */
export function inText(words) {
  return words.charAt(0).toLowerCase() + words.slice(1);
}

/**
 * @param {string[]} parts
 * @returns {string} "element, form and destination"
 */
export function listed(parts) {
  if (parts.length < 2) return parts.join("");
  return say("site.list_last", { rest: enumerated(parts.slice(0, -1)), last: String(parts.at(-1)) });
}
