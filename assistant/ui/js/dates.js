/** ISO 8601 dates that keep their precision: "2025-06-12", "2025-06", "2025". No time zones. */

import { LOCALE, say } from "./words.js";

const DAY_MS = 86_400_000;
/** Making a formatter costs more than a page of dates: each is kept.
 * @type {Map<string, Intl.DateTimeFormat>} */
const FORMATS = new Map();
const PATTERN = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;

/**
 * @param {string} iso
 * @returns {{year: number, month: number|null, day: number|null}|null} null when it is not such a date
 */
export function parseDate(iso) {
  const match = PATTERN.exec(iso);
  if (!match) return null;
  const [, year, month, day] = match;
  return { year: Number(year), month: month ? Number(month) : null, day: day ? Number(day) : null };
}

/**
 * @param {string|null} iso
 * @param {"long"|"short"} [length]
 * @returns {string} "12 June 2025", "June 2025", "2025", or "undated"
 */
export function formatDate(iso, length = "long") {
  if (!iso) return say("time.undated");
  const date = parseDate(iso);
  if (!date) return iso;
  const { year, month, day } = date;
  const parts = { year: "numeric", ...(month && { month: length }), ...(day && { day: "numeric" }) };
  return formatted(parts, Date.UTC(year, (month ?? 1) - 1, day ?? 1));
}

/**
 * @param {Record<string, string>} parts options of Intl.DateTimeFormat
 * @param {number} time
 */
function formatted(parts, time) {
  const key = JSON.stringify(parts);
  const format = FORMATS.get(key) ?? new Intl.DateTimeFormat(LOCALE, { ...parts, timeZone: "UTC" });
  FORMATS.set(key, format);
  return format.format(time);
}

/**
 * @param {{published_on: string|null, published_inferred: boolean}} source
 * @returns {string} its date, with "(inferred)" where the page itself showed none
 */
export function sourceDate(source) {
  const date = formatDate(source.published_on);
  return source.published_on && source.published_inferred ? say("time.inferred", { date }) : date;
}

/**
 * @param {string} iso
 * @returns {Date|null} the last day that the date can mean, at midnight UTC
 */
export function lastDay(iso) {
  const date = parseDate(iso);
  if (!date) return null;
  if (date.day !== null) return new Date(Date.UTC(date.year, date.month - 1, date.day));
  return new Date(Date.UTC(date.year, date.month ?? 12, 0));
}

/**
 * @param {string} iso
 * @returns {string|null} the day after the last that the date can mean
 */
export function dayAfter(iso) {
  const day = lastDay(iso);
  return day && new Date(day.getTime() + DAY_MS).toISOString().slice(0, 10);
}

/**
 * @param {string} earlier
 * @param {string} later
 * @returns {number|null} whole months between the two days
 */
function monthsBetween(earlier, later) {
  const [from, to] = [lastDay(earlier), lastDay(later)];
  const months = (to.getUTCFullYear() - from.getUTCFullYear()) * 12 + to.getUTCMonth() - from.getUTCMonth();
  return to.getUTCDate() < from.getUTCDate() ? months - 1 : months;
}

/**
 * How old a source is on a day, in words.
 * @param {string|null} published
 * @param {string} asOf
 * @returns {string} "12 days old", "17 months old", "3 years old", or "" when it cannot be told
 */
export function ageInWords(published, asOf) {
  const [from, to] = [published && lastDay(published), lastDay(asOf)];
  if (!from || !to || from > to) return "";
  const days = Math.round((to - from) / DAY_MS);
  if (days === 0) return say("time.same_day");
  if (days < 90) return say("time.days_old", { count: days });
  const months = monthsBetween(published, asOf);
  return months < 36 ? say("time.months_old", { count: months }) : say("time.years_old", { count: Math.floor(months / 12) });
}

/**
 * @param {string} timestamp an ISO time
 * @param {Date} [now]
 * @returns {string} "Today, 14:32" or "22 Nov 2026", in the reader's time zone
 */
export function formatTimestamp(timestamp, now = new Date()) {
  const time = new Date(timestamp);
  if (Number.isNaN(time.getTime())) return "";
  if (time.toDateString() === now.toDateString()) {
    return say("time.today", { time: time.toLocaleTimeString(LOCALE, { hour: "2-digit", minute: "2-digit" }) });
  }
  return time.toLocaleDateString(LOCALE, { day: "numeric", month: "short", year: "numeric" });
}
