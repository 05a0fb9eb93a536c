/** Which measures the reader asked to see, and whose they are. */

/** @typedef {import("./types.js").Measure} Measure */
/** @typedef {{search: string, issuer: string, element: string}} Filters */

export const ANY_RARE_EARTH = "rare earths";
export const RARE_EARTHS = [
  "lanthanum", "cerium", "praseodymium", "neodymium", "promethium", "samarium", "europium", "gadolinium", "terbium",
  "dysprosium", "holmium", "erbium", "thulium", "ytterbium", "lutetium", "scandium", "yttrium",
];
const SEVERAL = "Several governments";
const OTHERS = "Others";
/** Only for headings: who stands behind an issuer, by the words of its name. */
const PLACES = /** @type {[string, RegExp][]} */ ([
  ["China", /\b(China|Chinese|MOFCOM|GACC|MIIT)\b/],
  ["United States", /\b(United States|US)\b/],
  ["European Union", /\b(European Union|European Commission|EU)\b/],
  ["Japan", /\bJapan\b/],
  ["G7", /\bG7\b/],
  ["Australia", /\bAustralia\b/],
  ["India", /\bIndia\b/],
  ["Malaysia", /\bMalaysia\b/],
  ["Vietnam", /\bVietnam\b/],
]);

/**
 * @param {string} issuer
 * @returns {string} a heading: "China", "Several governments", "Others"
 */
export function placeOf(issuer) {
  const places = PLACES.filter(([, pattern]) => pattern.test(issuer)).map(([name]) => name);
  return places.length > 1 ? SEVERAL : places[0] ?? OTHERS;
}

/**
 * @template T
 * @param {T[]} things
 * @param {(thing: T) => string} issuerOf
 * @returns {[string, T[]][]} by place, in a set order; places without things are left out
 */
export function byPlace(things, issuerOf) {
  const order = [...PLACES.map(([name]) => name), SEVERAL, OTHERS];
  const groups = order.map((place) => [place, things.filter((thing) => placeOf(issuerOf(thing)) === place)]);
  return /** @type {[string, T[]][]} */ (groups.filter(([, members]) => members.length > 0));
}

/**
 * @param {Measure} measure
 * @param {Filters} filters
 * @returns {boolean}
 */
export function isShown(measure, { search, issuer, element }) {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const text = words.length > 0 ? searchable(measure) : "";
  return (
    (issuer === "" || measure.issuer === issuer) &&
    (element === "" || namesElement(measure.covers.elements, element)) &&
    words.every((word) => text.includes(word))
  );
}

/**
 * @param {string[]} named "rare earths" stands for all 17
 * @param {string} element
 */
function namesElement(named, element) {
  if (element === ANY_RARE_EARTH) return named.some((name) => name === ANY_RARE_EARTH || RARE_EARTHS.includes(name));
  return named.includes(element) || (RARE_EARTHS.includes(element) && named.includes(ANY_RARE_EARTH));
}

/** @param {Measure} measure */
function searchable(measure) {
  const { covers } = measure;
  const lists = [measure.aliases, covers.elements, covers.forms, covers.control_codes, covers.customs_codes];
  return [measure.name, measure.issuer, measure.instrument ?? "", measure.summary, ...lists.flat()]
    .join(" ")
    .toLowerCase();
}
