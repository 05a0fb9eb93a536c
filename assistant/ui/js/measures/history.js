/** What opens under a measure: what it is about, where it stands, and how it came to stand there. */

import { formatDate } from "../dates.js";
import { el, inOwnLanguage, withinWords } from "../dom.js";
import { firstDayNumber, isoOfDay } from "./days.js";
import { renderEvidence } from "./evidence.js";
import { drawSwatch } from "./swatch.js";
import { enumerated, named, say } from "../words.js";
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
      el("p", { class: "history-summary", ...inOwnLanguage(measure.summary) }, measure.summary),
      renderFacts(measure),
      el("p", {}, el("a", { class: "history-ask", href: askHref(measure, asOf) }, say("measures.ask"))),
    ),
    el(
      "div",
      { class: "history-statuses" },
      renderStanding(measure, asOf, reviewedTo),
      el("p", { class: "history-heading" }, say("measures.history")),
      el("ol", { class: "entries" }, ...measure.history.map((entry) => renderEntry(entry, measure, asOf))),
    ),
  );
}

/**
 * @param {Measure} measure
 * @param {number} asOf
 */
function askHref(measure, asOf) {
  const query = new URLSearchParams({ q: say("measures.ask_question", { name: measure.name }), as_of: isoOfDay(asOf) });
  return `/?${query}`;
}

/** @param {Measure} measure */
function renderFacts({ issuer, instrument, aliases, covers }) {
  const facts = /** @type {[string, string|null][]} */ ([
    ["measures.issuer", issuer],
    ["measures.instrument", instrument],
    ["measures.elements", elementsInWords(covers)],
    ["measures.forms", covers.forms.join(", ")],
    ["measures.control_codes", covers.control_codes.join(", ")],
    ["measures.customs_codes", covers.customs_codes.join(", ")],
    ["measures.destinations", covers.destinations.join(", ")],
    ["measures.note", covers.notes],
    ["measures.also_called", aliases.join("; ")],
  ]);
  const told = /** @type {[string, string][]} */ (facts.filter(([, value]) => value));
  const rows = told.map(([key, value]) => [el("dt", {}, say(key)), el("dd", inOwnLanguage(value), value)]);
  return el("dl", { class: "history-facts" }, ...rows.flat());
}

/**
 * @param {import("./types.js").Covers} covers
 * @returns {string}
 */
export function elementsInWords({ elements }) {
  return enumerated(elements.map((element) => named("elements", element)));
}

/**
 * @param {Measure} measure
 * @param {number} asOf
 * @param {string|null} reviewedTo
 */
function renderStanding(measure, asOf, reviewedTo) {
  const review = reviewedTo && say("measures.reviewed_short", { date: formatDate(reviewedTo) });
  const isOpen = [measure, ...measure.scoped].some((standing) => standing.status === "unknown");
  return el(
    "div",
    { class: isOpen ? "standing standing-unknown" : "standing" },
    el("p", { class: "history-heading" }, say("measures.on", { date: formatDate(isoOfDay(asOf)) })),
    el("p", {}, inFull(measure), measure.next && ` ${say("measures.next", { next: dueInWords(measure.next) })}`),
    ...measure.scoped.map((standing) => el("p", { class: "standing-scope" }, say("status_words.of_scope", { scope: String(standing.scope), status: inText(inFull(standing)) }))),
    isOpen && review && el("p", { class: "standing-review" }, review),
  );
}

/** @param {Standing} standing */
function inFull(standing) {
  return standing.status === "unknown" ? unknownInWords(standing) : say("status_words.full_stop", { status: standingInWords(standing, "long") });
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
    entry.scope && el("p", { class: "entry-scope" }, ...withinWords("register.for", "scope", entry.scope)),
    entry.known_from && el("p", { class: "entry-known" }, say("measures.known_from", { date: formatDate(entry.known_from) })),
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
  if (entry.evidence.every((evidence) => evidence.missing)) return say("measures.no_evidence");
  const held = timeline.some(
    (one) => one.status === entry.status && one.from === entry.from && one.scope === entry.scope,
  );
  if (!held) return say("measures.set_aside");
  return firstDayNumber(entry.from) > asOf ? say("measures.planned") : null;
}
