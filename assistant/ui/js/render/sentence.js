/** The sentences of an answer, each with its verdict and its chips. */

import { announce } from "../announcer.js";
import { copyText, sentenceWithSources } from "../clipboard.js";
import { el, hiddenText, icon, languageOf } from "../dom.js";
import { say } from "../words.js";
import { renderChips } from "./citation.js";

/** @typedef {import("../types.js").Citation} Citation */
/** @typedef {import("../types.js").Sentence} Sentence */

const VERDICTS = {
  supported: { symbol: "check", told: "sentence.supported" },
  partial: { symbol: "partial", told: "sentence.partial" },
  unsupported: { symbol: "alert", told: "sentence.unsupported" },
};

/**
 * @param {Sentence} sentence
 * @param {Map<number, Citation>} citations by n
 * @param {import("./citation.js").OpenSource} openSource
 * @returns {HTMLLIElement}
 */
export function renderSentence(sentence, citations, openSource) {
  return el(
    "li",
    { class: `sentence verdict-${sentence.verdict ?? "none"}` },
    renderVerdict(sentence.verdict),
    el(
      "p",
      { dir: "auto" },
      el("span", { lang: languageOf(sentence.text) }, sentence.text),
      " ",
      renderChips(sentence.citations, citations, openSource),
      sentence.verdict === "partial" && el("span", { class: "verdict-note" }, say("sentence.note_partial")),
      sentence.verdict === "unsupported" && el("span", { class: "verdict-note" }, say("sentence.note_unsupported")),
      renderCopy(sentence, citations),
    ),
  );
}

/**
 * @param {Sentence} sentence
 * @param {Map<number, Citation>} citations by n
 */
function renderCopy(sentence, citations) {
  const label = say("sentence.copy");
  const cited = sentence.citations.map((n) => citations.get(n)).filter((citation) => citation !== undefined);
  const onclick = async () => {
    const isCopied = await copyText(sentenceWithSources(sentence.text, cited));
    button.classList.toggle("is-done", isCopied);
    button.title = say(isCopied ? "sentence.copied" : "sentence.not_copied");
    announce(button.title);
  };
  const button = el(
    "button",
    { type: "button", class: "copy-sentence", title: label, onclick: () => void onclick() },
    icon("copy"),
    hiddenText(label),
  );
  return button;
}

/** @param {import("../types.js").Verdict} verdict */
function renderVerdict(verdict) {
  const known = verdict && VERDICTS[verdict];
  if (!known) return null;
  const label = say(known.told);
  const visible = verdict === "supported" ? hiddenText(label) : null;
  return el("span", { class: "verdict", title: label }, icon(known.symbol), visible);
}
