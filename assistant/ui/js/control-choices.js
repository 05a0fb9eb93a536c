/** What opens from the bar of controls: a period, a list of publishers, a list of engines. */

import { getFacets, listEngines } from "./api.js";
import { el, inOwnLanguage } from "./dom.js";
import { openPopover } from "./popover.js";
import { say } from "./words.js";

/** @typedef {import("./scope.js").Scope} Scope */
/** @typedef {(part: Partial<Scope>) => void} Change */

const TITLES = { period: "controls.period", publishers: "controls.publishers", engine: "controls.engines" };
const EXTRACTIVE = "extractive";

/**
 * @param {keyof TITLES} name
 * @param {HTMLElement} anchor
 * @param {Scope} scope
 * @param {Change} change
 */
export function openChoice(name, anchor, scope, change) {
  const body = el("div", { class: "choice-body" });
  const title = say(TITLES[name]);
  const box = openPopover(anchor, title, el("h2", { class: "choice-title" }, title), body);
  if (box === null) return;
  if (name === "period") fillPeriod(body, scope, change);
  else if (name === "publishers") void fillPublishers(body, scope, change);
  else void fillEngines(body, scope, change);
  /** @type {HTMLElement|null} */ (body.querySelector("input"))?.focus();
}

/**
 * @param {HTMLElement} body
 * @param {Scope} scope
 * @param {Change} change
 */
function fillPeriod(body, scope, change) {
  const day = (/** @type {"since"|"until"} */ name) =>
    el("input", {
      type: "date",
      id: `choice-${name}`,
      value: scope[name].length === 10 ? scope[name] : "",
      min: "1900-01-01",
      max: "2099-12-31",
      oninput: (/** @type {Event} */ event) => change({ [name]: /** @type {HTMLInputElement} */ (event.target).value }),
    });
  const inputs = [day("since"), day("until")];
  const clear = () => {
    for (const input of inputs) input.value = "";
    change({ since: "", until: "" });
  };
  body.replaceChildren(
    el(
      "div",
      { class: "field-row" },
      el("div", { class: "field" }, el("label", { for: "choice-since" }, say("controls.since")), inputs[0]),
      el("div", { class: "field" }, el("label", { for: "choice-until" }, say("controls.until")), inputs[1]),
    ),
    el("p", { class: "hint" }, say("controls.period_help")),
    clearButton(clear),
  );
}

/**
 * @param {HTMLElement} body
 * @param {Scope} scope
 * @param {Change} change
 */
async function fillPublishers(body, scope, change) {
  const chosen = new Set(scope.publishers);
  const list = el("div", { class: "choice-list" });
  const find = say("controls.find_publisher");
  const search = el("input", { type: "search", "aria-label": find, placeholder: find });
  const clear = () => {
    chosen.clear();
    change({ publishers: [] });
    for (const box of list.querySelectorAll("input")) box.checked = false;
  };
  body.replaceChildren(el("div", { class: "field" }, search), list, clearButton(clear));
  search.focus();
  const publishers = await read(list, async () => (await getFacets()).publishers);
  if (publishers === null) return;
  const names = publishers.map(({ value }) => value);
  const all = [...scope.publishers.filter((name) => !names.includes(name)).map((value) => ({ value, articles: 0 })), ...publishers];
  const toggle = (/** @type {string} */ name, /** @type {boolean} */ on) => {
    if (on) chosen.add(name);
    else chosen.delete(name);
    change({ publishers: [...chosen] });
  };
  const show = () => {
    const words = search.value.trim().toLowerCase();
    const found = all.filter(({ value }) => value.toLowerCase().includes(words));
    const rows = found.map(({ value, articles }) => renderPublisher(value, articles, chosen.has(value), toggle));
    list.replaceChildren(...(rows.length > 0 ? rows : [el("p", { class: "hint" }, say("controls.no_publisher"))]));
  };
  search.addEventListener("input", show);
  show();
}

/**
 * @param {string} name
 * @param {number} articles
 * @param {boolean} isChosen
 * @param {(name: string, on: boolean) => void} toggle
 */
function renderPublisher(name, articles, isChosen, toggle) {
  const onchange = (/** @type {Event} */ event) => toggle(name, /** @type {HTMLInputElement} */ (event.target).checked);
  const box = el("input", { type: "checkbox", onchange });
  box.checked = isChosen;
  return el("label", { class: "choice-row" }, box, el("bdi", inOwnLanguage(name), name), el("span", { class: "choice-count" }, articles || ""));
}

/**
 * @param {HTMLElement} body
 * @param {Scope} scope
 * @param {Change} change
 */
async function fillEngines(body, scope, change) {
  const list = el("div", { class: "choice-list", role: "radiogroup", "aria-label": say(TITLES.engine) });
  body.replaceChildren(list, el("p", { class: "hint" }, say("controls.engine_help")));
  const named = await read(list, listEngines);
  if (named === null) return;
  const engines = [...new Set(["", EXTRACTIVE, ...named, scope.engine])];
  list.replaceChildren(...engines.map((engine) => renderEngine(engine, engine === scope.engine, change)));
  /** @type {HTMLElement|null} */ (list.querySelector("input:checked"))?.focus();
}

/**
 * @param {string} engine
 * @param {boolean} isChosen
 * @param {Change} change
 */
function renderEngine(engine, isChosen, change) {
  const radio = el("input", { type: "radio", name: "engine", value: engine, onchange: () => change({ engine }) });
  radio.checked = isChosen;
  return el("label", { class: "choice-row" }, radio, engineName(engine));
}

/** @param {string} engine "" is the server's own choice */
function engineName(engine) {
  if (engine === "") return say("controls.engine_default");
  return engine === EXTRACTIVE ? say("controls.engine_extractive") : el("bdi", inOwnLanguage(engine), engine);
}

/** @param {() => void} onclick */
function clearButton(onclick) {
  return el("button", { type: "button", class: "text-button", onclick }, say("controls.clear"));
}

/**
 * @template T
 * @param {HTMLElement} place says so when the list cannot be read
 * @param {() => Promise<T>} get
 * @returns {Promise<T|null>}
 */
async function read(place, get) {
  try {
    return await get();
  } catch (error) {
    place.replaceChildren(el("p", { class: "form-problem", role: "alert" }, say("controls.unread", { reason: error.message })));
    return null;
  }
}
