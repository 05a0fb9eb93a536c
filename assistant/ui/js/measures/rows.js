/** The register as rows: a timeline of bars, or a table of the same. */

import { formatDate } from "../dates.js";
import { el, inOwnLanguage } from "../dom.js";
import { drawBars } from "./bars.js";
import { byPlace } from "./filter.js";
import { elementsInWords, renderHistory } from "./history.js";
import { drawSwatch } from "./swatch.js";
import { named, say } from "../words.js";
import { dueInWords, inText, measureInWords, standingInWords, statusInText } from "./words.js";

/** @typedef {import("./types.js").Measure} Measure */

/**
 * @typedef {object} View what rows are drawn for
 * @property {import("./scale.js").Scale} scale
 * @property {number} asOf
 * @property {string|null} reviewedTo
 * @property {Set<string>} open ids of the measures whose history is open; rows keep it up to date
 * @property {() => void} toggled
 */

/**
 * @param {Measure[]} measures
 * @param {View} view
 * @returns {HTMLElement[]}
 */
export function renderTimeline(measures, view) {
  return byPlace(measures, (measure) => measure.issuer).map(([place, group]) =>
    el(
      "section",
      { class: "place" },
      el("h3", { class: "place-name" }, named("places", place)),
      el("ul", { class: "measures" }, ...group.map((measure) => renderRow(measure, view))),
    ),
  );
}

/**
 * @param {Measure} measure
 * @param {View} view
 */
function renderRow(measure, view) {
  const panel = el("div", { class: "panel", id: `history-${measure.id}` });
  const button = renderToggle(
    measure,
    view,
    { panel, place: panel },
    el(
      "span",
      { class: "measure-name" },
      el("span", { class: "measure-title", ...inOwnLanguage(measure.name) }, measure.name),
      el("span", { class: "measure-issuer", ...inOwnLanguage(measure.issuer) }, measure.instrument ?? measure.issuer),
    ),
    el("span", { class: "measure-bars" }, drawBars(measure.timeline, view.scale, view.asOf)),
    renderStatus(measure, measureInWords(measure)),
  );
  return el("li", { class: "measure", "data-measure": measure.id }, el("h4", {}, button), panel);
}

/**
 * A button that shows and hides `panel`, with the history in its `place`.
 * @param {Measure} measure
 * @param {View} view
 * @param {{panel: HTMLElement, place: HTMLElement}} where
 * @param {...import("../dom.js").Child} content
 */
function renderToggle(measure, view, { panel, place }, ...content) {
  const show = () => {
    const isOpen = view.open.has(measure.id);
    button.setAttribute("aria-expanded", String(isOpen));
    panel.hidden = !isOpen;
    place.replaceChildren(...(isOpen ? [renderHistory(measure, view.asOf, view.reviewedTo)] : []));
  };
  const toggle = () => {
    if (!view.open.delete(measure.id)) view.open.add(measure.id);
    show();
    view.toggled();
  };
  const button = el(
    "button",
    { type: "button", class: "measure-toggle", "aria-controls": `history-${measure.id}`, onclick: toggle },
    ...content,
  );
  show();
  return button;
}

/**
 * @param {Measure} measure
 * @param {...import("../dom.js").Child} words
 */
function renderStatus(measure, ...words) {
  const parts = measure.scoped.filter((standing) => standing.status !== measure.status);
  return el(
    "span",
    { class: "measure-status" },
    el("span", { class: "status" }, drawSwatch(measure.status), el("span", {}, ...words)),
    ...parts.map((standing) => el("span", { class: "status-part" }, say("status_words.in_part", { status: inText(standingInWords(standing)) }))),
  );
}

/**
 * @param {Measure[]} measures
 * @param {View} view
 * @returns {HTMLElement[]}
 */
export function renderTable(measures, view) {
  if (measures.length === 0) return [];
  const columns = ["measure", "issuer", "status", "since", "until", "elements"];
  const table = el(
    "table",
    { class: "register-table" },
    el("caption", { class: "visually-hidden" }, say("measures.caption")),
    el("thead", {}, el("tr", {}, ...columns.map((name) => el("th", { scope: "col", class: `column-${name}` }, say(`measures.${name}`))))),
    el("tbody", {}, ...measures.flatMap((measure) => renderTableRows(measure, view, columns.length))),
  );
  return [table];
}

/**
 * @param {Measure} measure
 * @param {View} view
 * @param {number} columns
 */
function renderTableRows(measure, view, columns) {
  const place = el("td", { colspan: columns });
  const panel = el("tr", { class: "panel", id: `history-${measure.id}` }, place);
  const button = renderToggle(measure, view, { panel, place }, el("span", inOwnLanguage(measure.name), measure.name));
  const since = formatDate(measure.since, "short");
  const started = measure.since_at_latest ? say("time.by", { date: since }) : since;
  const row = el(
    "tr",
    { "data-measure": measure.id },
    el(
      "th",
      { scope: "row", class: "column-measure" },
      button,
      el("span", { class: "measure-issuer", ...inOwnLanguage(measure.issuer) }, measure.instrument),
    ),
    el("td", { class: "column-issuer", ...inOwnLanguage(measure.issuer) }, measure.issuer),
    el("td", { class: "column-status" }, renderStatus(measure, ...statusInTable(measure))),
    el("td", { class: "column-since" }, started),
    el("td", { class: "column-until" }, measure.until === null ? "–" : formatDate(measure.until, "short")),
    el("td", { class: "column-elements" }, elementsInWords(measure.covers) || "–"),
  );
  return [row, panel];
}

/**
 * The status alone where columns of their own tell since when and until when, and with both where there is no room.
 * @param {Measure} measure
 */
function statusInTable(measure) {
  const { status, next } = measure;
  const name = named("status", status);
  const last = measure.last_status;
  const known = last ? say("status_words.was", { status: name, before: statusInText(last) }) : name;
  const told = next ? say("status_words.with_next", { status: known, next: dueInWords(next, "short") }) : known;
  return [
    el("span", { class: "where-wide" }, told),
    el("span", { class: "where-narrow" }, measureInWords(measure)),
  ];
}
