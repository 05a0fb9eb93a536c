/** Statuses in words. Nothing is said here that the register does not say. */

import { formatDate } from "../dates.js";

/** @typedef {import("./types.js").Standing} Standing */
/** @typedef {import("./types.js").Status} Status */
/** @typedef {import("./types.js").Stretch} Stretch */
/** @typedef {"long"|"short"} Length */

/** @type {Record<Status, string>} */
export const STATUS_NAMES = {
  in_force: "In force",
  announced: "Announced",
  suspended: "Suspended",
  lapsed: "Lapsed",
  repealed: "Repealed",
  superseded: "Superseded",
  unknown: "Unknown",
};
const LASTING = ["in_force", "suspended", "unknown"];

/**
 * @param {Status} status
 * @returns {string} "in force"
 */
export function statusInText(status) {
  return inText(STATUS_NAMES[status] ?? status);
}

/**
 * @param {Standing} standing
 * @param {Length} [length]
 * @returns {string} "In force since 1 Aug 2023", "Unknown since 11 Nov 2026 (was suspended)"
 */
export function standingInWords(standing, length = "short") {
  const { status, until } = standing;
  const since = formatDate(standing.since, length);
  if (status === "unknown") return `Unknown since ${since}${wasBefore(standing)}`;
  const end = until === null ? "" : `, until ${formatDate(until, length)}`;
  if (LASTING.includes(status)) {
    return `${STATUS_NAMES[status]} since ${since}${standing.since_at_latest ? " or earlier" : ""}${end}`;
  }
  return `${STATUS_NAMES[status] ?? status} ${standing.since_at_latest ? "by " : ""}${since}${end}`;
}

/**
 * What stands beside the name of a status.
 * @param {Pick<Standing, "status"|"since"|"until"|"last_status"|"unknown_after">} standing
 * @returns {string} "since 7 Nov 2025, until 10 Nov 2026", "after 10 Nov 2026 (last known: suspended)"
 */
export function datesInWords({ status, since, until, last_status, unknown_after }) {
  if (status === "unknown" && unknown_after) {
    const last = last_status ? ` (last known: ${statusInText(last_status)})` : "";
    return `after ${formatDate(unknown_after, "short")}${last}`;
  }
  return `since ${formatDate(since, "short")}${until ? `, until ${formatDate(until, "short")}` : ""}`;
}

/** @param {Standing} standing */
function wasBefore(standing) {
  return standing.last_status ? ` (was ${statusInText(standing.last_status)})` : "";
}

/**
 * @param {import("./types.js").Measure} measure
 * @returns {string} the same with what is due next
 */
export function measureInWords(measure) {
  if (measure.next === null) return standingInWords(measure);
  return `${standingInWords({ ...measure, until: null })}, ${dueInWords(measure.next, "short")}`;
}

/**
 * @param {Standing} next
 * @param {Length} [length]
 * @returns {string} "due in force 1 January 2027"
 */
export function dueInWords(next, length = "long") {
  return `due ${statusInText(next.status)} ${formatDate(next.since, length)}`;
}

/**
 * @param {Standing} standing of status unknown
 * @returns {string}
 */
export function unknownInWords(standing) {
  const silence = standing.last_status
    ? "the corpus does not say what followed"
    : "the corpus has no sentence that shows where it stands";
  return `${standingInWords(standing, "long")}; ${silence}.`;
}

/**
 * @param {Stretch} stretch
 * @param {Length} [length]
 * @returns {string} "Suspended from 7 November 2025 to 10 November 2026"
 */
export function stretchInWords(stretch, length = "long") {
  const from = formatDate(stretch.from, length);
  const end = stretch.until === null ? "" : ` to ${formatDate(stretch.until, length)}`;
  const start = stretch.from_at_latest ? `by ${from}` : `${LASTING.includes(stretch.status) ? "from " : ""}${from}`;
  return `${STATUS_NAMES[stretch.status] ?? stretch.status} ${start}${end}`;
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
  return `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}
