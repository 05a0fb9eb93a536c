/** "Is my item covered?": a form, and the measures that name the item on the day asked about. */

import { checkCoverage } from "../api.js";
import { formatDate } from "../dates.js";
import { byId, el, inOwnLanguage } from "../dom.js";
import { enumerated, named, say } from "../words.js";
import { renderEvidence } from "./evidence.js";
import { isoOfDay } from "./days.js";
import { drawSwatch } from "./swatch.js";
import { inText, listed, measureInWords, standingInWords, unknownInWords } from "./words.js";

/** @typedef {import("./types.js").Aspect} Aspect */
/** @typedef {import("./types.js").Coverage} Coverage */
/** @typedef {import("./types.js").Covering} Covering */

/** Asks again for the same item when the day moves. */
export class CoverageCheck {
  #form = /** @type {HTMLFormElement} */ (byId("coverage-form"));
  #result = byId("coverage-result");
  /** @type {Record<string, string>|null} */
  #item = null;
  /** @type {string|null} */
  #asked = null;
  #dayNow;
  #openMeasure;

  /**
   * @param {() => number} dayNow
   * @param {(id: string) => void} openMeasure
   */
  constructor(dayNow, openMeasure) {
    this.#dayNow = dayNow;
    this.#openMeasure = openMeasure;
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#submit();
    });
  }

  /** The day moved. */
  async refresh() {
    if (this.#item !== null) await this.#ask(this.#item);
  }

  async #submit() {
    const told = [...new FormData(this.#form)].map(([name, value]) => [name, String(value).trim()]);
    this.#item = Object.fromEntries(told.filter(([, value]) => value));
    this.#asked = null;
    await this.#ask(this.#item);
    this.#result.focus({ preventScroll: true });
    this.#result.scrollIntoView({ block: "nearest" });
  }

  /** @param {Record<string, string>} item */
  async #ask(item) {
    const day = isoOfDay(this.#dayNow());
    if (day === this.#asked) return;
    this.#asked = day;
    try {
      const coverage = await checkCoverage(item, day);
      if (day === this.#asked) this.#show(...renderCoverage(coverage, this.#openMeasure));
    } catch (error) {
      this.#asked = null;
      this.#show(el("p", { class: "register-problem", role: "alert" }, error.message));
    }
  }

  /** @param {...HTMLElement} content */
  #show(...content) {
    this.#result.hidden = false;
    this.#result.replaceChildren(...content);
  }
}

/**
 * @param {Coverage} coverage
 * @param {(id: string) => void} openMeasure
 */
function renderCoverage(coverage, openMeasure) {
  const { item, day, measures } = coverage;
  const asked = [item.element, item.form, item.code, item.destination && say("coverage.to", { destination: item.destination })];
  const isNone = measures.length === 0;
  const date = formatDate(day);
  const closestFirst = [...measures].sort((a, b) => b.by.length - a.by.length);
  return [
    el("h3", {}, isNone ? say("coverage.none", { date }) : say("coverage.some", { count: measures.length, date })),
    el("p", { class: "coverage-item" }, say("coverage.asked", { item: enumerated(asked.filter((part) => part !== null)) }), el("strong", {}, say("coverage.note"))),
    isNone
      ? el("p", {}, say("coverage.selection"))
      : el("ul", { class: "coverings" }, ...closestFirst.map((covering) => renderCovering(covering, openMeasure))),
  ];
}

/**
 * @param {Covering} covering
 * @param {(id: string) => void} openMeasure
 */
function renderCovering({ measure, by, open }, openMeasure) {
  return el(
    "li",
    { class: "covering" },
    el(
      "div",
      {},
      el("h4", inOwnLanguage(measure.name), measure.name),
      el("p", { class: "status" }, drawSwatch(measure.status), el("span", {}, statusOf(measure))),
      ...measure.scoped.map((standing) =>
        el("p", { class: "covering-scope" }, say("status_words.of_scope", { scope: standing.scope, status: inText(standingInWords(standing)) })),
      ),
      el("p", { class: "covering-by" }, say("coverage.names", { aspects: aspectsInWords(by) }), open.length > 0 && say("coverage.left_open", { aspects: aspectsInWords(open) })),
      measure.covers.notes && el("p", { class: "covering-note", ...inOwnLanguage(measure.covers.notes) }, measure.covers.notes),
      el(
        "button",
        { type: "button", class: "text-button", onclick: () => openMeasure(measure.id) },
        say("coverage.show_history"),
      ),
    ),
    renderQuotes([...measure.evidence, ...measure.scoped.flatMap((standing) => standing.evidence)]),
  );
}

/** @param {Aspect[]} aspects */
function aspectsInWords(aspects) {
  return listed(aspects.map((aspect) => named("aspects", aspect)));
}

/** @param {import("./types.js").Measure} measure */
function statusOf(measure) {
  return measure.status === "unknown" ? unknownInWords(measure) : measureInWords(measure);
}

/** @param {import("./types.js").Evidence[]} evidence */
function renderQuotes(evidence) {
  const more = evidence.slice(1);
  return el(
    "div",
    {},
    renderEvidence(evidence.slice(0, 1)),
    more.length > 0 &&
      el(
        "details",
        { class: "more-quotes" },
        el("summary", {}, say("coverage.more_quotes", { count: more.length })),
        renderEvidence(more),
      ),
  );
}
