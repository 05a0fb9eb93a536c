/** The list of what is indexed, by month. */

import { openAddArticle } from "./add-article.js";
import { listArticles } from "./api.js";
import { formatDate, sourceDate } from "./dates.js";
import { byId, el } from "./dom.js";
import { articleHref, kindName, publisherName } from "./sources.js";
import { counted } from "./text.js";

/** @typedef {import("./types.js").Article} Article */

/** @type {Article[]} */
let articles = [];

/** Reads every page of the list, and shows each as it comes. */
async function load() {
  articles = [];
  let cursor = /** @type {string|null} */ (null);
  try {
    do {
      const page = await listArticles(cursor);
      articles.push(...page.items);
      cursor = page.next;
      show(cursor !== null);
    } while (cursor !== null);
  } catch (error) {
    byId("count").textContent = `The list could not be read. ${error.message}`;
  }
}

/** @param {boolean} [loading] */
function show(loading = false) {
  const words = /** @type {HTMLInputElement} */ (byId("filter")).value.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = articles.filter((article) => words.every((word) => searchable(article).includes(word)));
  const figure = words.length > 0
    ? `${shown.length} of ${counted(articles.length, "article")}`
    : counted(articles.length, "article");
  byId("count").textContent = loading ? `${figure} so far…` : figure;
  byId("articles").replaceChildren(...byMonth(shown).map(([month, group]) => renderMonth(month, group)));
}

/** @param {Article} article */
function searchable(article) {
  const parts = [article.title, publisherName(article), sourceDate(article), kindName(article), ...article.elements];
  return parts.join(" ").toLowerCase();
}

/**
 * @param {Article[]} group
 * @returns {[string, Article[]][]} newest month first, undated last
 */
function byMonth(group) {
  const sorted = [...group].sort((a, b) => (b.published_on ?? "").localeCompare(a.published_on ?? ""));
  const months = new Map();
  for (const article of sorted) {
    const month = article.published_on ? article.published_on.slice(0, 7) : "";
    months.set(month, [...(months.get(month) ?? []), article]);
  }
  return [...months];
}

/**
 * @param {string} month
 * @param {Article[]} group
 */
function renderMonth(month, group) {
  return el(
    "section",
    { class: "month" },
    el("h2", {}, month ? formatDate(month) : "Undated"),
    el("ul", {}, ...group.map(renderRow)),
  );
}

/** @param {Article} article */
function renderRow(article) {
  return el(
    "li",
    { class: "article-row" },
    el("a", { href: articleHref({ article_id: article.id }), dir: "auto" }, article.title),
    el(
      "ul",
      { class: "facts" },
      el("li", {}, publisherName(article)),
      el("li", {}, sourceDate(article)),
      el("li", {}, kindName(article)),
      el("li", {}, `Reliability ${article.reliability}`),
    ),
  );
}

byId("filter").addEventListener("input", () => show());
document.querySelector("[data-add-article]")?.addEventListener("click", () => openAddArticle(() => void load()));
void load();
