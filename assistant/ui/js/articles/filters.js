/** The form above the list: what it asks for, and what there is to choose from. */

import { byId, el, inOwnLanguage } from "../dom.js";
import { LOCALE, isNamed, say } from "../words.js";

/** @typedef {import("./address.js").Query} Query */
/** @typedef {{value: string, articles: number}} Facet */

const CONTROLS = /** @type {const} */ (["q", "publisher", "kind", "language", "since", "until", "undated", "sort"]);

/** @param {string} name */
function control(name) {
  return /** @type {HTMLInputElement|HTMLSelectElement} */ (byId(`list-${name}`));
}

/** @returns {Query} */
export function readFilters() {
  return /** @type {Query} */ (Object.fromEntries(CONTROLS.map((name) => [name, control(name).value.trim()])));
}

/**
 * A value that is not among the choices is added to them, so that the form never shows other than it asks.
 * @param {Query} query
 */
export function showFilters(query) {
  for (const name of CONTROLS) {
    const node = control(name);
    if (node instanceof HTMLSelectElement) choose(node, query[name], query[name]);
    else node.value = query[name];
  }
}

/**
 * @param {{publishers: Facet[], kinds: Facet[], languages: Facet[]}} facets
 */
export function fillChoices(facets) {
  fill(control("publisher"), facets.publishers, (value) => value);
  fill(control("kind"), facets.kinds, kindName);
  fill(control("language"), facets.languages, languageName);
}

/**
 * @param {Element} node
 * @param {Facet[]} facets
 * @param {(value: string) => string} nameOf
 */
function fill(node, facets, nameOf) {
  const select = /** @type {HTMLSelectElement} */ (node);
  const { value } = select;
  const named = facets.map((facet) => ({ ...facet, name: nameOf(facet.value) }));
  named.sort((a, b) => a.name.localeCompare(b.name, LOCALE));
  const options = named.map((facet) => el("option", { value: facet.value, ...inOwnLanguage(facet.name) }, say("articles.choice", { name: shortened(facet.name), articles: facet.articles })));
  select.replaceChildren(/** @type {Node} */ (select.options[0]), ...options);
  choose(select, value, nameOf(value));
}

/**
 * @param {HTMLSelectElement} select
 * @param {string} value
 * @param {string} name
 */
function choose(select, value, name) {
  if (![...select.options].some((option) => option.value === value)) select.append(el("option", { value, ...inOwnLanguage(name) }, shortened(name)));
  select.value = value;
}

/** @param {string} kind */
function kindName(kind) {
  return isNamed("articles", `kind_${kind}`) ? say(`articles.kind_${kind}`) : kind;
}

/** @param {string} code */
function languageName(code) {
  try {
    return new Intl.DisplayNames([LOCALE], { type: "language" }).of(code) ?? code;
  } catch {
    return code; // RangeError: an article may claim any language
  }
}

/** @param {string} name */
function shortened(name) {
  return name.length > 60 ? `${name.slice(0, 59)}…` : name;
}
