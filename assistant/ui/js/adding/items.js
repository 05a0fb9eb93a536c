/** The list in the dialog: each thing being added, how far it is, and what can be done about it. */

import { el, hiddenText, inOwnLanguage } from "../dom.js";
import { articleHref } from "../sources.js";
import { say } from "../words.js";

/** @typedef {import("./queue.js").Item} Item */
/** @typedef {import("./queue.js").AddingQueue} AddingQueue */

const LINKS_SHOWN = 5;

/**
 * @param {HTMLElement} list
 * @param {HTMLElement} status
 * @param {Item[]} items
 * @param {AddingQueue} queue
 */
export function renderItems(list, status, items, queue) {
  const focused = [...list.children].findIndex((node) => node.contains(document.activeElement));
  list.replaceChildren(...items.map((item) => renderItem(item, queue)));
  if (focused >= 0) /** @type {HTMLElement|null} */ (list.children[focused]?.querySelector("button, a"))?.focus();
  const count = (/** @type {Item["state"]} */ state) => items.filter((item) => item.state === state).length;
  const left = count("waiting") + count("working");
  const words = left > 0
    ? say("adding.left", { count: left })
    : say("adding.ended", { done: count("done"), failed: count("failed"), stopped: count("stopped") });
  if (status.textContent !== words) status.textContent = words;
}

/**
 * @param {Item} item
 * @param {AddingQueue} queue
 */
function renderItem(item, queue) {
  const { progress } = item;
  return el(
    "li",
    { class: `adding-item is-${item.state}` },
    el(
      "div",
      { class: "adding-told" },
      el("bdi", { class: "adding-name", ...inOwnLanguage(item.name) }, item.name),
      el("span", { class: "adding-words" }, item.words),
      progress && el("progress", { value: progress.done, max: progress.total, "aria-label": say("adding.progress", { name: item.name }) }),
      item.failures.length > 0 && renderFailures(item.failures),
      item.articleIds.length > 1 && renderLinks(item.articleIds),
    ),
    renderAction(item, queue),
  );
}

/** @param {Item["failures"]} failures */
function renderFailures(failures) {
  return el("ul", { class: "adding-failures" }, ...failures.map((each) => el("li", {}, el("bdi", {}, each.source), ": ", el("span", inOwnLanguage(each.reason), each.reason))));
}

/** @param {string[]} ids */
function renderLinks(ids) {
  const links = ids.slice(0, LINKS_SHOWN).map((id) => el("li", {}, el("a", { href: articleHref({ article_id: id }) }, id)));
  const more = ids.length - LINKS_SHOWN;
  return el("ul", { class: "hint" }, ...links, more > 0 && el("li", {}, say("adding.more", { count: more })));
}

/**
 * @param {Item} item
 * @param {AddingQueue} queue
 */
function renderAction(item, queue) {
  const [only] = item.articleIds;
  if (item.state === "done") {
    const href = item.articleIds.length === 1 ? articleHref({ article_id: only }) : null;
    return href && el("a", { href, class: "adding-link" }, say("adding.read"), hiddenText(` ${item.name}`));
  }
  const again = item.state === "failed" || item.state === "stopped";
  const act = () => (again ? queue.retry(item) : queue.cancel(item));
  return el("button", { type: "button", class: "text-button", onclick: act }, say(again ? "adding.retry" : "adding.cancel"), hiddenText(` ${item.name}`));
}
