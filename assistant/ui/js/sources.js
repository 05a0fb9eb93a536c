/** How a source is named, and where it opens. */

import { sourceDate } from "./dates.js";
import { checksum } from "./text.js";

/** @typedef {import("./types.js").SourceReference} SourceReference */
/** @typedef {Pick<import("./types.js").Citation, "kind"|"publisher"|"published_on"|"published_inferred">} Named */

const SOURCE_KINDS = { official: "Official source", news: "News report", analysis: "Analysis" };
const RELIABILITY = {
  A: "primary text, wire, established publisher or law firm",
  B: "trade press or secondary copy",
  C: "aggregator or machine-written page",
};

/**
 * @param {Named} source
 * @returns {string} "Reuters", or "Digest of Reuters" for our own summary
 */
export function publisherName(source) {
  return source.kind === "digest" ? `Digest of ${source.publisher}` : source.publisher;
}

/**
 * @param {Named} source
 * @returns {string} "Digest of Reuters, 20 June 2025"
 */
export function sourceName(source) {
  return `${publisherName(source)}, ${sourceDate(source)}`;
}

/**
 * @param {Pick<import("./types.js").Citation, "kind"|"source_kind">} source
 * @returns {string}
 */
export function kindName(source) {
  return source.kind === "note" ? "Our own note" : SOURCE_KINDS[source.source_kind] ?? source.source_kind;
}

/**
 * @param {"A"|"B"|"C"} grade
 * @returns {string} what the grade stands for
 */
export function reliabilityMeaning(grade) {
  return RELIABILITY[grade] ?? "ungraded";
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
