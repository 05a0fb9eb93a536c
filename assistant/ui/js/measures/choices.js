/** The lists of issuers and elements to choose from; they grow with what was seen and keep what was chosen. */

import { byId, el, inOwnLanguage } from "../dom.js";
import { named, say } from "../words.js";
import { ANY_RARE_EARTH, RARE_EARTHS, byPlace } from "./filter.js";

/** @typedef {import("./types.js").Measure} Measure */

/** Fills the selects and the suggestions of the form. */
export class Choices {
  #issuer = /** @type {HTMLSelectElement} */ (byId("issuer"));
  #element = /** @type {HTMLSelectElement} */ (byId("element"));
  /** @type {Set<string>} */
  #issuers = new Set();
  /** @type {Set<string>} */
  #materials = new Set();

  /**
   * @param {Measure[]} measures
   * @param {{issuer: string, element: string}} chosen
   */
  offer(measures, chosen) {
    const before = this.#issuers.size + this.#materials.size;
    for (const measure of measures) this.#issuers.add(measure.issuer);
    for (const name of measures.flatMap((measure) => measure.covers.elements)) {
      if (name !== ANY_RARE_EARTH && !RARE_EARTHS.includes(name)) this.#materials.add(name);
    }
    if (chosen.issuer) this.#issuers.add(chosen.issuer);
    if (this.#issuers.size + this.#materials.size > before) this.#fill();
    this.#issuer.value = chosen.issuer;
    this.#element.value = chosen.element;
  }

  #fill() {
    const issuers = byPlace([...this.#issuers].sort(), (issuer) => issuer);
    const materials = [...this.#materials].sort();
    this.#issuer.replaceChildren(
      el("option", { value: "" }, say("measures.all_issuers")),
      ...issuers.map(([place, names]) => group(named("places", place), names, (name) => name)),
    );
    this.#element.replaceChildren(
      el("option", { value: "" }, say("measures.all_elements")),
      el("option", { value: ANY_RARE_EARTH }, say("measures.any_rare_earth")),
      group(say("measures.rare_earths"), RARE_EARTHS, elementName),
      group(say("measures.other_materials"), materials, elementName),
    );
    byId("known-elements").replaceChildren(...[...RARE_EARTHS, ...materials].map((value) => el("option", { value, label: elementName(value) })));
  }
}

/**
 * @param {string} label
 * @param {string[]} values
 * @param {(value: string) => string} nameOf
 */
function group(label, values, nameOf) {
  const options = values.map((value) => el("option", { value, ...inOwnLanguage(nameOf(value)) }, nameOf(value)));
  return el("optgroup", { label }, ...options);
}

/** @param {string} element */
function elementName(element) {
  return named("elements", element);
}
