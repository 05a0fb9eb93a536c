/** The other passages of an article: those that the answer cites too come first. */

import { el, inOwnLanguage } from "../dom.js";
import { say } from "../words.js";

/** @typedef {import("../types.js").Citation} Citation */
/** @typedef {import("../types.js").SourceReference} SourceReference */
/** @typedef {{id: string, article_id: string, start: number, end: number, text: string}} Passage */

const SNIPPET = 140;

/**
 * @param {Passage[]} passages
 * @param {SourceReference} reference what is shown now
 * @param {Citation[]} among the citations of the same answer
 * @param {(reference: SourceReference) => void} show
 * @returns {HTMLElement|null} null where there is no other passage
 */
export function renderPassages(passages, reference, among, show) {
  const others = passages.filter((passage) => !holds(passage, reference));
  if (others.length === 0) return null;
  const cited = others.filter((passage) => citedIn(passage, among).length > 0);
  const rest = others.filter((passage) => !cited.includes(passage));
  return el(
    "details",
    { class: "passages" },
    el("summary", {}, say("pane.passages", { count: others.length })),
    el("ul", {}, ...[...cited, ...rest].map((passage) => renderPassage(passage, citedIn(passage, among), show))),
  );
}

/**
 * @param {Passage} passage
 * @param {Citation[]} citations of the answer, within this passage
 * @param {(reference: SourceReference) => void} show
 */
function renderPassage(passage, citations, show) {
  const [citation] = citations;
  const reference = citation ?? { ...passage, quote: passage.text };
  return el(
    "li",
    {},
    el(
      "button",
      { type: "button", class: "passage", ...inOwnLanguage(passage.text), onclick: () => show(reference) },
      ...citations.map(({ n }) => el("span", { class: "card-number" }, n)),
      el("span", {}, beginning(passage.text)),
    ),
  );
}

/**
 * @param {Passage} passage
 * @param {Citation[]} among
 */
function citedIn(passage, among) {
  return among.filter((citation) => holds(passage, citation));
}

/**
 * @param {Passage} passage
 * @param {SourceReference} reference
 */
function holds(passage, { article_id, start }) {
  return article_id === passage.article_id && start !== undefined && passage.start <= start && start < passage.end;
}

/** @param {string} text */
function beginning(text) {
  const characters = [...text];
  return characters.length <= SNIPPET ? text : `${characters.slice(0, SNIPPET - 1).join("").trimEnd()}…`;
}
