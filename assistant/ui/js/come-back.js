/** What a reader comes back to: saved questions, and what is new since the last visit. */

import { deleteSaved, getChanges, listSaved, saveQuestion } from "./api.js";
import { formatDate } from "./dates.js";
import { el, hiddenText, icon, inOwnLanguage } from "./dom.js";
import { measureHref } from "./measures/address.js";
import { inText, stretchInWords } from "./measures/words.js";
import { addressOfQuestion } from "./router.js";
import { UNLIMITED } from "./scope.js";
import { remember } from "./storage.js";
import { enumerated, say } from "./words.js";

/** @typedef {import("./types.js").Answer} Answer */
/** @typedef {import("./types.js").SavedQuestion} SavedQuestion */
/** @typedef {import("./types.js").Changes} Changes */

// welcome.js looks for it too.
const HAS_SAVED = "has-saved";
const MOST_SHOWN = 8;
const FEED = "/v1/changes.atom";

/**
 * Saves the question as it was understood, without its day: it is asked anew on every visit.
 * @param {Answer} answer
 * @param {HTMLElement} said tells what became of it
 */
export async function save({ standalone_question, filters }, said) {
  const { since, until, publishers } = filters ?? {};
  try {
    await saveQuestion({ question: standalone_question, since, until, publishers });
    remember(HAS_SAVED, true);
    said.textContent = say("come_back.saved");
  } catch (error) {
    said.textContent = say("come_back.not_saved", { reason: error.message });
  }
}

/**
 * Fills the place on the start page, quietly.
 * @param {HTMLElement} place
 * @param {string|null} since a day; null when there was no visit before
 */
export async function showComeBack(place, since) {
  try {
    const [saved, changes] = await Promise.all([listSaved(), since === null ? null : getChanges(since)]);
    const again = () => void showComeBack(place, since);
    place.replaceChildren(...(changes ? renderChanges(changes) : []), ...renderSaved(saved, changes, again));
  } catch (error) {
    place.replaceChildren(el("p", { class: "come-back-note" }, say("come_back.unread", { reason: error.message })));
  }
}

/** @param {Changes} changes */
function renderChanges({ since, articles, articles_left_out, measures }) {
  const items = [
    ...Object.values(Object.groupBy(measures, (one) => one.measure_id)).map(renderMeasure),
    ...articles.map((one) =>
      row(`/articles/${encodeURIComponent(one.article_id)}`, one.title, `${say(`come_back.${one.what}`)} · ${one.publisher}`),
    ),
  ];
  const more = items.length - MOST_SHOWN + articles_left_out;
  return [
    el("h2", {}, say("come_back.since", { day: formatDate(since) })),
    items.length === 0 && el("p", { class: "come-back-note" }, say("come_back.nothing")),
    el("ul", {}, ...items.slice(0, MOST_SHOWN)),
    more > 0 && renderMore(more),
  ].filter((part) => part !== false);
}

/** @param {number} count how many changes are not listed */
function renderMore(count) {
  const [before, after] = say("come_back.more", { count, address: "\0" }).split("\0");
  return el("p", { class: "come-back-note" }, before, el("a", { href: FEED, lang: "en" }, FEED), after);
}

/**
 * One line a measure: what its entries say alike is told once.
 * @param {Changes["measures"]} entries of one measure
 */
function renderMeasure(entries) {
  const [first] = entries;
  const told = entries.map(({ status, since }) =>
    inText(stretchInWords({ status, from: since, from_at_latest: false, until: null, scope: null })),
  );
  return row(measureHref(first.measure_id, first.since), first.name, enumerated([...new Set(told)]));
}

/**
 * @param {SavedQuestion[]} saved
 * @param {Changes|null} changes
 * @param {() => void} again
 */
function renderSaved(saved, changes, again) {
  if (saved.length === 0) return [];
  const changed = new Set(changes?.saved.map((one) => one.saved.id));
  return [
    el("h2", {}, say("come_back.heading")),
    el("ul", {}, ...saved.map((one) => renderQuestion(one, changed.has(one.id), again))),
    changes && changes.saved_left_out > 0 && el("p", { class: "come-back-note" }, say("come_back.unasked", { count: changes.saved_left_out })),
  ].filter((part) => part instanceof Node);
}

/**
 * @param {SavedQuestion} saved
 * @param {boolean} hasChanged
 * @param {() => void} again
 */
function renderQuestion({ id, question, filters }, hasChanged, again) {
  const { since, until, publishers } = filters;
  const scope = { ...UNLIMITED, since: since ?? "", until: until ?? "", publishers };
  const said = el("span", { role: "status" });
  const run = (/** @type {Promise<unknown>} */ done) => void done.then(again, (error) => (said.textContent = error.message));
  const seen = () => run(saveQuestion({ question, since, until, publishers, as_of: filters.as_of }));
  const forget = say("come_back.forget", { question });
  return el(
    "li",
    {},
    el("a", { href: addressOfQuestion(question, scope), ...inOwnLanguage(question) }, question),
    hasChanged && el("span", { class: "come-back-changed" }, say("come_back.changed")),
    hasChanged && el("button", { type: "button", class: "text-button", onclick: seen }, say("come_back.seen")),
    el("button", { type: "button", class: "icon-button", title: forget, onclick: () => run(deleteSaved(id)) }, icon("close"), hiddenText(forget)),
    said,
  );
}

/**
 * @param {string} href
 * @param {string} title
 * @param {string} fact
 */
function row(href, title, fact) {
  return el("li", {}, el("a", { href, ...inOwnLanguage(title) }, title), el("span", { class: "come-back-note" }, fact));
}
