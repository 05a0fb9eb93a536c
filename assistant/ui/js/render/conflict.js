/** Sources that disagree, side by side; none is chosen. */

import { formatDate, lastDay } from "../dates.js";
import { el, inOwnLanguage } from "../dom.js";
import { enumerated, say } from "../words.js";

/** @typedef {import("../types.js").Conflict} Conflict */
/** @typedef {import("../types.js").ConflictValue} ConflictValue */
/** @typedef {(numbers: number[]) => HTMLElement|null} Cite the chips of these citations */

/**
 * @param {Conflict[]} conflicts
 * @param {Cite} cite
 * @returns {HTMLElement|null}
 */
export function renderConflicts(conflicts, cite) {
  if (conflicts.length === 0) return null;
  return el(
    "section",
    { class: "conflicts" },
    el("h3", {}, say("conflict.heading")),
    ...conflicts.map((conflict) => renderConflict(conflict, cite)),
  );
}

/**
 * @param {Conflict} conflict
 * @param {Cite} cite
 */
export function renderConflict(conflict, cite) {
  const headings = [say("conflict.value"), say("conflict.who"), say("conflict.latest")];
  const newest = newestOf(conflict.values);
  return el(
    "table",
    { class: "conflict" },
    el("caption", inOwnLanguage(conflict.about), conflict.about),
    el("thead", {}, el("tr", {}, ...headings.map((heading) => el("th", { scope: "col" }, heading)))),
    el("tbody", {}, ...conflict.values.map((value) => renderRow(value, value === newest, cite))),
  );
}

/**
 * @param {ConflictValue[]} values
 * @returns {ConflictValue|null} the one told last, null when two were or none has a date
 */
function newestOf(values) {
  const dated = values.map((value) => ({ value, day: value.newest_on && lastDay(value.newest_on)?.getTime() }));
  const last = Math.max(...dated.map(({ day }) => day || -Infinity));
  const newest = dated.filter(({ day }) => day === last);
  return newest.length === 1 ? newest[0].value : null;
}

/**
 * @param {ConflictValue} value
 * @param {boolean} isNewest
 * @param {Cite} cite
 */
function renderRow(value, isNewest, cite) {
  return el(
    "tr",
    {},
    el("th", { scope: "row", ...inOwnLanguage(value.value) }, value.value),
    el(
      "td",
      {},
      `${enumerated(value.publishers)} `,
      cite(value.citations),
      value.official && el("span", { class: "mark-of-value" }, say("conflict.official")),
      renderIndependence(value),
    ),
    el(
      "td",
      { class: "conflict-date", "data-heading": say("conflict.latest") },
      formatDate(value.newest_on, "short"),
      isNewest && el("span", { class: "mark-of-value" }, say("conflict.newest")),
    ),
  );
}

/** @param {ConflictValue} value */
function renderIndependence({ independent, publishers }) {
  if (publishers.length < 2 && independent === 1) return null;
  return el("span", { class: "independent" }, say("standing.sources", { count: independent }));
}
