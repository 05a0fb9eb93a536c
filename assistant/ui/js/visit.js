/** When this browser was here before: kept by day, so that what is new stays in view all through today's visits. */

import { serverDay } from "./server-day.js";
import { recall, remember } from "./storage.js";

const VISIT = "visit";

/**
 * @param {string} [today] a day, YYYY-MM-DD
 * @returns {string|null} the day of the visit before today's; null on the first day
 */
export function lastVisit(today = serverDay()) {
  const kept = /** @type {{before: string|null, on: string}|null} */ (recall(VISIT, null));
  if (kept?.on === today) return kept.before;
  remember(VISIT, { before: kept?.on ?? null, on: today });
  return kept?.on ?? null;
}
