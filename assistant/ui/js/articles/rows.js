/** The rows of the list, by month where the order is by date. */

import { formatDate, formatTimestamp, sourceDate } from "../dates.js";
import { el, hiddenText, icon, inOwnLanguage } from "../dom.js";
import { articleHref, kindName, publisherName } from "../sources.js";
import { say } from "../words.js";

/** @typedef {import("../types.js").ListedArticle} ListedArticle */

const TOLD_LENGTH = 300;

/**
 * @param {ListedArticle[]} articles in the order of the list
 * @param {boolean} byDate
 * @param {(article: ListedArticle) => void} remove
 * @returns {HTMLElement[]}
 */
export function renderRows(articles, byDate, remove) {
  const rows = (/** @type {ListedArticle[]} */ group) => el("ul", {}, ...group.map((each) => renderRow(each, remove)));
  if (!byDate) return [el("section", { class: "month" }, rows(articles))];
  return byMonth(articles).map(([month, group]) =>
    el("section", { class: "month" }, el("h2", {}, month ? formatDate(month) : say("articles.undated")), rows(group)),
  );
}

/**
 * @param {ListedArticle[]} articles
 * @returns {[string, ListedArticle[]][]} in the order of the list
 */
function byMonth(articles) {
  const months = new Map();
  for (const article of articles) {
    const month = (article.published_on ?? "").slice(0, 7);
    months.set(month, [...(months.get(month) ?? []), article]);
  }
  return [...months];
}

/**
 * @param {ListedArticle} article
 * @param {(article: ListedArticle) => void} remove
 */
function renderRow(article, remove) {
  return el(
    "li",
    { class: "article-row", "data-id": article.id },
    el(
      "div",
      { class: "article-told" },
      el("a", { href: articleHref({ article_id: article.id }), ...inOwnLanguage(article.title) }, shortTitle(article.title)),
      el(
        "ul",
        { class: "facts" },
        el("li", {}, el("bdi", {}, shortTitle(publisherName(article), 100))),
        el("li", {}, sourceDate(article)),
        el("li", {}, kindName(article)),
        el("li", {}, say("answer.reliability", { grade: article.reliability })),
        article.cited > 0 && el("li", { class: "cited" }, citedInWords(article)),
      ),
    ),
    el(
      "button",
      { type: "button", class: "icon-button", onclick: () => remove(article) },
      icon("trash"),
      hiddenText(say("articles.remove_label", { title: shortTitle(article.title, 80) })),
    ),
  );
}

/** @param {ListedArticle} article */
function citedInWords(article) {
  const cited = say("articles.cited", { count: article.cited });
  return article.last_cited_at ? say("articles.cited_last", { cited, time: formatTimestamp(article.last_cited_at) }) : cited;
}

/**
 * @param {string} title
 * @param {number} [length]
 * @returns {string} one that a list can hold
 */
export function shortTitle(title, length = TOLD_LENGTH) {
  const characters = [...title.slice(0, 2 * length)];
  return characters.length > length ? `${characters.slice(0, length - 1).join("")}…` : title;
}
