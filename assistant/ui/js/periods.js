/** Stretches of time in words. */

import { dayAfter, formatDate, lastDay, parseDate } from "./dates.js";
import { say } from "./words.js";

/** @typedef {import("./types.js").Period} Period */

/**
 * @param {Period|null} period
 * @returns {string} "June 2025", "1 April 2025 – 31 October 2025", "the time before 30 October 2025", or ""
 */
export function periodInWords(period) {
  const { from, until } = period ?? { from: null, until: null };
  if (from && until) return wholeOf(from, until) ?? say("time.range", { from: formatDate(from), until: formatDate(until) });
  if (from) return say("time.from_on", { date: formatDate(from) });
  return until ? timeUpTo(until) : "";
}

/**
 * @param {string} from
 * @param {string} until
 * @returns {string|null} "June 2025" when the two are one date, or first and last day of one month or year
 */
function wholeOf(from, until) {
  const [year, month] = [until.slice(0, 4), until.slice(0, 7)];
  if (from === until) return formatDate(from);
  if (from === `${year}-01-01` && until === `${year}-12-31`) return formatDate(year);
  return from === `${month}-01` && dayAfter(until) === dayAfter(month) ? formatDate(month) : null;
}

/** @param {string} until inclusive */
function timeUpTo(until) {
  const isDay = lastDay(until) !== null && parseDate(until)?.day !== null;
  return isDay ? say("time.before", { date: formatDate(dayAfter(until)) }) : say("time.up_to", { date: formatDate(until) });
}

/**
 * Dates of publication that were allowed, in short.
 * @param {string|null} since
 * @param {string|null} until
 * @returns {string} "1 Apr 2025 – 31 Oct 2025", "from 1 Apr 2025", "up to 31 Oct 2025", or ""
 */
export function limitsInWords(since, until) {
  const [from, to] = [since, until].map((day) => (day ? formatDate(day, "short") : ""));
  if (from && to) return say("time.range", { from, until: to });
  if (from) return say("time.limit_from", { date: from });
  return to ? say("time.limit_to", { date: to }) : "";
}
