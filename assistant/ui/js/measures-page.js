/** The page /measures: which measure stood where on a day. */

import { listMeasures } from "./api.js";
import { formatDate } from "./dates.js";
import { byId, el } from "./dom.js";
import { readAddress, writeAddress } from "./measures/address.js";
import { AsOf } from "./measures/as-of.js";
import { Choices } from "./measures/choices.js";
import { CoverageCheck } from "./measures/coverage.js";
import { dayMeant, isoOfDay } from "./measures/days.js";
import { isShown } from "./measures/filter.js";
import { renderTable, renderTimeline } from "./measures/rows.js";
import { scaleFor } from "./measures/scale.js";
import { addPatterns } from "./measures/svg.js";
import { drawSwatch } from "./measures/swatch.js";
import { STATUSES } from "./measures/words.js";
import { serverDay } from "./server-day.js";
import { say } from "./words.js";

/** @typedef {import("./measures/types.js").Register} Register */
/** @typedef {import("./measures/types.js").Status} Status */

const shown = readAddress();
const open = new Set(shown.open);
const choices = new Choices();
const asOf = new AsOf(choose);
const coverage = new CoverageCheck(dayNow, openMeasure);
/** @type {Register} */
let register = { items: [], next: null, reviewed_to: null };
/** The server's day; a page left open learns of the next one with the register. */
let today = Number(dayMeant(serverDay()));
/** @type {string|null} the day that `register` was read for; null before the first */
let read = null;
let isReading = false;

/** @returns {number} the day asked about */
function dayNow() {
  return dayMeant(shown.as_of) ?? today;
}

/** @param {number|null} day null means today */
function choose(day) {
  shown.as_of = day === null || day === today ? "" : isoOfDay(day);
  showDay();
  writeAddress(shown);
  void follow();
}

function showDay() {
  asOf.show(dayNow(), shown.as_of === "");
}

/** Reads the register for the day asked about, one request at a time: while the line moves, the last day wins. */
async function follow() {
  if (isReading) return;
  isReading = true;
  try {
    while (read !== shown.as_of) {
      const day = shown.as_of;
      receive(await listMeasures(day || null), day);
      read = day;
    }
    byId("problem").hidden = true;
    await coverage.refresh();
  } catch (error) {
    showProblem(error.message);
  } finally {
    isReading = false;
  }
}

/**
 * @param {Register} told
 * @param {string} day
 */
function receive(told, day) {
  const dayBefore = today;
  if (day === "" && told.as_of) today = dayMeant(told.as_of) ?? today;
  const hasMoved = read === null || register.reviewed_to !== told.reviewed_to || today !== dayBefore;
  register = told;
  if (hasMoved) {
    asOf.setScale(scale(), told.reviewed_to);
    byId("reviewed").textContent = told.reviewed_to ? reviewInWords(told.reviewed_to) : "";
    showDay();
  }
  choices.offer(told.items, shown);
  show();
  if (read === null && shown.open.length === 1) rowOf(shown.open[0])?.scrollIntoView({ block: "start" });
}

/** @param {string} id */
function rowOf(id) {
  return document.querySelector(`[data-measure="${CSS.escape(id)}"]`);
}

/** @param {string} day */
function reviewInWords(day) {
  return say("measures.reviewed", { date: formatDate(day) });
}

function scale() {
  return scaleFor(register.reviewed_to, today);
}

/** @param {string} message */
function showProblem(message) {
  byId("problem").hidden = false;
  byId("problem").textContent = message;
  if (read === null) byId("count").textContent = say("measures.unread");
}

function show() {
  const items = register.items.filter((measure) => isShown(measure, shown));
  const isTable = shown.view === "table";
  const view = { scale: scale(), asOf: dayNow(), reviewedTo: register.reviewed_to, open, toggled };
  byId("register").classList.toggle("as-table", isTable);
  byId("rows").replaceChildren(
    ...(isTable ? renderTable : renderTimeline)(items, view),
    ...(items.length === 0 ? [renderNothing()] : []),
  );
  byId("legend").replaceChildren(...renderLegend(items));
  byId("count").textContent = countInWords(items.length);
}

/** @param {number} count */
function countInWords(count) {
  const known = { count: register.items.length, date: formatDate(isoOfDay(dayNow())) };
  return count === known.count ? say("measures.known", known) : say("measures.known_of", { ...known, shown: count });
}

/** @param {import("./measures/types.js").Measure[]} items */
function renderLegend(items) {
  const counts = STATUSES.map((status) => ({ status, n: items.filter((item) => item.status === status).length }));
  return counts
    .filter(({ status, n }) => n > 0 || ["in_force", "announced", "suspended", "unknown"].includes(status))
    .map(({ status, n }) => el("li", {}, drawSwatch(status), `${say(`status.${status}`)} `, el("b", {}, n)));
}

function renderNothing() {
  const isFiltered = register.items.length > 0;
  return el(
    "p",
    { class: "nothing" },
    say(isFiltered ? "measures.no_match" : "measures.none_known"),
    isFiltered && el("button", { type: "button", class: "text-button", onclick: clearFilters }, say("measures.show_all")),
  );
}

function clearFilters() {
  Object.assign(shown, { search: "", issuer: "", element: "" });
  fillTools();
  filtersChanged();
  byId("search").focus();
}

function toggled() {
  shown.open = [...open];
  writeAddress(shown);
}

/** @param {string} id */
function openMeasure(id) {
  open.add(id);
  toggled();
  if (!register.items.some((measure) => measure.id === id && isShown(measure, shown))) {
    Object.assign(shown, { search: "", issuer: "", element: "" });
    fillTools();
  }
  show();
  const row = rowOf(id);
  row?.scrollIntoView({ block: "start" });
  /** @type {HTMLElement|null} */ (row?.querySelector(".measure-toggle"))?.focus({ preventScroll: true });
}

function filtersChanged() {
  writeAddress(shown);
  show();
}

function fillTools() {
  for (const key of /** @type {const} */ (["search", "issuer", "element"])) {
    /** @type {HTMLInputElement} */ (byId(key)).value = shown[key];
  }
  for (const radio of /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll("[name=view]"))) {
    radio.checked = radio.value === (shown.view || "timeline");
  }
}

function listen() {
  for (const key of /** @type {const} */ (["search", "issuer", "element"])) {
    byId(key).addEventListener("input", (event) => {
      shown[key] = /** @type {HTMLInputElement} */ (event.target).value;
      filtersChanged();
    });
  }
  for (const radio of document.querySelectorAll("[name=view]")) {
    radio.addEventListener("change", () => {
      shown.view = /** @type {HTMLInputElement} */ (radio).value === "table" ? "table" : "";
      filtersChanged();
    });
  }
}

addPatterns();
fillTools();
listen();
void follow();
