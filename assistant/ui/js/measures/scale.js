/** Where a day lies on the drawing, in percent from the left; the years do not move with the day asked about. */

import { addMonths, firstDayNumber, isoOfDay } from "./days.js";

const YEARS_BEFORE_REVIEW = 3;
const MONTHS_AHEAD = 4;

/** A stretch of days, the last left out, laid over the width of the drawing. */
export class Scale {
  /**
   * @param {number} first
   * @param {number} last
   */
  constructor(first, last) {
    this.first = first;
    this.last = last;
  }

  /**
   * @param {number} day may be fractional: a day begins at its number and ends at the next
   * @returns {number} percent, never outside the drawing
   */
  at(day) {
    return (100 * (this.clamp(day) - this.first)) / (this.last - this.first);
  }

  /**
   * @param {number} day
   * @returns {number} the nearest day of the drawing
   */
  clamp(day) {
    return Math.min(Math.max(day, this.first), this.last);
  }

  /**
   * @param {number} fraction of the width
   * @returns {number} the day there
   */
  dayAt(fraction) {
    return this.clamp(Math.floor(this.first + fraction * (this.last - this.first)));
  }

  /**
   * @param {number} months between two ticks
   * @returns {number[]} first days of months
   */
  ticks(months) {
    const ticks = [];
    for (let day = this.first; day < this.last; day = addMonths(day, months)) ticks.push(day);
    return ticks;
  }
}

/**
 * @param {string|null} reviewedTo
 * @param {number} today
 * @returns {Scale} from three years before the review to the quarter four months from today
 */
export function scaleFor(reviewedTo, today) {
  const year = Number((reviewedTo ?? isoOfDay(today)).slice(0, 4)) - YEARS_BEFORE_REVIEW;
  const ahead = new Date(`${isoOfDay(addMonths(today, MONTHS_AHEAD))}T00:00Z`);
  const quarterEnd = Date.UTC(ahead.getUTCFullYear(), 3 * Math.floor(ahead.getUTCMonth() / 3) + 3, 1);
  return new Scale(firstDayNumber(String(year)), quarterEnd / 86_400_000);
}
