/** How an answer stands: the day it holds for, how fresh its evidence is, what was left out. */

import { ageInWords, formatDate } from "../dates.js";
import { el, icon, inOwnLanguage } from "../dom.js";
import { limitsInWords, periodInWords } from "../periods.js";
import { noticeInWords } from "./notice.js";
import { enumerated, named, say } from "../words.js";

/** @typedef {import("../types.js").Answer} Answer */

/** Notices to be read before the answer is relied on, with what marks them. */
const WARNINGS = new Map([["evidence_age", "clock"], ["unknown_after", "unknown"]]);

/**
 * @param {Answer} answer
 * @returns {HTMLElement}
 */
export function renderStanding(answer) {
  const badges = [
    answer.status === "partial" && el("li", { class: "badge" }, say("standing.partial")),
    answer.stale && el("li", { class: "badge" }, icon("alert"), say("standing.stale")),
  ].filter((badge) => badge !== false);
  return el(
    "div",
    {},
    badges.length > 0 && el("ul", { class: "badges", "aria-label": say("standing.badges") }, ...badges),
    renderStatusLine(answer),
  );
}

/** @param {Answer} answer */
function renderStatusLine(answer) {
  const parts = [
    say(answer.status === "declined" ? "standing.as_of" : "standing.answered_as_of", { date: formatDate(answer.as_of, "short") }),
    periodAsked(answer),
    newestEvidence(answer),
    publisherCount(answer),
    answer.corpus_current_to && say("standing.current_to", { date: formatDate(answer.corpus_current_to, "short") }),
    ...limits(answer.filters),
  ];
  return el(
    "ul",
    { class: "standing facts", "aria-label": say("standing.heading") },
    ...parts.filter(Boolean).map((part) => el("li", {}, el("bdi", {}, part))),
  );
}

/** @param {Answer} answer */
function periodAsked(answer) {
  const words = periodInWords(answer.about);
  return words && say("standing.about", { period: words });
}

/** @param {Answer} answer */
function newestEvidence(answer) {
  if (!answer.newest_evidence_on || answer.status === "declined") return "";
  const age = ageInWords(answer.newest_evidence_on, answer.as_of);
  const date = formatDate(answer.newest_evidence_on, "short");
  return age ? say("standing.newest", { age, date }) : say("standing.newest_of", { date });
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
  if (independent === null || publishers === 0) return say("standing.publishers", { count: publishers });
  if (independent >= publishers) return say("standing.independent", { count: publishers });
  return say("standing.publishers_and_sources", {
    publishers: say("standing.publishers", { count: publishers }),
    sources: say("standing.sources", { count: independent }),
  });
}

/**
 * What the question was not allowed to use.
 * @param {import("../types.js").Filters|null} [filters]
 */
function limits(filters) {
  const { since = null, until = null, publishers = [] } = filters ?? {};
  const period = limitsInWords(since, until);
  return [
    period && say("standing.published", { period }),
    publishers.length > 0 && say("standing.only", { publishers: enumerated(publishers) }),
  ];
}

/** @param {Answer} answer */
export function renderWarnings(answer) {
  const warnings = answer.notices.filter((notice) => WARNINGS.has(notice.code));
  if (warnings.length === 0) return null;
  const items = warnings.map((notice) => el("li", {}, icon(WARNINGS.get(notice.code)), renderNotice(notice, answer)));
  return el("ul", { class: "warnings", "aria-label": say("standing.warnings") }, ...items);
}

/** @param {Answer} answer */
export function renderNotices(answer) {
  const notices = answer.notices.filter((notice) => !WARNINGS.has(notice.code));
  if (notices.length === 0) return null;
  const items = notices.map((notice) => el("li", {}, renderNotice(notice, answer)));
  return el("ul", { class: "notices", "aria-label": say("standing.notices") }, ...items);
}

/**
 * @param {import("../types.js").Notice} notice
 * @param {Answer} answer
 */
function renderNotice(notice, answer) {
  const words = noticeInWords(notice, answer);
  return words === null ? el("span", inOwnLanguage(notice.text), notice.text) : el("span", { dir: "auto" }, words);
}

/** @param {Answer} answer */
export function renderMissing(answer) {
  const parts = answer.missing.filter((text) => text !== answer.question && text !== answer.standalone_question);
  if (parts.length === 0) return null;
  return renderDetails(
    say("standing.missing", { count: parts.length }),
    parts.map((text) => el("li", inOwnLanguage(text), text)),
    true,
  );
}

/** @param {Answer} answer */
export function renderRemoved(answer) {
  if (answer.removed.length === 0) return null;
  return renderDetails(
    say("standing.removed", { count: answer.removed.length }),
    answer.removed.map((each) =>
      el("li", inOwnLanguage(each.text), el("s", {}, each.text), el("span", { class: "reason" }, each.reason)),
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
  const parts = [say("answer.engine", { engine: named("engines", answer.engine) })];
  if (total > 0) parts.push(durationInWords(total));
  return el("p", { class: "colophon" }, parts.join(" · "));
}

/** @param {number} total milliseconds */
function durationInWords(total) {
  if (total < 1000) return say("time.milliseconds", { count: Math.round(total) });
  return say("time.seconds", { count: Number((total / 1000).toFixed(1)) });
}

/** @param {number[]} numbers */
function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}
