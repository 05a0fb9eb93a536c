/** Citations of a briefing: links to the sources at its end, which stand there on paper too. */

import { el, hiddenText, inOwnLanguage, outsideLink } from "../dom.js";
import { articleHref, kindName, sourceName } from "../sources.js";
import { say } from "../words.js";

/** @typedef {import("../types.js").Citation} Citation */
/** @typedef {(numbers: number[]) => HTMLElement|null} Cite the links of these citations */

/**
 * @param {Citation[]} citations
 * @returns {Cite}
 */
export function citing(citations) {
  const byNumber = new Map(citations.map((citation) => [citation.n, citation]));
  return (numbers) => {
    const cited = numbers.map((n) => byNumber.get(n)).filter((citation) => citation !== undefined);
    return cited.length === 0 ? null : el("span", { class: "marks" }, ...cited.map(renderMark));
  };
}

/** @param {Citation} citation */
function renderMark(citation) {
  const label = say("answer.citation", { n: citation.n, source: sourceName(citation) });
  return el("a", { class: "mark-link", href: `#source-${citation.n}`, "aria-label": label, title: label }, citation.n);
}

/**
 * @param {Citation[]} citations
 * @returns {HTMLElement}
 */
export function renderSources(citations) {
  return el("ol", { class: "briefing-sources" }, ...citations.map(renderSource));
}

/** @param {Citation} citation */
function renderSource(citation) {
  return el(
    "li",
    { id: `source-${citation.n}`, tabindex: "-1" },
    el("span", { class: "source-number", "aria-hidden": "true" }, citation.n),
    el(
      "div",
      {},
      el("p", { class: "source-line" }, hiddenText(say("briefing.source", { n: citation.n })), sourceName(citation)),
      el("p", { class: "source-link", ...inOwnLanguage(citation.title) }, el("a", { href: articleHref(citation) }, citation.title)),
      el("blockquote", inOwnLanguage(citation.quote), citation.quote),
      el(
        "ul",
        { class: "facts" },
        el("li", {}, kindName(citation)),
        el("li", {}, say("answer.reliability", { grade: citation.reliability })),
        citation.url && el("li", { class: "source-original" }, outsideLink(citation.url, say("answer.original"))),
      ),
    ),
  );
}
