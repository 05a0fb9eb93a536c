/** How an answer stands: the day it holds for, how fresh its evidence is, what was left out. */

import { ageInWords, formatDate } from "../dates.js";
import { el, icon } from "../dom.js";
import { limitsInWords, periodInWords } from "../periods.js";
import { counted } from "../text.js";
import { WORDS } from "../words.js";

/** @typedef {import("../types.js").Answer} Answer */

/** Notices to be read before the answer is relied on, with what marks them. */
const WARNINGS = new Map([["evidence_age", "clock"], ["unknown_after", "unknown"]]);

/**
 * @param {Answer} answer
 * @returns {HTMLElement}
 */
export function renderStanding(answer) {
  const badges = [
    answer.status === "partial" && el("li", { class: "badge" }, "Partial answer"),
    answer.stale && el("li", { class: "badge" }, icon("alert"), "Stale: a quoted source has changed since"),
  ].filter((badge) => badge !== false);
  return el(
    "div",
    {},
    badges.length > 0 && el("ul", { class: "badges", "aria-label": "Badges" }, ...badges),
    renderStatusLine(answer),
  );
}

/** @param {Answer} answer */
function renderStatusLine(answer) {
  const parts = [
    `${answer.status === "declined" ? "As of" : "Answered as of"} ${formatDate(answer.as_of, "short")}`,
    periodAsked(answer),
    newestEvidence(answer),
    publisherCount(answer),
    answer.corpus_current_to && `corpus current to ${formatDate(answer.corpus_current_to, "short")}`,
    ...limits(answer.filters),
  ];
  return el(
    "ul",
    { class: "standing facts", "aria-label": "Standing of this answer" },
    ...parts.filter(Boolean).map((part) => el("li", {}, el("bdi", {}, part))),
  );
}

/** @param {Answer} answer */
function periodAsked(answer) {
  const words = periodInWords(answer.about);
  return words && `about ${words}`;
}

/** @param {Answer} answer */
function newestEvidence(answer) {
  if (!answer.newest_evidence_on || answer.status === "declined") return "";
  const age = ageInWords(answer.newest_evidence_on, answer.as_of);
  const date = formatDate(answer.newest_evidence_on, "short");
  return age ? `newest evidence ${age} (${date})` : `newest evidence of ${date}`;
}

/**
 * Publishers that print one wire story are one source: both numbers are told where there are fewer sources.
 * @param {Answer} answer
 */
function publisherCount(answer) {
  if (answer.status === "declined") return "";
  const cited = answer.citations.filter((citation) => citation.kind !== "note");
  const publishers = new Set(cited.map((citation) => citation.publisher)).size;
  const independent = answer.independent_sources ?? null;
  if (independent === null || publishers === 0) return WORDS.standing.publishers(publishers);
  if (independent >= publishers) return WORDS.standing.independent(publishers);
  return `${WORDS.standing.publishers(publishers)}, ${WORDS.standing.sources(independent)}`;
}

/**
 * What the question was not allowed to use.
 * @param {import("../types.js").Filters|null} [filters]
 */
function limits(filters) {
  const { since = null, until = null, publishers = [] } = filters ?? {};
  const period = limitsInWords(since, until);
  return [
    period && WORDS.standing.published(period),
    publishers.length > 0 && WORDS.standing.only(publishers),
  ];
}

/** @param {Answer} answer */
export function renderWarnings(answer) {
  const warnings = answer.notices.filter((notice) => WARNINGS.has(notice.code));
  if (warnings.length === 0) return null;
  const items = warnings.map(({ code, text }) => el("li", {}, icon(WARNINGS.get(code)), el("span", { dir: "auto" }, text)));
  return el("ul", { class: "warnings", "aria-label": "Keep in mind" }, ...items);
}

/** @param {Answer} answer */
export function renderNotices(answer) {
  const notices = answer.notices.filter((notice) => !WARNINGS.has(notice.code));
  if (notices.length === 0) return null;
  const items = notices.map((notice) => el("li", { dir: "auto" }, notice.text));
  return el("ul", { class: "notices", "aria-label": "Notices" }, ...items);
}

/** @param {Answer} answer */
export function renderMissing(answer) {
  const parts = answer.missing.filter((text) => text !== answer.question && text !== answer.standalone_question);
  if (parts.length === 0) return null;
  return renderDetails(
    `${counted(parts.length, "part")} of the question not found in the corpus`,
    parts.map((text) => el("li", { dir: "auto" }, text)),
    true,
  );
}

/** @param {Answer} answer */
export function renderRemoved(answer) {
  if (answer.removed.length === 0) return null;
  return renderDetails(
    `${counted(answer.removed.length, "sentence")} removed before you saw this`,
    answer.removed.map((each) =>
      el("li", { dir: "auto" }, el("s", {}, each.text), el("span", { class: "reason" }, each.reason)),
    ),
  );
}

/**
 * @param {string} summary
 * @param {HTMLElement[]} items
 * @param {boolean} open whether it stands open at first
 */
function renderDetails(summary, items, open = false) {
  return el("details", { class: "left-out", open }, el("summary", {}, summary), el("ul", {}, ...items));
}

/** @param {Answer} answer */
export function renderColophon(answer) {
  const { total = sum(Object.values(answer.timings_ms)) } = answer.timings_ms;
  const parts = [`Engine: ${answer.engine}`];
  if (total > 0) parts.push(total < 1000 ? `${Math.round(total)} ms` : `${(total / 1000).toFixed(1)} s`);
  return el("p", { class: "colophon" }, parts.join(" · "));
}

/** @param {number[]} numbers */
function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}
