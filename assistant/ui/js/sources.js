/** How a source is named, and where it opens. */

import { sourceDate } from "./dates.js";
import { checksum } from "./text.js";
import { isNamed, named, say } from "./words.js";

/** @typedef {import("./types.js").SourceReference} SourceReference */
/** @typedef {Pick<import("./types.js").Citation, "kind"|"publisher"|"published_on"|"published_inferred">} Named */

/**
 * @param {Named} source
 * @returns {string} "Reuters", or "Digest of Reuters" for our own summary
 */
export function publisherName(source) {
  return source.kind === "digest" ? say("source.digest_of", { publisher: source.publisher }) : source.publisher;
}

/**
 * @param {Named} source
 * @returns {string} "Digest of Reuters, 20 June 2025"
 */
export function sourceName(source) {
  return say("source.named", { publisher: publisherName(source), date: sourceDate(source) });
}

/**
 * @param {Pick<import("./types.js").Citation, "kind"|"source_kind">} source
 * @returns {string}
 */
export function kindName(source) {
  return named("source", source.kind === "note" ? "note" : source.source_kind);
}

/**
 * @param {"A"|"B"|"C"} grade
 * @returns {string} what the grade stands for
 */
export function reliabilityMeaning(grade) {
  return named("reliability", isNamed("reliability", grade) ? grade : "ungraded");
}

/**
 * The article's page, scrolled to the quote; the checksum lets that page prove the quote.
 * @param {SourceReference} reference
 * @returns {string}
 */
export function articleHref(reference) {
  const path = `/articles/${encodeURIComponent(reference.article_id)}`;
  if (reference.start === undefined || reference.end === undefined) return path;
  const query = new URLSearchParams({ start: String(reference.start), end: String(reference.end) });
  if (reference.quote !== undefined) query.set("check", checksum(reference.quote));
  return `${path}?${query}`;
}
