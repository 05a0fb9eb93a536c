/** The page /feedback, for whoever runs the server: what readers said of answers, each beside its question. */

import { listFeedback } from "./api.js";
import { formatTimestamp } from "./dates.js";
import { byId, el, hiddenText, icon, inOwnLanguage } from "./dom.js";
import { addressOfAnswer } from "./router.js";
import { named, say } from "./words.js";

/** @typedef {import("./types.js").Feedback} Feedback */

/** @type {{rating: "up"|"down"|"", next: string|null, asked: number}} */
const shown = { rating: "", next: null, asked: 0 };

/** @param {string|null} cursor null means from the start */
async function read(cursor) {
  const asked = (shown.asked += 1);
  byId("problem").hidden = true;
  try {
    const page = await listFeedback(shown.rating, cursor);
    if (asked !== shown.asked) return;
    shown.next = page.next;
    if (cursor === null) byId("feedback").replaceChildren();
    byId("feedback").append(...page.items.map(renderRow));
    byId("count").textContent = countInWords(page.counts);
    byId("more").hidden = page.next === null;
  } catch (error) {
    showProblem(error.message, () => void read(cursor));
  }
}

/** @param {{up: number, down: number}} counts */
function countInWords({ up, down }) {
  if (up + down === 0) return say("feedback.nobody");
  return say("feedback.count", { count: up, bad: down });
}

/** @param {Feedback} feedback */
function renderRow({ rating, question, comment, created_at, status, answer_id }) {
  return el(
    "li",
    { class: `feedback-row is-${rating}` },
    icon(rating),
    el(
      "div",
      {},
      hiddenText(say("feedback.rated", { rating: say(`feedback.${rating}`) })),
      el("p", { class: "feedback-question", ...inOwnLanguage(question) }, el("a", { href: addressOfAnswer(answer_id) }, question)),
      comment && el("p", { class: "feedback-comment", ...inOwnLanguage(comment) }, comment),
      el("ul", { class: "facts" }, el("li", {}, formatTimestamp(created_at)), el("li", {}, named("answer_status", status))),
    ),
  );
}

/**
 * @param {string} message
 * @param {() => void} again
 */
function showProblem(message, again) {
  const retry = el("button", { type: "button", class: "button", onclick: again }, say("site.try_again"));
  byId("problem").replaceChildren(el("p", {}, message), retry);
  byId("problem").hidden = false;
}

function start() {
  byId("ratings").addEventListener("change", (event) => {
    const { value } = /** @type {HTMLInputElement} */ (event.target);
    shown.rating = value === "up" || value === "down" ? value : "";
    void read(null);
  });
  byId("more").addEventListener("click", () => void read(shown.next));
  void read(null);
}

start();
