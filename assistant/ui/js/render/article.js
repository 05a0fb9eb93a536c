/** An article as plain text, with one quote marked. */

import { formatDate, sourceDate } from "../dates.js";
import { append, el, outsideLink } from "../dom.js";
import { kindName, publisherName, reliabilityMeaning } from "../sources.js";
import { locateQuote, paragraphRanges } from "../text.js";

/** @typedef {import("../types.js").Article} Article */
/** @typedef {import("../types.js").SourceReference} SourceReference */
/** @typedef {{start: number, end: number}} Range in UTF-16 units */

const NOT_FOUND =
  "The quote is not at its place in this article, which may have changed since. Nothing is marked.";

/**
 * @param {Article} article
 * @param {SourceReference} reference
 * @param {"h1"|"h2"} heading
 * @returns {{node: HTMLElement, mark: HTMLElement|null}}
 */
export function renderArticle(article, reference, heading) {
  const asked = reference.start !== undefined;
  const range = asked ? locateQuote(article.text, reference) : null;
  const text = renderText(article, range);
  const node = el(
    "article",
    { class: "source" },
    renderHead(article, heading),
    asked && range === null && el("p", { class: "source-warning", role: "alert" }, NOT_FOUND),
    article.kind === "digest" && el("p", { class: "source-note" }, digestNote(article)),
    text,
  );
  return { node, mark: text.querySelector("mark") };
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
    el(heading, { class: "source-title", dir: "auto", tabindex: "-1" }, article.title),
    el(
      "ul",
      { class: "facts" },
      el("li", {}, sourceDate(article)),
      article.author && el("li", {}, article.author),
      el("li", {}, kindName(article)),
      el("li", { title: reliabilityMeaning(article.reliability) }, `Reliability ${article.reliability}`),
      article.origin && article.origin !== article.publisher && el("li", {}, `Goes back to ${article.origin}`),
      el("li", {}, `Retrieved ${formatDate(article.retrieved_on, "short")}`),
    ),
    outsideLink(article.url, "Read the original", "outside-link source-original"),
  );
}

/** @param {Article} article */
function digestNote(article) {
  return `Our own summary of one source by ${article.publisher}. The original has the last word.`;
}

/**
 * @param {Article} article
 * @param {Range|null} range
 */
function renderText(article, range) {
  const paragraphs = paragraphRanges(article.text).map((paragraph) => renderParagraph(article.text, paragraph, range));
  return el("div", { class: "source-text", lang: article.language }, ...paragraphs);
}

/**
 * @param {string} text
 * @param {Range} paragraph
 * @param {Range|null} range
 */
function renderParagraph(text, paragraph, range) {
  const node = el("p", { dir: "auto" });
  const start = Math.max(paragraph.start, range?.start ?? paragraph.end);
  const end = Math.min(paragraph.end, range?.end ?? paragraph.start);
  if (start >= end) {
    append(node, text.slice(paragraph.start, paragraph.end));
    return node;
  }
  append(
    node,
    text.slice(paragraph.start, start),
    el("mark", {}, text.slice(start, end)),
    text.slice(end, paragraph.end),
  );
  return node;
}
