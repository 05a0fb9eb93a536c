/** Sources that disagree, side by side; none is chosen. */

import { formatDate } from "../dates.js";
import { el } from "../dom.js";
import { counted } from "../text.js";
import { renderChip } from "./citation.js";

/** @typedef {import("../types.js").Citation} Citation */
/** @typedef {import("../types.js").Conflict} Conflict */
/** @typedef {import("../types.js").ConflictValue} ConflictValue */

/**
 * @param {Conflict[]} conflicts
 * @param {Map<number, Citation>} citations by n
 * @param {import("./citation.js").OpenSource} openSource
 * @returns {HTMLElement|null}
 */
export function renderConflicts(conflicts, citations, openSource) {
  if (conflicts.length === 0) return null;
  return el(
    "section",
    { class: "conflicts" },
    el("h3", {}, "Sources disagree"),
    ...conflicts.map((conflict) => renderTable(conflict, citations, openSource)),
  );
}

/**
 * @param {Conflict} conflict
 * @param {Map<number, Citation>} citations
 * @param {import("./citation.js").OpenSource} openSource
 */
function renderTable(conflict, citations, openSource) {
  const headings = ["Value", "Who says so", "Newest"];
  return el(
    "table",
    { class: "conflict" },
    el("caption", { dir: "auto" }, conflict.about),
    el("thead", {}, el("tr", {}, ...headings.map((heading) => el("th", { scope: "col" }, heading)))),
    el("tbody", {}, ...conflict.values.map((value) => renderRow(value, citations, openSource))),
  );
}

/**
 * @param {ConflictValue} value
 * @param {Map<number, Citation>} citations
 * @param {import("./citation.js").OpenSource} openSource
 */
function renderRow(value, citations, openSource) {
  const cited = value.citations.map((n) => citations.get(n)).filter((citation) => citation !== undefined);
  const official = value.official && el("span", { class: "official" }, "official");
  return el(
    "tr",
    {},
    el("th", { scope: "row", dir: "auto" }, value.value, official),
    el(
      "td",
      {},
      `${value.publishers.join(", ")} `,
      el("span", { class: "chips" }, ...cited.map((each) => renderChip(each, openSource))),
      value.independent > 1 && el("span", { class: "independent" }, counted(value.independent, "independent source")),
    ),
    el("td", { class: "conflict-date" }, formatDate(value.newest_on, "short")),
  );
}
