/** Small helpers that build the page. Text always enters as text nodes; nothing here reads markup. */

import { say } from "./words.js";

const SVG = "http://www.w3.org/2000/svg";
/** Scripts by which a text tells its language; Han characters beside kana are Japanese. */
const SCRIPTS = /** @type {[RegExp, string][]} */ ([
  [/[\p{scx=Hira}\p{scx=Kana}]{2}/u, "ja"],
  [/\p{sc=Hang}/u, "ko"],
  [/\p{sc=Han}/u, "zh"],
  [/\p{sc=Arab}/u, "ar"],
  [/\p{sc=Hebr}/u, "he"],
]);
/** Most texts hold no such character, and need no closer look. */
const BEYOND_LATIN = /[^\u0000-\u024f\u2000-\u206f]/;
const ICONS = new URL("../img/icons.svg", import.meta.url).pathname;

/** @typedef {Node|string|number|null|undefined|false} Child */

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, unknown>} [attributes] `on…` functions become listeners; null and false are left out
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name.slice(2), /** @type {EventListener} */ (value));
    else if (value !== null && value !== undefined && value !== false) {
      node.setAttribute(name, value === true ? "" : String(value));
    }
  }
  append(node, ...children);
  return node;
}

/**
 * @param {Node} parent
 * @param {...Child} children
 */
export function append(parent, ...children) {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    parent.appendChild(child instanceof Node ? child : document.createTextNode(String(child)));
  }
}

/**
 * @param {string} name a symbol of icons.svg
 * @param {string} [className]
 * @returns {SVGSVGElement}
 */
export function icon(name, className = "icon") {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", className);
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `${ICONS}#${name}`);
  svg.append(use);
  return svg;
}

/** @param {string} text */
export function hiddenText(text) {
  return el("span", { class: "visually-hidden" }, text);
}

/**
 * @param {string} text
 * @returns {string} its language as far as its script tells it; Latin letters are taken for English, the corpus's own
 */
export function languageOf(text) {
  return (BEYOND_LATIN.test(text) && SCRIPTS.find(([script]) => script.test(text))?.[1]) || "en";
}

/**
 * Attributes of text that is not the page's own: of an article, a reader, a model. It has its direction and language.
 * @param {string} text
 * @returns {{dir: "auto", lang: string}}
 */
export function inOwnLanguage(text) {
  return { dir: "auto", lang: languageOf(text) };
}

/**
 * Words of the page with a text in them that is not its own.
 * @param {string} key of words with one placeholder
 * @param {string} placeholder
 * @param {string} text
 * @returns {Node[]}
 */
export function withinWords(key, placeholder, text) {
  const [before, after] = say(key, { [placeholder]: "\0" }).split("\0");
  return [document.createTextNode(before), el("span", inOwnLanguage(text), text), document.createTextNode(after)];
}

/**
 * A link out of the page, or null when the address is not plain http(s).
 * @param {string|null} address
 * @param {string} label
 * @param {string} [className]
 * @returns {HTMLAnchorElement|null}
 */
export function outsideLink(address, label, className = "outside-link") {
  const url = address && URL.canParse(address) ? new URL(address) : null;
  if (!url || !["http:", "https:"].includes(url.protocol)) return null;
  return el(
    "a",
    { class: className, href: url.href, target: "_blank", rel: "noopener noreferrer" },
    label,
    icon("external"),
    hiddenText(say("site.new_tab")),
  );
}

/**
 * @template {HTMLElement} [T=HTMLElement]
 * @param {string} id
 * @returns {T} the element that the page's HTML promises
 */
export function byId(id) {
  const node = document.getElementById(id);
  if (!node) throw new Error(`The page has no element with the id "${id}".`);
  return /** @type {T} */ (node);
}
