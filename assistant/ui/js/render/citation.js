/** Citation chips and source cards. */

import { ageInWords } from "../dates.js";
import { el, inOwnLanguage, outsideLink } from "../dom.js";
import { articleHref, kindName, reliabilityMeaning, sourceName } from "../sources.js";
import { say } from "../words.js";

/** @typedef {import("../types.js").Citation} Citation */

/**
 * @callback OpenSource
 * @param {import("../types.js").SourceReference} reference
 * @param {HTMLElement} trigger where the focus returns to
 * @param {Citation[]} [among] the citations of the same answer, to move through
 * @returns {void}
 */

/** Which citation a chip stands for. */
const citations = new WeakMap();

/**
 * @param {Element} chip
 * @returns {Citation|undefined}
 */
export function citationOf(chip) {
  return citations.get(chip);
}

/**
 * A numbered button that opens the quote it stands for.
 * @param {Citation} citation
 * @param {OpenSource} openSource
 * @returns {HTMLButtonElement}
 */
function renderChip(citation, openSource) {
  const chip = el(
    "button",
    {
      type: "button",
      class: "chip",
      "data-citation": citation.n,
      "aria-label": say("answer.citation", { n: citation.n, source: sourceName(citation) }),
      onclick: () => openSource(citation, chip),
    },
    citation.n,
  );
  citations.set(chip, citation);
  return chip;
}

/**
 * @param {number[]} numbers those that name no citation are left out
 * @param {Map<number, Citation>} citations by n
 * @param {OpenSource} openSource
 * @returns {HTMLSpanElement|null} null where there is none
 */
export function renderChips(numbers, citations, openSource) {
  const cited = numbers.map((n) => citations.get(n)).filter((citation) => citation !== undefined);
  if (cited.length === 0) return null;
  return el("span", { class: "chips" }, ...cited.map((citation) => renderChip(citation, openSource)));
}

/**
 * @param {Citation} citation
 * @param {{asOf: string, openSource: OpenSource, numbered: boolean}} options
 * @returns {HTMLLIElement}
 */
export function renderCard(citation, { asOf, openSource, numbered }) {
  return el(
    "li",
    { class: "card", "data-citation": numbered ? citation.n : null },
    numbered && el("span", { class: "card-number", "aria-hidden": "true" }, citation.n),
    el(
      "div",
      { class: "card-body" },
      el("p", { class: "card-source" }, sourceName(citation)),
      el("h4", { class: "card-title" }, renderCardLink(citation, openSource)),
      el("blockquote", { class: "card-quote", ...inOwnLanguage(citation.quote) }, citation.quote),
      renderCardFacts(citation, asOf),
    ),
  );
}

/**
 * A real link, so that it opens in a new tab too; a plain click is left to `openSource`.
 * @param {Citation} citation
 * @param {OpenSource} openSource
 */
function renderCardLink(citation, openSource) {
  const link = el("a", { class: "card-link", href: articleHref(citation), ...inOwnLanguage(citation.title) }, citation.title);
  link.addEventListener("click", (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    openSource(citation, link);
  });
  return link;
}

/**
 * @param {Citation} citation
 * @param {string} asOf
 */
function renderCardFacts(citation, asOf) {
  const age = ageInWords(citation.published_on, asOf);
  const grade = citation.reliability;
  const original = outsideLink(citation.url, say("answer.original"));
  return el(
    "ul",
    { class: "facts" },
    age && el("li", { class: "card-age" }, age),
    el("li", {}, kindName(citation)),
    el(
      "li",
      { title: say("answer.reliability_told", { grade, meaning: reliabilityMeaning(grade) }) },
      say("answer.reliability", { grade }),
    ),
    original && el("li", { class: "card-original" }, original),
  );
}
