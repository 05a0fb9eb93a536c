/** What an empty chat shows. */

import { el } from "../dom.js";
import { recall } from "../storage.js";
import { lastVisit } from "../visit.js";
import { renderSuggestion } from "./answer.js";

const QUESTIONS = [
  "What did China announce on rare earths on 4 April 2025?",
  "Which of China's October 2025 controls are suspended, and until when?",
  "What is the 0.1% rule, and does it apply today?",
  "What is a general licence, and who has received one?",
  "How far has the price of yttrium risen since the controls?",
  "What has the United States done to build its own magnet supply?",
];

/**
 * @param {{ask: (question: string) => void}} actions
 * @returns {HTMLElement}
 */
export function renderWelcome(actions) {
  return el(
    "section",
    { class: "welcome" },
    el("h1", {}, "What holds today, and who says so?"),
    el(
      "p",
      { class: "lead" },
      "Ask about rare earth export controls. Every sentence of an answer cites an exact passage of a dated article; " +
        "where there is none, you are told that the corpus does not say.",
    ),
    el(
      "ul",
      { class: "openers", "aria-label": "Questions to start with" },
      ...QUESTIONS.map((question) => el("li", {}, renderSuggestion(question, actions))),
    ),
    renderComeBack(),
  );
}

/** Stays empty on a first visit; its module is fetched by those who have something to come back to. */
function renderComeBack() {
  const place = el("section", { class: "come-back", "aria-label": "Come back" });
  const since = lastVisit();
  if (since !== null || recall("has-saved", false)) {
    void import("../come-back.js").then(({ showComeBack }) => showComeBack(place, since));
  }
  return place;
}
