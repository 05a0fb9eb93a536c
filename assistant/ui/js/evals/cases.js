/** The cases of a run: a line each, that opens to the answer, its quotes, and what it missed. */

import { el, inOwnLanguage } from "../dom.js";
import { formatDate } from "../dates.js";
import { named, say } from "../words.js";
import { fellShort, hasChanged } from "./compare.js";
import { metricInWords, number } from "./report.js";

/** @typedef {import("./types.js").Case} Case */
/** @typedef {import("./types.js").Result} Result */

const SHOWS = { short: "evals.fell_short", changed: "evals.changed", all: "evals.all" };

/**
 * @param {Result} result
 * @param {Result|null} earlier
 */
export function renderCases(result, earlier) {
  const before = new Map((earlier?.cases ?? []).map((one) => [one.id, one]));
  /** @type {Record<string, (one: Case) => boolean>} */
  const filters = {
    short: fellShort,
    ...(earlier && { changed: (/** @type {Case} */ one) => hasChanged(before.get(one.id), one) }),
    all: () => true,
  };
  const count = el("p", { class: "count", role: "status" });
  const list = el("div", { class: "cases" });
  /** @param {string} name */
  const show = (name) => {
    const cases = result.cases.filter(filters[name]);
    count.textContent = say("evals.shown", { shown: cases.length, cases: say("evals.case_count", { count: result.cases.length }) });
    list.replaceChildren(...cases.map((one) => renderCase(one, before.get(one.id) ?? null, earlier !== null)));
  };
  const first = earlier ? "changed" : "short";
  show(first);
  return el("section", {}, el("h2", {}, say("evals.cases")), renderChoice(Object.keys(filters), first, show), count, list);
}

/**
 * @param {string[]} names
 * @param {string} chosen
 * @param {(name: string) => void} show
 */
function renderChoice(names, chosen, show) {
  const options = names.map((name) => {
    const radio = el("input", { type: "radio", name: "cases", value: name, checked: name === chosen });
    radio.addEventListener("change", () => show(name));
    return el("label", {}, radio, el("span", {}, say(SHOWS[/** @type {keyof typeof SHOWS} */ (name)])));
  });
  return el("fieldset", { class: "case-choice" }, el("legend", { class: "visually-hidden" }, say("evals.show_cases")), ...options);
}

/**
 * @param {Case} one
 * @param {Case|null} old
 * @param {boolean} isCompared
 */
function renderCase(one, old, isCompared) {
  const line = el("summary", {}, el("span", inOwnLanguage(one.question), one.question), el("span", { class: "case-facts" }, factsOf(one)));
  const details = el("details", { class: "case", "data-case": one.id }, line);
  // Hundreds of answers would slow the page down: each is drawn when it is opened.
  details.addEventListener("toggle", () => details.append(renderWhole(one, old, isCompared)), { once: true });
  return details;
}

/** @param {Case} one */
function factsOf(one) {
  const missed = Object.values(one.scores).flatMap((score) => score.missed).length;
  return [one.failure ? say("evals.failed") : statusOf(one), missed > 0 && say("evals.missed", { count: missed }), one.id]
    .filter(Boolean)
    .join(" · ");
}

/** @param {Case} one */
function statusOf({ status }) {
  return status === null ? say("evals.no_answer") : named("answer_status", status);
}

/**
 * @param {Case} one
 * @param {Case|null} old
 * @param {boolean} isCompared
 */
function renderWhole(one, old, isCompared) {
  const sides = isCompared
    ? [el("div", {}, el("h3", {}, say("evals.before")), ...(old ? renderAnswer(old) : [el("p", {}, say("evals.not_in_run"))])),
       el("div", {}, el("h3", {}, say("evals.now")), ...renderAnswer(one))]
    : [el("div", {}, ...renderAnswer(one))];
  const history = one.history.map((question) => el("li", inOwnLanguage(question), question));
  return el(
    "div",
    { class: "case-whole" },
    history.length > 0 && el("div", {}, el("h3", {}, say("evals.asked_before")), el("ul", {}, ...history)),
    one.as_of && el("p", { class: "note" }, say("evals.as_of", { date: formatDate(one.as_of) })),
    el("div", { class: "sides" }, ...sides),
  );
}

/** @param {Case} one */
function renderAnswer(one) {
  const confidence = number(one.confidence);
  const told = one.failure ? say("evals.failed_why", { reason: one.failure }) : say("evals.confidence", { status: statusOf(one), confidence });
  return [
    el("p", { class: "note" }, told),
    ...one.sentences.map(({ text, citations }) =>
      el("p", { class: "case-sentence", ...inOwnLanguage(text) }, `${text} `, citations.map((n) => `[${n}]`).join("")),
    ),
    one.citations.length > 0 && el("ol", { class: "case-quotes" }, ...one.citations.map(renderQuote)),
    el("ul", { class: "case-scores" }, ...Object.entries(one.scores).flatMap(renderScore)),
  ].filter((part) => part !== false);
}

/** @param {{n: number, article_id: string, quote: string}} citation */
function renderQuote({ n, article_id, quote }) {
  const article = el("a", { href: `/articles/${encodeURIComponent(article_id)}` }, article_id);
  return el("li", { value: n }, el("q", inOwnLanguage(quote), quote), " ", article);
}

/**
 * @param {[string, import("./types.js").Score]} entry
 * @returns {HTMLElement[]} nothing for what was not scored
 */
function renderScore([metric, { value, missed }]) {
  if (value === null) return [];
  const lines = missed.map((one) => el("li", inOwnLanguage(one), one));
  const told = `${metricInWords(metric)} ${number(value)}`;
  return [el("li", { class: lines.length > 0 && "falls-short" }, told, lines.length > 0 && el("ul", {}, ...lines))];
}
