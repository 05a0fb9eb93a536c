/** How a status looks: a piece of a bar, and the same small beside its name. */

import { percent, svg } from "./svg.js";

/** @typedef {import("./types.js").Status} Status */

const LEAST_WIDTH = 0.35;
const ENDED = ["lapsed", "repealed", "superseded"];

/**
 * @param {Status} status
 * @returns {boolean} whether nothing holds any more
 */
export function isEnded(status) {
  return ENDED.includes(status);
}

/**
 * @param {Status} status
 * @param {number} left percent
 * @param {number} right percent
 * @param {{y: number, height: number}} track
 * @param {"known"|"planned"|"open"} part open: no end is known, so it goes on until something else is heard
 * @returns {SVGElement|null} null where there is nothing to draw
 */
export function drawPart(status, left, right, { y, height }, part) {
  if (right <= left) return null;
  const thickness = isEnded(status) ? 2 : height;
  return svg("rect", {
    class: `bar bar-${status} is-${part}`,
    x: percent(left),
    y: y + (height - thickness) / 2,
    width: percent(Math.max(right - left, LEAST_WIDTH)),
    height: thickness,
    rx: Math.min(2, thickness / 2),
    fill: ["suspended", "unknown"].includes(status) ? `url(#fill-${status})` : null,
  });
}

/**
 * @param {number} x
 * @param {number} y
 * @returns {string} the path of a cross around this place
 */
export function crossAt(x, y) {
  return `M${x - 3} ${y - 4} ${x + 3} ${y + 4}M${x + 3} ${y - 4} ${x - 3} ${y + 4}`;
}

/**
 * @param {Status} status
 * @returns {SVGElement} the same fill, small, beside the status in words
 */
export function drawSwatch(status) {
  const track = { y: 1, height: 10 };
  return svg(
    "svg",
    { class: "swatch", width: 22, height: 12, viewBox: "0 0 22 12", "aria-hidden": "true" },
    drawPart(status, 2, 98, track, "known"),
    isEnded(status) ? svg("path", { class: "bar-end", d: crossAt(11, 6) }) : null,
  );
}
