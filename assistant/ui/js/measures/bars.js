/** The bars of one measure: the whole first, then a thinner one for each scope that stands apart. */

import { firstDayNumber, lastDayNumber } from "./days.js";
import { percent, svg } from "./svg.js";
import { crossAt, drawPart, isEnded } from "./swatch.js";
import { stretchInWords } from "./words.js";

/** @typedef {import("./types.js").Stretch} Stretch */
/** @typedef {import("./scale.js").Scale} Scale */
/** @typedef {{y: number, height: number}} Track */

const WHOLE = 14;
const SCOPE = 7;
const GAP = 4;

/**
 * @param {Stretch[]} timeline
 * @param {Scale} scale
 * @param {number} asOf what lies after this day is drawn faintly, as planned or thin where no end is known
 * @returns {SVGElement}
 */
export function drawBars(timeline, scale, asOf) {
  const tracks = tracksOf(timeline);
  const height = tracks.reduce((sum, _, index) => sum + (index === 0 ? WHOLE : SCOPE + GAP), 0);
  const line = percent(scale.at(asOf + 0.5));
  const drawing = svg("svg", { class: "bars", width: "100%", height, "aria-hidden": "true" });
  tracks.forEach((stretches, index) => {
    const y = index === 0 ? 0 : WHOLE + GAP + (index - 1) * (SCOPE + GAP);
    const track = { y, height: index === 0 ? WHOLE : SCOPE };
    drawing.append(...stretches.map((stretch) => drawStretch(stretch, scale, asOf, track)));
  });
  drawing.append(svg("line", { class: "bars-cursor", x1: line, x2: line, y1: -5, y2: height + 5 }));
  return drawing;
}

/**
 * @param {Stretch[]} timeline
 * @returns {Stretch[][]} one list a scope, in the order in which they come
 */
function tracksOf(timeline) {
  const scopes = [...new Set(timeline.map((stretch) => stretch.scope))];
  return scopes.map((scope) => timeline.filter((stretch) => stretch.scope === scope));
}

/**
 * @param {Stretch} stretch
 * @param {Scale} scale
 * @param {number} asOf
 * @param {Track} track
 * @returns {SVGElement|string} nothing where the stretch ended before the drawing begins
 */
function drawStretch(stretch, scale, asOf, track) {
  const from = firstDayNumber(stretch.from);
  const to = stretch.until === null ? scale.last : lastDayNumber(stretch.until) + 1;
  if (to <= scale.first) return "";
  const line = asOf + 0.5;
  const seam = Math.min(Math.max(line, from), to);
  const isOpen = stretch.until === null && (from < line || stretch.status === "unknown");
  const after = isOpen ? thinned(track) : track;
  const words = stretch.scope === null ? stretchInWords(stretch) : `${stretchInWords(stretch)}: ${stretch.scope}`;
  return svg(
    "g",
    {},
    svg("title", {}, words),
    drawPart(stretch.status, scale.at(from), scale.at(seam), track, "known"),
    drawPart(stretch.status, scale.at(seam), scale.at(to), after, isOpen ? "open" : "planned"),
    drawStart(stretch, from, scale, track),
  );
}

/** @param {Track} track */
function thinned({ y, height }) {
  return { y: y + height / 3, height: height / 3 };
}

/**
 * A mark where a bar begins earlier than drawn, or earlier than the sources tell; a cross where something ended.
 * @param {Stretch} stretch
 * @param {number} from
 * @param {Scale} scale
 * @param {Track} track
 */
function drawStart(stretch, from, scale, { y, height }) {
  const middle = y + height / 2;
  const at = (/** @type {string} */ name, /** @type {string} */ d) =>
    svg("svg", { x: percent(scale.at(from)), y: 0, overflow: "visible" }, svg("path", { class: name, d }));
  if (isEnded(stretch.status)) return at("bar-end", crossAt(from < scale.first ? 5 : 0, middle));
  if (from < scale.first) return at("bar-earlier", `M9 ${middle - 3} 5 ${middle} 9 ${middle + 3}`);
  return stretch.from_at_latest ? at("bar-at-latest", `M-11 ${middle}h10`) : null;
}
