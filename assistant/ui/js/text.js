/** Offsets in the API count Unicode code points; JavaScript strings count UTF-16 units. */

/** @typedef {import("./types.js").SourceReference} SourceReference */

/**
 * The UTF-16 index of the code point with this offset, or null when the text is shorter.
 * @param {string} text
 * @param {number} offset code points from the start
 * @returns {number|null}
 */
export function codePointToUtf16(text, offset) {
  if (!Number.isInteger(offset) || offset < 0) return null;
  let index = 0;
  for (let seen = 0; seen < offset; seen += 1) {
    if (index >= text.length) return null;
    index += text.codePointAt(index) > 0xffff ? 2 : 1;
  }
  return index;
}

/**
 * @param {string} text
 * @returns {number} how many code points it has
 */
export function countCodePoints(text) {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/**
 * A short checksum (FNV-1a, 32 bits) that lets a link say which quote it meant.
 * @param {string} text
 * @returns {string} eight hexadecimal digits
 */
export function checksum(text) {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) {
    hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  }
  return hash.toString(16).padStart(8, "0");
}

/**
 * The UTF-16 range that a reference means, or null when the text there is not the quote it names.
 * @param {string} text
 * @param {SourceReference} reference
 * @returns {{start: number, end: number}|null}
 */
export function locateQuote(text, reference) {
  const start = codePointToUtf16(text, reference.start ?? -1);
  const end = codePointToUtf16(text, reference.end ?? -1);
  if (start === null || end === null || start >= end) return null;
  const found = text.slice(start, end);
  if (reference.quote !== undefined && found !== reference.quote) return null;
  if (reference.check !== undefined && checksum(found) !== reference.check) return null;
  return { start, end };
}

/**
 * The paragraphs of a text (separated by blank lines) with their UTF-16 ranges.
 * @param {string} text
 * @returns {{start: number, end: number}[]}
 */
export function paragraphRanges(text) {
  const ranges = [];
  let start = 0;
  for (const gap of text.matchAll(/\n[ \t]*\n\s*/g)) {
    if (gap.index > start) ranges.push({ start, end: gap.index });
    start = gap.index + gap[0].length;
  }
  if (start < text.length) ranges.push({ start, end: text.length });
  return ranges;
}
