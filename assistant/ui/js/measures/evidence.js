/** Quotes and the articles they stand in. */

import { getArticle } from "../api.js";
import { formatDate } from "../dates.js";
import { el, inOwnLanguage } from "../dom.js";
import { articleHref, reliabilityMeaning, sourceName } from "../sources.js";
import { say } from "../words.js";

/** @typedef {import("./types.js").Evidence} Evidence */
/** @typedef {import("../types.js").Article} Article */

/** @type {Map<string, Promise<Article|null>>} */
const articles = new Map();

/**
 * @param {Evidence[]} evidence
 * @returns {HTMLUListElement}
 */
export function renderEvidence(evidence) {
  return el("ul", { class: "evidence" }, ...evidence.map(renderQuote));
}

/** @param {Evidence} evidence */
function renderQuote(evidence) {
  const quote = el("blockquote", { class: "quote", ...inOwnLanguage(evidence.quote) }, evidence.quote);
  if (evidence.missing || evidence.start === null || evidence.end === null) {
    return el(
      "li",
      { class: "quote-missing" },
      quote,
      el("p", {}, say("measures.quote_missing", { article: evidence.article })),
    );
  }
  return el("li", {}, quote, renderSource(evidence, evidence.start, evidence.end));
}

/**
 * @param {Evidence} evidence
 * @param {number} start
 * @param {number} end
 */
function renderSource(evidence, start, end) {
  const reference = { article_id: evidence.article, start, end, quote: evidence.quote };
  const link = el("a", { href: articleHref(reference) }, say("measures.article_of", { date: formatDate(evidence.known_from) }));
  const facts = el("ul", { class: "facts" }, el("li", {}, link));
  void articleOf(evidence.article).then((article) => {
    if (article === null) return;
    const grade = article.reliability;
    link.textContent = sourceName(article);
    link.title = article.title;
    facts.append(el("li", { title: reliabilityMeaning(grade) }, say("answer.reliability", { grade })));
  });
  return facts;
}

/**
 * @param {string} id
 * @returns {Promise<Article|null>} null when it cannot be read: the quote then goes by its date alone
 */
function articleOf(id) {
  const known = articles.get(id);
  if (known) return known;
  const asked = getArticle(id).catch(() => null);
  articles.set(id, asked);
  return asked;
}
