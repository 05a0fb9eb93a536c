/** Days as whole numbers, counted from 1 January 1970, for arithmetic and for drawing. */

import { lastDay, parseDate } from "../dates.js";

const DAY_MS = 86_400_000;

/**
 * @param {string} iso a date of any precision
 * @returns {number} the first day it can mean
 */
export function firstDayNumber(iso) {
  const date = parseDate(iso);
  return date ? Date.UTC(date.year, (date.month ?? 1) - 1, date.day ?? 1) / DAY_MS : NaN;
}

/**
 * @param {string} iso a date of any precision
 * @returns {number} the last day it can mean
 */
export function lastDayNumber(iso) {
  const date = lastDay(iso);
  return date ? date.getTime() / DAY_MS : NaN;
}

/**
 * @param {number} day
 * @returns {string} "2026-11-22"
 */
export function isoOfDay(day) {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/**
 * @param {string} text
 * @returns {number|null} the last day that the date means, or null when there is no such date
 */
export function dayMeant(text) {
  const day = lastDayNumber(text);
  return !Number.isNaN(day) && isoOfDay(day).startsWith(text) ? day : null;
}

/**
 * @param {number} day
 * @param {number} months may be negative
 * @returns {number} the same day of that month, or its last
 */
export function addMonths(day, months) {
  const date = new Date(day * DAY_MS);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months + 1, 0));
  last.setUTCDate(Math.min(date.getUTCDate(), last.getUTCDate()));
  return last.getTime() / DAY_MS;
}
