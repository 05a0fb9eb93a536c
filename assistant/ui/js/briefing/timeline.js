/** The timeline of a briefing: a bar for each measure, and its changes as a list, which is all that is read aloud. */

import { formatDate } from "../dates.js";
import { el, hiddenText, inOwnLanguage, withinWords } from "../dom.js";
import { measureHref } from "../measures/address.js";
import { drawBars } from "../measures/bars.js";
import { addMonths, firstDayNumber, isoOfDay, lastDayNumber } from "../measures/days.js";
import { Scale } from "../measures/scale.js";
import { drawSwatch } from "../measures/swatch.js";
import { named, say } from "../words.js";

/** @typedef {import("./types.js").BriefedMeasure} BriefedMeasure */
/** @typedef {import("../types.js").RegisterChange} RegisterChange */
/** @typedef {import("../measures/types.js").Status} Status */

const MONTHS_AHEAD = 4;
const MOST_YEARS = 4;

/**
 * @param {BriefedMeasure[]} measures
 * @param {string} asOf
 * @returns {HTMLElement}
 */
export function renderPicture(measures, asOf) {
  const day = lastDayNumber(asOf);
  const scale = scaleOf(measures, day);
  const years = scale.ticks(12).map((at) =>
    el("span", { class: "picture-year" }, isoOfDay(at).slice(0, 4)),
  );
  return el(
    "div",
    { class: "picture", "aria-hidden": "true" },
    el("div", { class: "picture-years" }, ...years),
    ...measures.map(({ name, timeline }) =>
      el("div", { class: "picture-row" }, el("p", inOwnLanguage(name), name), drawBars(timeline, scale, day)),
    ),
  );
}

/**
 * @param {BriefedMeasure[]} measures
 * @param {number} asOf
 * @returns {Scale} whole years from the first that begins, four at most, to a few months from the day
 */
function scaleOf(measures, asOf) {
  const starts = measures.flatMap(({ timeline }) => timeline.map(({ from }) => firstDayNumber(from)));
  const year = Math.max(yearOf(Math.min(asOf, ...starts)), yearOf(asOf) - MOST_YEARS + 1);
  return new Scale(firstDayNumber(String(year)), firstDayNumber(String(yearOf(addMonths(asOf, MONTHS_AHEAD)) + 1)));
}

/** @param {number} day */
function yearOf(day) {
  return Number(isoOfDay(day).slice(0, 4));
}

/**
 * @param {RegisterChange[]} changes
 * @param {import("./cite.js").Cite} cite
 * @returns {HTMLElement}
 */
export function renderChanges(changes, cite) {
  return el("ol", { class: "events" }, ...changes.map((change) => renderChange(change, cite)));
}

/**
 * @param {RegisterChange} change
 * @param {import("./cite.js").Cite} cite
 */
function renderChange({ on, at_latest, measure, name, before, after, scope, citations }, cite) {
  return el(
    "li",
    {},
    el("p", { class: "event-date" }, at_latest ? say("time.by", { date: formatDate(on) }) : formatDate(on)),
    el(
      "div",
      {},
      el("p", inOwnLanguage(name), el("a", { href: measureHref(measure, on) }, name)),
      el(
        "p",
        { class: "event-status" },
        before !== null && hiddenText(`${named("status", before)}${say("register.to")}`),
        renderPill(after),
        " ",
        cite(citations),
      ),
      scope && el("p", { class: "event-scope", dir: "auto" }, ...withinWords("register.for", "scope", scope)),
    ),
  );
}

/** @param {string} status */
export function renderPill(status) {
  return el("span", { class: `status-pill status-${status}` }, drawSwatch(/** @type {Status} */ (status)), named("status", status));
}
