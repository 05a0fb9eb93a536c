/** What opens under a measure: what it is about, where it stands, and how it came to stand there. */

import { formatDate } from "../dates.js";
import { el } from "../dom.js";
import { firstDayNumber, isoOfDay } from "./days.js";
import { renderEvidence } from "./evidence.js";
import { drawSwatch } from "./swatch.js";
import { dueInWords, inText, standingInWords, stretchInWords, unknownInWords } from "./words.js";

/** @typedef {import("./types.js").HistoryEntry} HistoryEntry */
/** @typedef {import("./types.js").Measure} Measure */
/** @typedef {import("./types.js").Standing} Standing */

/**
 * @param {Measure} measure
 * @param {number} asOf
 * @param {string|null} reviewedTo
 * @returns {HTMLDivElement}
 */
export function renderHistory(measure, asOf, reviewedTo) {
  return el(
    "div",
    { class: "history" },
    el(
      "div",
      { class: "history-about" },
      el("p", { class: "history-summary" }, measure.summary),
      renderFacts(measure),
      el("p", {}, el("a", { class: "history-ask", href: askHref(measure, asOf) }, "Ask about this measure")),
    ),
    el(
      "div",
      { class: "history-statuses" },
      renderStanding(measure, asOf, reviewedTo),
      el("p", { class: "history-heading" }, "History, in order of decision"),
      el("ol", { class: "entries" }, ...measure.history.map((entry) => renderEntry(entry, measure, asOf))),
    ),
  );
}

/**
 * @param {Measure} measure
 * @param {number} asOf
 */
function askHref(measure, asOf) {
  const query = new URLSearchParams({ q: `What is the status of ${measure.name}?`, as_of: isoOfDay(asOf) });
  return `/?${query}`;
}

/** @param {Measure} measure */
function renderFacts({ issuer, instrument, aliases, covers }) {
  const facts = /** @type {[string, string|null][]} */ ([
    ["Issuer", issuer],
    ["Instrument", instrument],
    ["Elements", covers.elements.join(", ")],
    ["Forms", covers.forms.join(", ")],
    ["Control codes", covers.control_codes.join(", ")],
    ["Customs codes", covers.customs_codes.join(", ")],
    ["Destinations", covers.destinations.join(", ")],
    ["Note", covers.notes],
    ["Also called", aliases.join("; ")],
  ]);
  const rows = facts.filter(([, value]) => value).map(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]);
  return el("dl", { class: "history-facts" }, ...rows.flat());
}

/**
 * @param {Measure} measure
 * @param {number} asOf
 * @param {string|null} reviewedTo
 */
function renderStanding(measure, asOf, reviewedTo) {
  const review = reviewedTo && `The register is reviewed to ${formatDate(reviewedTo)}; newer articles may tell more.`;
  const isOpen = [measure, ...measure.scoped].some((standing) => standing.status === "unknown");
  return el(
    "div",
    { class: isOpen ? "standing standing-unknown" : "standing" },
    el("p", { class: "history-heading" }, `On ${formatDate(isoOfDay(asOf))}`),
    el("p", {}, inFull(measure), measure.next && ` Next: ${dueInWords(measure.next)}.`),
    ...measure.scoped.map((standing) => el("p", { class: "standing-scope" }, `${standing.scope}: ${inText(inFull(standing))}`)),
    isOpen && review && el("p", { class: "standing-review" }, review),
  );
}

/** @param {Standing} standing */
function inFull(standing) {
  return standing.status === "unknown" ? unknownInWords(standing) : `${standingInWords(standing, "long")}.`;
}

/**
 * @param {HistoryEntry} entry
 * @param {Measure} measure
 * @param {number} asOf
 */
function renderEntry(entry, measure, asOf) {
  const remark = remarkOn(entry, measure, asOf);
  return el(
    "li",
    { class: "entry" },
    el(
      "p",
      { class: "entry-status" },
      drawSwatch(entry.status),
      stretchInWords(entry),
      remark && el("span", { class: "entry-remark" }, remark),
    ),
    entry.scope && el("p", { class: "entry-scope" }, `For: ${entry.scope}`),
    entry.known_from && el("p", { class: "entry-known" }, `Known from ${formatDate(entry.known_from)}`),
    renderEvidence(entry.evidence),
  );
}

/**
 * @param {HistoryEntry} entry
 * @param {Measure} measure
 * @param {number} asOf
 * @returns {string|null} how a plan stands on the day
 */
function remarkOn(entry, { timeline }, asOf) {
  if (entry.evidence.every((evidence) => evidence.missing)) return "no evidence in the catalog";
  const held = timeline.some(
    (one) => one.status === entry.status && one.from === entry.from && one.scope === entry.scope,
  );
  if (!held) return "planned; set aside by a later decision";
  return firstDayNumber(entry.from) > asOf ? "planned" : null;
}
