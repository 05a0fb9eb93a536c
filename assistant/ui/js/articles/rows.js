/** The rows of the list, by month where the order is by date. */

import { formatDate, formatTimestamp, sourceDate } from "../dates.js";
import { el, hiddenText, icon } from "../dom.js";
import { articleHref, kindName, publisherName } from "../sources.js";
import { counted } from "../text.js";

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
    el("section", { class: "month" }, el("h2", {}, month ? formatDate(month) : "Undated"), rows(group)),
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
      el("a", { href: articleHref({ article_id: article.id }), dir: "auto" }, shortTitle(article.title)),
      el(
        "ul",
        { class: "facts" },
        el("li", {}, el("bdi", {}, shortTitle(publisherName(article), 100))),
        el("li", {}, sourceDate(article)),
        el("li", {}, kindName(article)),
        el("li", {}, `Reliability ${article.reliability}`),
        article.cited > 0 && el("li", { class: "cited" }, citedInWords(article)),
      ),
    ),
    el(
      "button",
      { type: "button", class: "icon-button", onclick: () => remove(article) },
      icon("trash"),
      hiddenText(`Remove “${shortTitle(article.title, 80)}”`),
    ),
  );
}

/** @param {ListedArticle} article */
function citedInWords(article) {
  const last = article.last_cited_at ? `, last ${formatTimestamp(article.last_cited_at).replace("Today", "today")}` : "";
  return `Cited in ${counted(article.cited, "answer")}${last}`;
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
