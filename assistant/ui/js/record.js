/** The record of an answer: what corpus it was put to, by what it can be told, and whether its quotes still stand. */

import { getRecord } from "./api.js";
import { formatTimestamp } from "./dates.js";
import { el } from "./dom.js";
import { WORDS } from "./words.js";

/** @typedef {import("./types.js").AnswerRecord} AnswerRecord */

/**
 * @param {HTMLElement} place
 * @param {import("./types.js").Answer} answer
 */
export async function fillRecord(place, answer) {
  const body = el("div", { class: "record-body" }, el("p", { role: "status" }, WORDS.record.reading));
  place.append(body);
  try {
    body.replaceChildren(...renderRecord(await getRecord(answer.id)));
  } catch (error) {
    body.replaceChildren(el("p", { role: "alert" }, error.message));
  }
}

/** @param {AnswerRecord} record */
function renderRecord(record) {
  const words = WORDS.record;
  const facts = [
    [words.answer, record.answer.id],
    [words.given, formatTimestamp(record.given_at)],
    [words.engine, record.answer.engine],
    [words.corpus, record.corpus_digest ?? words.notKept],
    [words.fingerprint, record.fingerprint],
  ];
  return [
    el("dl", {}, ...facts.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value)))),
    record.quotes.length > 0 && el("h4", {}, words.quotes),
    record.quotes.length > 0 && el("ol", {}, ...record.quotes.map(renderQuote)),
    el("p", {}, `${words.help} ${record.note}`),
  ].filter((node) => node !== false);
}

/** @param {AnswerRecord["quotes"][number]} quote */
function renderQuote({ n, sha256, stands }) {
  const told = stands ? WORDS.record.stands : WORDS.record.moved;
  return el("li", { class: stands ? null : "has-moved" }, `[${n}] `, el("code", {}, sha256), ` ${told}`);
}
