/** What an empty chat shows. */

import { el } from "../dom.js";
import { recall } from "../storage.js";
import { lastVisit } from "../visit.js";
import { say } from "../words.js";
import { renderSuggestion } from "./answer.js";

/** Asked in the corpus's language, offered in the reader's. */
const QUESTIONS = {
  "welcome.april": "What did China announce on rare earths on 4 April 2025?",
  "welcome.suspended": "Which of China's October 2025 controls are suspended, and until when?",
  "welcome.tenth": "What is the 0.1% rule, and does it apply today?",
  "welcome.licence": "What is a general licence, and who has received one?",
  "welcome.yttrium": "How far has the price of yttrium risen since the controls?",
  "welcome.vault": "What is Project Vault, and who pays for it?",
};

/**
 * @param {{ask: (question: string) => void}} actions
 * @returns {HTMLElement}
 */
export function renderWelcome(actions) {
  return el(
    "section",
    { class: "welcome" },
    el("h1", {}, say("welcome.heading")),
    el("p", { class: "lead" }, say("welcome.lead")),
    el(
      "ul",
      { class: "openers", "aria-label": say("welcome.openers") },
      ...Object.entries(QUESTIONS).map(([key, question]) => el("li", {}, renderSuggestion(question, actions, say(key)))),
    ),
    renderComeBack(),
  );
}

/** Stays empty on a first visit; its module is fetched by those who have something to come back to. */
function renderComeBack() {
  const place = el("section", { class: "come-back", "aria-label": say("come_back.label") });
  const since = lastVisit();
  if (since !== null || recall("has-saved", false)) {
    void import("../come-back.js").then(({ showComeBack }) => showComeBack(place, since));
  }
  return place;
}
