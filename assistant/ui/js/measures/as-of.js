/** The day asked about: a date field, a slider over the axis, and the line through the bars, which can be dragged. */

import { formatDate } from "../dates.js";
import { byId } from "../dom.js";
import { addMonths, dayMeant, isoOfDay } from "./days.js";
import { Scale } from "./scale.js";
import { percent, svg } from "./svg.js";
import { say } from "../words.js";

/** @typedef {(day: number|null) => void} Chosen null means today */

/** Keeps field, slider and line on one day. */
export class AsOf {
  #field = /** @type {HTMLInputElement} */ (byId("as-of"));
  #slider = /** @type {HTMLInputElement} */ (byId("as-of-slider"));
  #cursor = /** @type {SVGSVGElement} */ (/** @type {unknown} */ (byId("cursor")));
  #scale = new Scale(0, 1);
  /** @type {string|null} */
  #reviewedTo = null;
  #day = 0;
  #choose;

  /** @param {Chosen} choose told at every move */
  constructor(choose) {
    this.#choose = choose;
    this.#field.addEventListener("change", () => this.#readField());
    this.#slider.addEventListener("input", () => this.#move(Number(this.#slider.value)));
    this.#slider.addEventListener("keydown", (event) => this.#stepMonths(event));
    byId("as-of-today").addEventListener("click", () => {
      this.#choose(null);
      this.#field.focus();
    });
    this.#cursor.addEventListener("pointerdown", (event) => this.#drag(event));
  }

  /**
   * @param {Scale} scale
   * @param {string|null} reviewedTo
   */
  setScale(scale, reviewedTo) {
    this.#scale = scale;
    this.#reviewedTo = reviewedTo;
    this.#slider.min = String(scale.first);
    this.#slider.max = String(scale.last);
    byId("grid").replaceChildren(...drawGrid(scale, reviewedTo));
  }

  /**
   * @param {number} day
   * @param {boolean} isToday
   */
  show(day, isToday) {
    this.#day = day;
    const iso = isoOfDay(day);
    this.#field.value = iso;
    this.#slider.value = String(this.#scale.clamp(day));
    this.#slider.setAttribute("aria-valuetext", formatDate(iso));
    byId("as-of-shown").textContent = formatDate(iso, "short");
    byId("as-of-today").hidden = isToday;
    byId("axis").replaceChildren(...drawAxis(this.#scale, this.#reviewedTo, day));
    this.#cursor.replaceChildren(...drawCursor(this.#scale.at(day + 0.5)));
  }

  /** @param {number} day */
  #move(day) {
    if (day !== this.#day) this.#choose(day);
  }

  #readField() {
    const day = this.#field.validity.valid ? dayMeant(this.#field.value) : null;
    if (day !== null) this.#move(day);
  }

  /** @param {KeyboardEvent} event */
  #stepMonths(event) {
    const months = { PageUp: 1, PageDown: -1 }[event.key];
    if (months === undefined) return;
    event.preventDefault();
    this.#move(this.#scale.clamp(addMonths(this.#day, months)));
  }

  /** @param {PointerEvent} event */
  #drag(event) {
    if (event.button !== 0) return;
    event.preventDefault();
    this.#slider.focus({ preventScroll: true });
    this.#cursor.setPointerCapture(event.pointerId);
    const follow = (/** @type {PointerEvent} */ moved) => {
      const { left, width } = this.#cursor.getBoundingClientRect();
      this.#move(this.#scale.dayAt((moved.clientX - left) / width));
    };
    this.#cursor.addEventListener("pointermove", follow);
    this.#cursor.addEventListener("lostpointercapture", () => this.#cursor.removeEventListener("pointermove", follow), {
      once: true,
    });
  }
}

/**
 * @param {Scale} scale
 * @param {string|null} reviewedTo
 * @param {number} day
 */
function drawAxis(scale, reviewedTo, day) {
  const years = scale.ticks(12);
  const reviewed = reviewedTo === null ? null : dayMeant(reviewedTo);
  const drawn = [
    ...scale.ticks(3).map((tick) => tickAt(scale.at(tick), years.includes(tick) ? "axis-year" : "axis-quarter")),
    ...years.map((year) => text("axis-label", scale.at(year), 46, isoOfDay(year).slice(0, 4), "start", 5)),
    text("axis-flag", scale.at(day + 0.5), 12, formatDate(isoOfDay(day), "short")),
  ];
  if (reviewed !== null) drawn.push(text("axis-reviewed", scale.at(reviewed), 46, say("measures.reviewed_to")));
  return drawn;
}

/**
 * @param {number} x percent
 * @param {string} name
 */
function tickAt(x, name) {
  return svg("line", { class: name, x1: percent(x), x2: percent(x), y1: name === "axis-year" ? 34 : 50, y2: 56 });
}

/**
 * Text that never runs out of the drawing.
 * @param {string} name
 * @param {number} x percent
 * @param {number} y
 * @param {string} words
 * @param {"start"|"middle"|"end"} [anchor]
 * @param {number} [dx]
 */
function text(name, x, y, words, anchor = x < 6 ? "start" : x > 94 ? "end" : "middle", dx = 0) {
  return svg("text", { class: name, x: percent(x), dx, y, "text-anchor": anchor }, words);
}

/**
 * @param {Scale} scale
 * @param {string|null} reviewedTo
 */
function drawGrid(scale, reviewedTo) {
  const lineAt = (/** @type {number} */ day, /** @type {string} */ name) =>
    svg("line", { class: name, x1: percent(scale.at(day)), x2: percent(scale.at(day)), y1: 0, y2: "100%" });
  const reviewed = reviewedTo === null ? null : dayMeant(reviewedTo);
  const years = scale.ticks(12).map((day) => lineAt(day, "grid-year"));
  return reviewed === null ? years : [...years, lineAt(reviewed, "grid-reviewed")];
}

/** @param {number} x percent */
function drawCursor(x) {
  const place = { x1: percent(x), x2: percent(x), y1: 0, y2: "100%" };
  return [svg("line", { class: "cursor-line", ...place }), svg("line", { class: "cursor-grip", ...place })];
}
