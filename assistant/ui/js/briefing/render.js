/** A briefing as a page to read and to print. A section that has nothing says so. */

import { exportBriefingHref } from "../api.js";
import { ageInWords, formatDate } from "../dates.js";
import { el, icon, inOwnLanguage, languageOf, withinWords } from "../dom.js";
import { saveFile } from "../download.js";
import { measureHref } from "../measures/address.js";
import { datesInWords } from "../measures/words.js";
import { kindName, sourceName } from "../sources.js";
import { enumerated, say } from "../words.js";
import { renderConflict } from "../render/conflict.js";
import { citing, renderSources } from "./cite.js";
import { renderChanges, renderPicture, renderPill } from "./timeline.js";

/** @typedef {import("./types.js").Briefing} Briefing */
/** @typedef {import("./types.js").Statement} Statement */
/** @typedef {import("./cite.js").Cite} Cite */
/** @typedef {Node|string|false|null} Part */

const FORMATS = /** @type {const} */ ([
  ["docx", "briefing.word"], ["md", "briefing.markdown"], ["html", "briefing.web_page"], ["json", "briefing.json"],
]);

/**
 * @param {Briefing} briefing
 * @returns {HTMLElement[]}
 */
export function renderBriefing(briefing) {
  const head = el(
    "header",
    { class: "briefing-head" },
    el("h1", inOwnLanguage(briefing.topic), briefing.topic),
    el("ul", { class: "facts" }, ...standing(briefing).map((fact) => el("li", {}, fact))),
  );
  if (briefing.status === "declined") return [head, renderDeclined(briefing)];
  return [head, renderKeeping(briefing), ...renderSections(briefing), renderRecord(briefing)];
}

/** @param {Briefing} briefing */
function standing({ as_of, corpus_current_to, newest_evidence_on, independent_sources, filters }) {
  return [
    say("briefing.as_of", { date: formatDate(as_of) }),
    newest_evidence_on && say("briefing.newest", { age: ageInWords(newest_evidence_on, as_of) || formatDate(newest_evidence_on) }),
    corpus_current_to && say("briefing.current_to", { date: formatDate(corpus_current_to) }),
    independent_sources > 0 && say("standing.sources", { count: independent_sources }),
    filters.since && say("briefing.only_since", { date: formatDate(filters.since) }),
    filters.until && say("briefing.only_until", { date: formatDate(filters.until) }),
    filters.publishers.length > 0 && say("briefing.only_from", { publishers: enumerated(filters.publishers) }),
  ].filter((fact) => fact);
}

/** @param {Briefing} briefing */
function renderDeclined({ topic }) {
  return el(
    "section",
    { class: "briefing-none" },
    el("h2", {}, say("declined.title")),
    el("p", {}, say("briefing.declined")),
    el("p", {}, el("a", { href: `/?${new URLSearchParams({ q: say("briefing.ask_question", { topic }) })}` }, say("briefing.ask_instead"))),
  );
}

/** @param {Briefing} briefing */
function renderKeeping({ topic, as_of, filters }) {
  const { since, until, publishers } = filters;
  const scope = { asOf: as_of, since: since ?? "", until: until ?? "", publishers, engine: "" };
  const told = el("span", { class: "keep-told", role: "status" });
  const save = async (/** @type {string} */ format) => {
    told.textContent = "";
    try {
      await saveFile(exportBriefingHref(topic, scope, format));
    } catch (error) {
      told.textContent = error.message;
    }
  };
  return el(
    "div",
    { class: "keep", role: "group", "aria-label": say("briefing.keep") },
    el("button", { type: "button", class: "button", onclick: () => window.print() }, say("answer.print")),
    ...FORMATS.map(([format, name]) =>
      el("button", { type: "button", class: "button", onclick: () => void save(format) }, say(name)),
    ),
    told,
  );
}

/**
 * @param {Briefing} briefing
 * @returns {HTMLElement[]}
 */
function renderSections(briefing) {
  const cite = citing(briefing.citations);
  const source = sourcesOf(briefing);
  const since = briefing.recent_since ? say("briefing.recent_since", { date: formatDate(briefing.recent_since) }) : "";
  return [
    section("what_it_is", [renderStatements(briefing.what_it_is, cite, source)], "", say("briefing.no_definition")),
    section("where_it_stands", [renderMeasures(briefing, cite)], say("briefing.by_register")),
    section("timeline", [
      briefing.measures.length > 0 && renderPicture(briefing.measures, briefing.as_of),
      briefing.changes.length > 0 && renderChanges(briefing.changes, cite),
    ]),
    section("figures", [renderFigures(briefing.figures, cite, source)]),
    section("voices", [renderVoices(briefing.voices, cite, source)]),
    ...(briefing.conflicts.length > 0 ? [section("conflicts", renderConflictsOf(briefing, cite))] : []),
    section("recent", [
      briefing.recent_changes.length > 0 && renderChanges(briefing.recent_changes, cite),
      renderStatements(briefing.recent, cite, source),
    ], since),
    section("open", [renderOpen(briefing)], "", say("briefing.no_open")),
    section("sources", [renderSources(briefing.citations)]),
  ];
}

/**
 * @param {Briefing} briefing
 * @param {Cite} cite
 */
function renderConflictsOf({ conflicts }, cite) {
  return conflicts.map((conflict) => renderConflict(conflict, cite));
}

/**
 * @param {string} heading
 * @param {Part[]} parts
 * @param {string} [hint]
 * @param {string} [nothing]
 */
function section(heading, parts, hint = "", nothing = say("briefing.nothing")) {
  const told = parts.filter((part) => part);
  return el(
    "section",
    { class: "briefing-section" },
    el("h2", {}, say(`briefing.${heading}`)),
    hint !== "" && el("p", { class: "section-hint" }, hint),
    ...(told.length > 0 ? told : [el("p", { class: "section-none" }, nothing)]),
  );
}

/**
 * @param {Briefing} briefing
 * @returns {(statement: Statement) => string} who says it and when
 */
function sourcesOf({ citations }) {
  const named = (/** @type {import("../types.js").Citation} */ citation) =>
    citation.kind === "note" ? `${sourceName(citation)} · ${kindName(citation)}` : sourceName(citation);
  const names = new Map(citations.map((citation) => [citation.n, named(citation)]));
  return ({ citations: numbers }) => names.get(numbers[0]) ?? "";
}

/**
 * @param {Statement[]} statements
 * @param {Cite} cite
 * @param {(statement: Statement) => string} source
 */
function renderStatements(statements, cite, source) {
  if (statements.length === 0) return null;
  return el(
    "ul",
    { class: "statements" },
    ...statements.map((one) =>
      el("li", {}, renderSaid(one, cite), el("p", { class: "said-by" }, source(one))),
    ),
  );
}

/**
 * @param {Statement} statement
 * @param {Cite} cite
 */
function renderSaid({ text, citations }, cite) {
  return el("p", { class: "said", dir: "auto" }, el("span", { lang: languageOf(text) }, text), " ", cite(citations));
}

/**
 * @param {Statement[]} figures
 * @param {Cite} cite
 * @param {(statement: Statement) => string} source
 */
function renderFigures(figures, cite, source) {
  if (figures.length === 0) return null;
  return el(
    "dl",
    { class: "figures" },
    ...figures.map((one) =>
      el(
        "div",
        {},
        el("dt", inOwnLanguage(one.text), one.figures.join(" · ")),
        el("dd", {}, renderSaid(one, cite), el("p", { class: "said-by" }, source(one))),
      ),
    ),
  );
}

/**
 * @param {Statement[]} voices
 * @param {Cite} cite
 * @param {(statement: Statement) => string} source
 */
function renderVoices(voices, cite, source) {
  if (voices.length === 0) return null;
  return el(
    "dl",
    { class: "voices" },
    ...voices.map((one) => el("div", {}, el("dt", { dir: "auto" }, source(one)), el("dd", {}, renderSaid(one, cite)))),
  );
}

/**
 * @param {Briefing} briefing
 * @param {Cite} cite
 */
function renderMeasures({ measures, left_out, as_of }, cite) {
  if (measures.length === 0) return null;
  return el(
    "ul",
    { class: "briefed-measures" },
    ...measures.map(({ name, id, issuer, standings }) =>
      el(
        "li",
        {},
        el("p", { class: "briefed-name", ...inOwnLanguage(name) }, el("a", { href: measureHref(id, standings[0].on) }, name)),
        el("p", { class: "said-by", ...inOwnLanguage(issuer) }, issuer),
        ...standings.map((one) =>
          el(
            "p",
            { class: "event-status" },
            renderPill(one.status),
            ` ${one.since > as_of ? say("briefing.due", { date: formatDate(one.since) }) : datesInWords(one)} `,
            one.scope && el("span", { dir: "auto" }, ...withinWords("register.for", "scope", one.scope), " "),
            cite(one.citations),
          ),
        ),
      ),
    ),
    left_out > 0 && el("li", { class: "section-none" }, say("briefing.left_out", { count: left_out })),
  );
}

/** @param {Briefing} briefing */
function renderOpen({ open_questions, as_of }) {
  if (open_questions.length === 0) return null;
  return el(
    "ul",
    { class: "open-questions" },
    ...open_questions.map(({ text, reason, measure }) =>
      el(
        "li",
        {},
        icon("alert"),
        el(
          "div",
          {},
          el("p", inOwnLanguage(text), measure === null ? text : el("a", { href: measureHref(measure, as_of) }, text)),
          el("p", { class: "said-by" }, say(`briefing.open_${reason}`)),
        ),
      ),
    ),
  );
}

/** @param {Briefing} briefing */
function renderRecord({ corpus_digest, fingerprint }) {
  return el("p", { class: "briefing-record" }, say("briefing.record", { digest: corpus_digest.slice(0, 16), fingerprint }));
}
