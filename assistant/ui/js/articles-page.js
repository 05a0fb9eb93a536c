/** The list of what is indexed: search, filter, sort, add, remove. */

import { openAddArticles } from "./adding/dialog.js";
import { getFacets, listArticles, removeArticle } from "./api.js";
import { DEFAULT_SORT, filtersSet, parametersOf, readAddress, writeAddress } from "./articles/address.js";
import { fillChoices, readFilters, showFilters } from "./articles/filters.js";
import { renderRows, shortTitle } from "./articles/rows.js";
import { spellOutDates, watchDates } from "./date-fields.js";
import { askToConfirm } from "./dialogs.js";
import { byId, el } from "./dom.js";
import { say } from "./words.js";

/** @typedef {import("./types.js").ListedArticle} ListedArticle */

const TYPING_MS = 250;
const ALL = { q: "", publisher: "", kind: "", language: "", since: "", until: "", undated: "", sort: DEFAULT_SORT };

/** @type {{articles: ListedArticle[], next: string|null, total: number}} */
let list = { articles: [], next: null, total: 0 };
let reading = new AbortController();
/** @type {ReturnType<typeof setTimeout>|undefined} */
let typing;

/** Reads the list anew, as the form asks. */
async function load() {
  clearTimeout(typing);
  const query = readFilters();
  writeAddress(query);
  showSet();
  await read(null);
}

/** @param {string|null} cursor null means from the start */
async function read(cursor) {
  reading.abort();
  const { signal } = (reading = new AbortController());
  byId("articles").setAttribute("aria-busy", "true");
  byId("problem").hidden = true;
  try {
    const page = await listArticles(parametersOf(readFilters()), cursor, signal);
    const known = new Set(cursor === null ? [] : list.articles.map((article) => article.id));
    const fresh = page.items.filter((article) => !known.has(article.id));
    list = { articles: cursor === null ? fresh : [...list.articles, ...fresh], next: page.next, total: page.total };
    show();
    if (cursor !== null && fresh.length > 0) focusRow(fresh[0].id);
  } catch (error) {
    if (!signal.aborted) showProblem(error.message, () => void read(cursor));
  } finally {
    if (!signal.aborted) byId("articles").removeAttribute("aria-busy");
  }
}

function show() {
  const query = readFilters();
  const order = query.sort.endsWith("published_on");
  byId("count").textContent = countInWords(query);
  byId("articles").replaceChildren(...(list.total === 0 ? [renderNothing(query)] : renderRows(list.articles, order, remove)));
  byId("more").hidden = list.next === null;
}

/** @param {import("./articles/address.js").Query} query */
function countInWords(query) {
  const cited = query.sort === "oldest_cited" ? "_cited" : "";
  const matching = filtersSet(query) > 0 ? "_match" : "";
  const articles = say(`articles.count${cited}${matching}`, { count: list.total });
  return list.articles.length < list.total ? say("articles.shown", { articles, shown: list.articles.length }) : articles;
}

/** @param {import("./articles/address.js").Query} query */
function renderNothing(query) {
  if (filtersSet(query) > 0) {
    const clear = el("button", { type: "button", class: "button", onclick: clearFilters }, say("articles.clear"));
    return el("div", { class: "nothing" }, el("p", {}, say("articles.none_fits")), clear);
  }
  const words = query.sort === "oldest_cited" ? "articles.none_cited" : "articles.none";
  return el("div", { class: "nothing" }, el("p", {}, say(words)));
}

/**
 * @param {string} message
 * @param {() => void} again
 */
function showProblem(message, again) {
  const retry = el("button", { type: "button", class: "button", onclick: again }, say("site.try_again"));
  byId("problem").replaceChildren(el("p", {}, message), retry);
  byId("problem").hidden = false;
  byId("count").textContent = list.articles.length > 0 ? say("articles.not_current") : "";
}

function clearFilters() {
  showFilters({ ...ALL, sort: readFilters().sort });
  spellOutDates();
  void load();
  byId("list-q").focus();
}

function showSet() {
  const set = filtersSet(readFilters());
  byId("clear").hidden = set === 0;
  byId("filters-set").textContent = set > 0 ? say("articles.filters_set", { count: set }) : "";
}

/** @param {ListedArticle} article */
async function remove(article) {
  const confirmed = await askToConfirm({
    title: say("articles.remove_title"),
    text: removalInWords(article),
    confirm: say("articles.remove"),
  });
  if (!confirmed) return;
  try {
    await removeArticle(article.id);
  } catch (error) {
    const reason = say("articles.not_removed", { title: shortTitle(article.title, 80), reason: error.message });
    showProblem(reason, () => void remove(article));
    return;
  }
  const index = list.articles.findIndex((each) => each.id === article.id);
  list = { ...list, articles: list.articles.filter((each) => each.id !== article.id), total: list.total - 1 };
  show();
  focusRow(list.articles[Math.min(index, list.articles.length - 1)]?.id);
  const removed = { title: shortTitle(article.title, 80), count: countInWords(readFilters()) };
  byId("count").textContent = say("articles.removed", removed);
  void loadChoices();
}

/** @param {ListedArticle} article */
function removalInWords(article) {
  const cited = article.cited > 0 ? say("articles.remove_cited", { count: article.cited }) : "";
  return [say("articles.remove_text", { title: shortTitle(article.title, 120) }), cited].filter(Boolean).join(" ");
}

/** @param {string|undefined} id */
function focusRow(id) {
  const link = id === undefined ? null : document.querySelector(`[data-id="${CSS.escape(id)}"] a`);
  (link instanceof HTMLElement ? link : byId("articles")).focus();
}

async function loadChoices() {
  try {
    fillChoices(await getFacets());
  } catch {
    // The list tells that the server is gone; the filters then offer what they have.
  }
}

function start() {
  const query = readAddress();
  showFilters(query);
  watchDates();
  const details = /** @type {HTMLDetailsElement} */ (byId("filters"));
  details.open = matchMedia("(min-width: 601px)").matches;
  byId("list-form").addEventListener("submit", (event) => {
    event.preventDefault();
    void load();
  });
  byId("list-form").addEventListener("change", () => void load());
  byId("list-q").addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(() => void load(), TYPING_MS);
  });
  byId("clear").addEventListener("click", clearFilters);
  byId("more").addEventListener("click", () => void read(list.next));
  const changed = () => void Promise.all([load(), loadChoices()]);
  byId("add-articles").addEventListener("click", () => openAddArticles(changed));
  void loadChoices();
  void load();
}

start();
