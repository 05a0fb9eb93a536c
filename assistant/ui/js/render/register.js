/** What the register of measures says within an answer: where measures stood on a day, and what changed when. */

import { formatDate } from "../dates.js";
import { el, hiddenText, icon, inOwnLanguage, withinWords } from "../dom.js";
import { measureHref } from "../measures/address.js";
import { drawSwatch } from "../measures/swatch.js";
import { datesInWords } from "../measures/words.js";
import { named, say } from "../words.js";
import { renderChips } from "./citation.js";

/** @typedef {import("../measures/types.js").Status} Status */
/** @typedef {import("../types.js").Citation} Citation */
/** @typedef {import("../types.js").RegisterChange} RegisterChange */
/** @typedef {import("../types.js").RegisterStanding} RegisterStanding */
/** @typedef {(numbers: number[]) => HTMLElement|null} Cite the chips of these citations */

/**
 * @param {RegisterStanding[]} standings
 * @param {Map<number, Citation>} citations by n
 * @param {import("./citation.js").OpenSource} openSource
 * @returns {HTMLElement[]} a block for each day asked about
 */
export function renderStandings(standings, citations, openSource) {
  const cite = (/** @type {number[]} */ numbers) => renderChips(numbers, citations, openSource);
  return groupedBy(standings, ({ on }) => on).map((sameDay) =>
    el(
      "section",
      { class: "of-register" },
      el("h3", {}, say("register.on", { date: formatDate(sameDay[0].on) })),
      el("ul", {}, ...alike(groupedBy(sameDay, ({ measure }) => measure)).map((each) => renderStood(each, cite))),
    ),
  );
}

/**
 * @template T
 * @param {T[]} things
 * @param {(thing: T) => string} keyOf
 * @returns {T[][]} in the order in which keys come first
 */
function groupedBy(things, keyOf) {
  return [...new Set(things.map(keyOf))].map((key) => things.filter((thing) => keyOf(thing) === key));
}

/**
 * @template {{measure: string, name: string}} T
 * @param {T[][]} measures
 * @returns {T[][][]} measures of which the same is told, together
 */
function alike(measures) {
  return groupedBy(measures, (parts) => JSON.stringify(parts.map((part) => ({ ...part, measure: "", name: "" }))));
}

/**
 * @param {RegisterStanding[][]} measures that stand alike; of each, the whole and the scopes that stand apart from it
 * @param {Cite} cite
 */
function renderStood(measures, cite) {
  return el(
    "li",
    { class: "of-measure" },
    ...measures.map(([whole]) => renderName(whole, whole.on)),
    ...measures[0].flatMap((part) => [
      el("p", { class: "of-status" }, renderPill(part.status), `${datesInWords(part)} `, cite(part.citations)),
      renderScope(part.scope),
    ]),
  );
}

/**
 * @param {RegisterChange[]} changes
 * @param {Map<number, Citation>} citations by n
 * @param {import("./citation.js").OpenSource} openSource
 * @returns {HTMLElement|null}
 */
export function renderChanges(changes, citations, openSource) {
  if (changes.length === 0) return null;
  const cite = (/** @type {number[]} */ numbers) => renderChips(numbers, citations, openSource);
  const together = alike(changes.map((change) => [change])).map((same) => same.map(([change]) => change));
  return el(
    "section",
    { class: "of-register" },
    el("h3", {}, say("register.changed")),
    el("ol", { class: "changes" }, ...together.map((same, at) => renderChange(same, together[at - 1]?.[0], cite))),
  );
}

/**
 * @param {RegisterChange[]} alike changes that differ in their measure only
 * @param {RegisterChange|undefined} previous its date is not shown twice
 * @param {Cite} cite
 */
function renderChange(alike, previous, cite) {
  const change = alike[0];
  const date = dateOf(change);
  const isSameDay = previous !== undefined && date === dateOf(previous);
  return el(
    "li",
    { class: isSameDay ? "of-measure is-same-day" : "of-measure" },
    el("p", { class: isSameDay ? "visually-hidden" : "change-date" }, date),
    ...alike.map((each) => renderName(each, each.on)),
    el("p", { class: "of-status" }, ...renderPassage(change), cite(change.citations)),
    renderScope(change.scope),
  );
}

/** @param {RegisterChange} change */
function dateOf({ on, at_latest }) {
  return at_latest ? say("time.by", { date: formatDate(on) }) : formatDate(on);
}

/** @param {RegisterChange} change */
function renderPassage({ before, after }) {
  if (before === null) return [renderPill(after)];
  return [el("span", { class: "status-before" }, named("status", before)), icon("arrow"), hiddenText(say("register.to")), renderPill(after)];
}

/**
 * @param {{measure: string, name: string}} measure
 * @param {string} day
 */
function renderName({ measure, name }, day) {
  return el("p", { class: "of-name", ...inOwnLanguage(name) }, el("a", { href: measureHref(measure, day) }, name));
}

/** @param {string} status */
function renderPill(status) {
  const known = /** @type {Status} */ (status);
  return el("span", { class: `status-pill status-${status}` }, drawSwatch(known), named("status", status));
}

/** @param {string|null} scope */
function renderScope(scope) {
  return scope && el("p", { class: "of-scope", dir: "auto" }, ...withinWords("register.for", "scope", scope));
}
