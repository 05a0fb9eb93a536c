/** An article as plain text, with one quote marked. */

import { formatDate, sourceDate } from "../dates.js";
import { append, el, inOwnLanguage, outsideLink } from "../dom.js";
import { kindName, publisherName, reliabilityMeaning } from "../sources.js";
import { locateQuote, paragraphRanges } from "../text.js";
import { say } from "../words.js";

/** @typedef {import("../types.js").Article} Article */
/** @typedef {import("../types.js").SourceReference} SourceReference */
/** @typedef {{start: number, end: number}} Range in UTF-16 units */
/** @typedef {Range & {n: number|null}} Mark n is null for the quote asked for */

/**
 * @param {Article} article
 * @param {SourceReference} reference
 * @param {"h1"|"h2"} heading
 * @param {import("../types.js").Citation[]} [alsoCited] other quotes of the same answer, underlined where they stand
 * @returns {{node: HTMLElement, mark: HTMLElement|null}}
 */
export function renderArticle(article, reference, heading, alsoCited = []) {
  const asked = reference.start !== undefined;
  const range = asked ? locateQuote(article.text, reference) : null;
  const text = renderText(article, marksOf(article, range, alsoCited));
  const node = el(
    "article",
    { class: "source" },
    renderHead(article, heading),
    asked && range === null && el("p", { class: "source-warning", role: "alert" }, say("source.not_found")),
    article.kind === "digest" && el("p", { class: "source-note" }, digestNote(article)),
    text,
  );
  return { node, mark: text.querySelector("mark") };
}

/**
 * @param {Article} article
 * @param {Range|null} range the quote asked for
 * @param {import("../types.js").Citation[]} alsoCited
 * @returns {Mark[]} in the order of the text
 */
function marksOf(article, range, alsoCited) {
  const others = alsoCited
    .filter((citation) => citation.article_id === article.id)
    .flatMap((citation) => {
      const place = locateQuote(article.text, citation);
      return place && place.start !== range?.start ? [{ ...place, n: citation.n }] : [];
    });
  const marks = range ? [{ ...range, n: null }, ...others] : others;
  return marks.sort((one, other) => one.start - other.start);
}

/**
 * @param {Article} article
 * @param {"h1"|"h2"} heading
 */
function renderHead(article, heading) {
  return el(
    "header",
    { class: "source-head" },
    el("p", { class: "source-publisher" }, publisherName(article)),
    el(heading, { class: "source-title", dir: "auto", lang: article.language, tabindex: "-1" }, article.title),
    el(
      "ul",
      { class: "facts" },
      el("li", {}, sourceDate(article)),
      article.author && el("li", inOwnLanguage(article.author), article.author),
      el("li", {}, kindName(article)),
      el("li", { title: reliabilityMeaning(article.reliability) }, say("answer.reliability", { grade: article.reliability })),
      article.origin && article.origin !== article.publisher && el("li", {}, say("source.goes_back", { origin: article.origin })),
      el("li", {}, say("source.retrieved", { date: formatDate(article.retrieved_on, "short") })),
    ),
    outsideLink(article.url, say("source.read_original"), "outside-link source-original"),
  );
}

/** @param {Article} article */
function digestNote(article) {
  return say("source.digest_note", { publisher: article.publisher });
}

/**
 * @param {Article} article
 * @param {Mark[]} marks
 */
function renderText(article, marks) {
  const paragraphs = paragraphRanges(article.text).map((paragraph) => renderParagraph(article.text, paragraph, marks));
  return el("div", { class: "source-text", lang: article.language }, ...paragraphs);
}

/**
 * @param {string} text
 * @param {Range} paragraph
 * @param {Mark[]} marks
 */
function renderParagraph(text, paragraph, marks) {
  const node = el("p", { dir: "auto" });
  let at = paragraph.start;
  for (const mark of marks) {
    const start = Math.max(mark.start, at);
    const end = Math.min(mark.end, paragraph.end);
    if (start >= end) continue;
    append(node, text.slice(at, start), renderMark(text.slice(start, end), mark.n));
    at = end;
  }
  append(node, text.slice(at, paragraph.end));
  return node;
}

/**
 * @param {string} text
 * @param {number|null} n the number of a quote that is not the one asked for
 */
function renderMark(text, n) {
  if (n === null) return el("mark", {}, text);
  return el("span", { class: "also-cited", title: say("pane.also_cited", { n }) }, text);
}
