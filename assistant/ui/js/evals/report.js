/** The figures and the gates of a run, beside those of an earlier one when there is one. */

import { el } from "../dom.js";
import { LOCALE, isNamed, named, say } from "../words.js";
import { alike, changeOf } from "./compare.js";

/** @typedef {import("./types.js").Result} Result */
/** @typedef {import("./types.js").Figure} Figure */
/** @typedef {import("./types.js").Gate} Gate */

const ABSENT = "–";
const GATE_HEADINGS = ["evals.gate", "evals.asks", "evals.reached", "evals.cases", ""];
const THREE_PLACES = new Intl.NumberFormat(LOCALE, { minimumFractionDigits: 3, maximumFractionDigits: 3 });

/** @param {number|null} value */
export function number(value) {
  return value === null ? ABSENT : THREE_PLACES.format(value);
}

/** @param {string} metric */
export function metricInWords(metric) {
  return isNamed("metrics", metric) ? named("metrics", metric) : metric.replaceAll("_", " ");
}

/**
 * @param {Result} result
 * @param {Result|null} earlier
 */
export function renderFigures(result, earlier) {
  const pairs = earlier && alike(earlier, result);
  const compared = ["evals.before", "evals.difference", "evals.over"];
  const headings = ["evals.figure", "evals.value", "evals.interval", "evals.cases", ...(pairs ? compared : [])];
  const rows = Object.entries(result.metrics).map(([metric, figure]) =>
    row(metricInWords(metric), [...cellsOf(figure), ...(pairs ? changeCells(changeOf(pairs, metric)) : [])]),
  );
  return el("section", {}, el("h2", {}, say("evals.figures")), table(say("evals.figures"), headings, rows), pairs && renderNote(pairs, result));
}

/** @param {Figure} figure */
function cellsOf({ value, low, high, n }) {
  const interval = low === null || high === null ? ABSENT : say("evals.interval_told", { low: number(low), high: number(high) });
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
  const same = say("evals.same_cases", { same: pairs.length, cases: result.cases.length });
  return el("p", { class: "note" }, same, say("evals.intervals_by"), el("code", {}, "assistant eval compare"), ".");
}

/** @param {Gate[]} gates */
export function renderGates(gates) {
  if (gates.length === 0) return null;
  const rows = gates.map((gate) =>
    row(metricInWords(gate.metric), [
      asked(gate),
      gate.figure === "count" ? (gate.got ?? ABSENT) : number(gate.got),
      gate.n,
      el("span", { class: gate.holds ? "holds" : "falls-short" }, say(gate.holds ? "evals.holds" : "evals.falls_short")),
    ]),
  );
  return el("section", {}, el("h2", {}, say("evals.gates")), table(say("evals.gates"), GATE_HEADINGS, rows));
}

/** @param {Gate} gate */
function asked({ at_least: least, at_most: most, figure, min_n: minimum }) {
  if (least === null) return say("evals.at_most", { most: String(most) });
  const asks = say(figure === "low" ? "evals.low_at_least" : "evals.value_at_least", { least: String(least) });
  return minimum ? say("evals.over_at_least", { asked: asks, count: minimum }) : asks;
}

/**
 * @param {string} name
 * @param {string[]} headings keys of their words, "" for none
 * @param {HTMLElement[]} rows
 */
function table(name, headings, rows) {
  const head = el("tr", {}, ...headings.map((heading) => (heading ? el("th", { scope: "col" }, say(heading)) : el("td"))));
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
