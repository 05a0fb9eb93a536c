/** What the pages say in their own voice, in the language of the page; each language is one file of `strings/`. */

/** @typedef {string|Record<string, string>} Wording plain, or by plural category where a count is told */

const LANGUAGE = document.documentElement.lang;
/** @type {Record<string, Record<string, Wording>>} */
const STRINGS = await read(new URL(`../strings/${LANGUAGE}.json`, import.meta.url));
/** How dates and numbers are written, as Intl takes it. */
export const LOCALE = String(STRINGS.site.locale);
const PLURALS = new Intl.PluralRules(LOCALE);
const NUMBERS = new Intl.NumberFormat(LOCALE);

/** @param {URL} address */
async function read(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`The words of this page could not be read from ${address.pathname}. Reload it.`);
  return response.json();
}

/**
 * @param {string} key "section.name"
 * @param {Record<string, string|number>} [values] what its placeholders stand for; `count` chooses the plural
 * @returns {string}
 */
export function say(key, values = {}) {
  const [section, name] = key.split(".");
  const wording = STRINGS[section]?.[name];
  if (wording === undefined) throw new Error(`strings/${LANGUAGE}.json has no "${key}".`);
  const text = typeof wording === "string" ? wording : wording[PLURALS.select(Number(values.count))] ?? wording.other;
  return text.includes("{") ? text.replace(/\{(\w+)\}/g, (_, placeholder) => written(values[placeholder])) : text;
}

/**
 * The name of something whose names are a section of their own.
 * @param {string} section
 * @param {string} name
 * @returns {string} the name itself where the section does not have it
 */
export function named(section, name) {
  return isNamed(section, name) ? String(STRINGS[section][name]) : name;
}

/**
 * @param {string} section
 * @param {string} name
 * @returns {boolean}
 */
export function isNamed(section, name) {
  return Object.hasOwn(STRINGS[section], name);
}

/** @param {string|number} value */
function written(value) {
  return typeof value === "number" ? NUMBERS.format(value) : value;
}

/**
 * @param {string[]} parts
 * @returns {string} "one, two"
 */
export function enumerated(parts) {
  return parts.join(say("site.list_separator"));
}
