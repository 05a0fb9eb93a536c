/** The figures and the gates of a run, beside those of an earlier one when there is one. */

import { el } from "../dom.js";
import { alike, changeOf } from "./compare.js";

/** @typedef {import("./types.js").Result} Result */
/** @typedef {import("./types.js").Figure} Figure */
/** @typedef {import("./types.js").Gate} Gate */

const ABSENT = "–";

/** @param {number|null} value */
export function number(value) {
  return value === null ? ABSENT : value.toFixed(3);
}

/** @param {string} metric */
export function metricInWords(metric) {
  return metric.replaceAll("_", " ");
}

/**
 * @param {Result} result
 * @param {Result|null} earlier
 */
export function renderFigures(result, earlier) {
  const pairs = earlier && alike(earlier, result);
  const headings = ["Figure", "Value", "95 % interval", "Cases", ...(pairs ? ["Before", "Difference", "Over"] : [])];
  const rows = Object.entries(result.metrics).map(([metric, figure]) =>
    row(metricInWords(metric), [...cellsOf(figure), ...(pairs ? changeCells(changeOf(pairs, metric)) : [])]),
  );
  return el("section", {}, el("h2", {}, "Figures"), table("Figures", headings, rows), pairs && renderNote(pairs, result));
}

/** @param {Figure} figure */
function cellsOf({ value, low, high, n }) {
  const interval = low === null || high === null ? ABSENT : `${number(low)} to ${number(high)}`;
  return [number(value), interval, n];
}

/** @param {import("./compare.js").Change|null} change */
function changeCells(change) {
  if (!change) return [ABSENT, ABSENT, 0];
  const sign = change.difference > 0 ? "+" : "";
  return [number(change.before), `${sign}${number(change.difference)}`, change.n];
}

/**
 * @param {unknown[]} pairs
 * @param {Result} result
 */
function renderNote(pairs, result) {
  const same = `Before and difference are over the ${pairs.length} of ${result.cases.length} cases that are the same in both.`;
  return el("p", { class: "note" }, same, " Intervals of a difference: ", el("code", {}, "assistant eval compare"), ".");
}

/** @param {Gate[]} gates */
export function renderGates(gates) {
  if (gates.length === 0) return null;
  const rows = gates.map((gate) =>
    row(metricInWords(gate.metric), [
      asked(gate),
      gate.figure === "count" ? (gate.got ?? ABSENT) : number(gate.got),
      gate.n,
      el("span", { class: gate.holds ? "holds" : "falls-short" }, gate.holds ? "holds" : "falls short"),
    ]),
  );
  return el("section", {}, el("h2", {}, "Gates"), table("Gates", ["Gate", "Asks", "Reached", "Cases", ""], rows));
}

/** @param {Gate} gate */
function asked({ at_least: least, at_most: most, figure, min_n: minimum }) {
  if (least === null) return `at most ${most}`;
  return `${figure === "low" ? "lower end" : "value"} at least ${least}${minimum ? `, over ${minimum} or more` : ""}`;
}

/**
 * @param {string} name
 * @param {string[]} headings
 * @param {HTMLElement[]} rows
 */
function table(name, headings, rows) {
  const head = el("tr", {}, ...headings.map((heading) => (heading ? el("th", { scope: "col" }, heading) : el("td"))));
  const body = el("table", {}, el("thead", {}, head), el("tbody", {}, ...rows));
  return el("div", { class: "wide", tabindex: "0", role: "region", "aria-label": name }, body);
}

/**
 * @param {string} name
 * @param {import("../dom.js").Child[]} cells
 */
function row(name, cells) {
  return el("tr", {}, el("th", { scope: "row" }, name), ...cells.map((cell) => el("td", {}, cell)));
}
