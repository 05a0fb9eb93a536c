/** The record of an answer: what corpus it was put to, by what it can be told, and whether its quotes still stand. */

import { getRecord } from "./api.js";
import { formatTimestamp } from "./dates.js";
import { el } from "./dom.js";
import { say } from "./words.js";

/** @typedef {import("./types.js").AnswerRecord} AnswerRecord */

/**
 * @param {HTMLElement} place
 * @param {import("./types.js").Answer} answer
 */
export async function fillRecord(place, answer) {
  const body = el("div", { class: "record-body" }, el("p", { role: "status" }, say("record.reading")));
  place.append(body);
  try {
    body.replaceChildren(...renderRecord(await getRecord(answer.id)));
  } catch (error) {
    body.replaceChildren(el("p", { role: "alert" }, error.message));
  }
}

/** @param {AnswerRecord} record */
function renderRecord(record) {
  const facts = [
    [say("record.answer"), record.answer.id],
    [say("record.given"), formatTimestamp(record.given_at)],
    [say("record.engine"), record.answer.engine],
    [say("record.corpus"), record.corpus_digest ?? say("record.not_kept")],
    [say("record.fingerprint"), record.fingerprint],
  ];
  return [
    el("dl", {}, ...facts.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value)))),
    record.quotes.length > 0 && el("h4", {}, say("record.quotes")),
    record.quotes.length > 0 && el("ol", {}, ...record.quotes.map(renderQuote)),
    el("p", {}, say("record.help")),
  ].filter((node) => node !== false);
}

/** @param {AnswerRecord["quotes"][number]} quote */
function renderQuote({ n, sha256, stands }) {
  const told = say(stands ? "record.stands" : "record.moved");
  return el("li", { class: stands ? null : "has-moved" }, `[${n}] `, el("code", {}, sha256), ` ${told}`);
}
