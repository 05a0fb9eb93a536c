/** The page /feedback, for whoever runs the server: what readers said of answers, each beside its question. */

import { listFeedback } from "./api.js";
import { formatTimestamp } from "./dates.js";
import { byId, el, hiddenText, icon } from "./dom.js";
import { addressOfAnswer } from "./router.js";
import { counted } from "./text.js";

/** @typedef {import("./types.js").Feedback} Feedback */

const RATINGS = { up: "Helped", down: "Did not help" };
const STATUSES = { answered: "answered", partial: "answered in part", declined: "declined" };

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
  if (up + down === 0) return "Nobody has said anything yet.";
  return `${counted(up, "answer")} helped, ${down.toLocaleString("en-GB")} did not`;
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
      hiddenText(`${RATINGS[rating]}: `),
      el("p", { class: "feedback-question", dir: "auto" }, el("a", { href: addressOfAnswer(answer_id) }, question)),
      comment && el("p", { class: "feedback-comment", dir: "auto" }, comment),
      el("ul", { class: "facts" }, el("li", {}, formatTimestamp(created_at)), el("li", {}, STATUSES[status] ?? status)),
    ),
  );
}

/**
 * @param {string} message
 * @param {() => void} again
 */
function showProblem(message, again) {
  const retry = el("button", { type: "button", class: "button", onclick: again }, "Try again");
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
