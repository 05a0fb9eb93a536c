/** The sentences of an answer, each with its verdict and its chips. */

import { announce } from "../announcer.js";
import { copyText, sentenceWithSources } from "../clipboard.js";
import { el, hiddenText, icon } from "../dom.js";
import { WORDS } from "../words.js";
import { renderChips } from "./citation.js";

/** @typedef {import("../types.js").Citation} Citation */
/** @typedef {import("../types.js").Sentence} Sentence */

const VERDICTS = {
  supported: { symbol: "check", label: "Supported by its quotes." },
  partial: { symbol: "partial", label: "Partly supported by its quotes." },
  unsupported: { symbol: "alert", label: "Not supported by its quotes." },
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
      `${sentence.text} `,
      renderChips(sentence.citations, citations, openSource),
      sentence.verdict === "partial" && el("span", { class: "verdict-note" }, "partly supported"),
      sentence.verdict === "unsupported" && el("span", { class: "verdict-note" }, "not supported"),
      renderCopy(sentence, citations),
    ),
  );
}

/**
 * @param {Sentence} sentence
 * @param {Map<number, Citation>} citations by n
 */
function renderCopy(sentence, citations) {
  const label = WORDS.sentence.copy;
  const cited = sentence.citations.map((n) => citations.get(n)).filter((citation) => citation !== undefined);
  const onclick = async () => {
    const isCopied = await copyText(sentenceWithSources(sentence.text, cited));
    button.classList.toggle("is-done", isCopied);
    button.title = isCopied ? WORDS.sentence.copied : WORDS.sentence.notCopied;
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
  const visible = verdict === "supported" ? hiddenText(known.label) : null;
  return el("span", { class: "verdict", title: known.label }, icon(known.symbol), visible);
}
