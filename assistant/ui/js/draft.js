/** An answer while it streams: sentences as they come, already checked, with the citations they bring. */

import { el } from "./dom.js";
import { describeEvidence, renderProgress } from "./render/answer.js";
import { renderSentence } from "./render/sentence.js";
import { say } from "./words.js";

/** @typedef {import("./types.js").Citation} Citation */

/** What stands under a question until the whole answer is there. */
export class Draft {
  #body;
  #openSource;
  #citations = /** @type {Map<number, Citation>} */ (new Map());
  #sentences = el("ol", { class: "sentences" });
  #progress = renderProgress(say("chat.searching"));

  /**
   * @param {HTMLElement} body
   * @param {import("./render/citation.js").OpenSource} openSource
   */
  constructor(body, openSource) {
    this.#body = body;
    this.#openSource = openSource;
    body.replaceChildren(el("div", { class: "answer answer-draft" }, this.#progress, this.#sentences));
  }

  /** @returns {boolean} */
  get isEmpty() {
    return this.#sentences.children.length === 0;
  }

  /** @param {import("./types.js").Hit[]} hits */
  showEvidence(hits) {
    this.#showProgress(describeEvidence(hits));
  }

  /** @param {{sentence: import("./types.js").Sentence, citations: Citation[]}} arrived */
  addSentence({ sentence, citations }) {
    for (const citation of citations) this.#citations.set(citation.n, citation);
    this.#sentences.append(renderSentence(sentence, this.#citations, this.#openSource));
  }

  /** @param {string} text what is said in place of the progress line */
  end(text) {
    this.#progress.replaceWith(el("p", { class: "progress" }, text));
  }

  /** Takes the progress line away. */
  endSilently() {
    this.#progress.remove();
    if (this.isEmpty) this.#body.replaceChildren();
  }

  /** @param {string} text */
  #showProgress(text) {
    const next = renderProgress(text);
    this.#progress.replaceWith(next);
    this.#progress = next;
  }
}
