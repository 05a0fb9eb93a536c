/** Putting text on the clipboard, and sentences in a form that carries their sources along. */

import { sourceName } from "./sources.js";

/** @typedef {import("./types.js").Citation} Citation */

/**
 * @param {string} text
 * @returns {Promise<boolean>} false when the browser did not allow it
 */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * @param {string} sentence
 * @param {Citation[]} citations
 * @returns {string} the sentence, and a line for each source
 */
export function sentenceWithSources(sentence, citations) {
  return [sentence, ...citations.map((citation) => `— ${source(citation)}`)].join("\n");
}

/**
 * @param {import("./types.js").Answer} answer
 * @param {string} address where the answer reopens
 * @returns {string} question, sentences with numbers, and the numbered sources
 */
export function answerWithSources(answer, address) {
  const sentences = answer.sentences.map(({ text, citations }) => `${text}${citations.map((n) => ` [${n}]`).join("")}`);
  const sources = answer.citations.map((citation) => `[${citation.n}] ${source(citation)} “${citation.quote}”`);
  return [answer.question, sentences.join("\n"), sources.join("\n"), address].filter(Boolean).join("\n\n");
}

/** @param {Citation} citation */
function source(citation) {
  return [`${sourceName(citation)}, “${citation.title}”`, citation.url].filter(Boolean).join(", ");
}
