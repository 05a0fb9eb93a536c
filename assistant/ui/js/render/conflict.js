/** Sources that disagree, side by side; none is chosen. */

import { formatDate, lastDay } from "../dates.js";
import { el } from "../dom.js";
import { counted } from "../text.js";
import { renderChips } from "./citation.js";

/** @typedef {import("../types.js").Citation} Citation */
/** @typedef {import("../types.js").Conflict} Conflict */
/** @typedef {import("../types.js").ConflictValue} ConflictValue */
/** @typedef {(numbers: number[]) => HTMLElement|null} Cite the chips of these citations */

/**
 * @param {Conflict[]} conflicts
 * @param {Map<number, Citation>} citations by n
 * @param {import("./citation.js").OpenSource} openSource
 * @returns {HTMLElement|null}
 */
export function renderConflicts(conflicts, citations, openSource) {
  if (conflicts.length === 0) return null;
  const cite = (/** @type {number[]} */ numbers) => renderChips(numbers, citations, openSource);
  return el(
    "section",
    { class: "conflicts" },
    el("h3", {}, "Sources disagree"),
    ...conflicts.map((conflict) => renderTable(conflict, cite)),
  );
}

/**
 * @param {Conflict} conflict
 * @param {Cite} cite
 */
function renderTable(conflict, cite) {
  const headings = ["Value", "Who says so", "Latest source"];
  const newest = newestOf(conflict.values);
  return el(
    "table",
    { class: "conflict" },
    el("caption", { dir: "auto" }, conflict.about),
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
    el("th", { scope: "row", dir: "auto" }, value.value),
    el(
      "td",
      {},
      `${value.publishers.join(", ")} `,
      cite(value.citations),
      value.official && el("span", { class: "mark-of-value" }, "official"),
      renderIndependence(value),
    ),
    el(
      "td",
      { class: "conflict-date" },
      formatDate(value.newest_on, "short"),
      isNewest && el("span", { class: "mark-of-value" }, "newest"),
    ),
  );
}

/** @param {ConflictValue} value */
function renderIndependence({ independent, publishers }) {
  if (publishers.length < 2 && independent === 1) return null;
  return el("span", { class: "independent" }, counted(independent, "independent source"));
}
