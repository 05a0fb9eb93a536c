/** The address bar holds what the list shows, so that a link or the way back shows the same. */

/** Parameters of GET /v1/articles that a reader sets; the address uses the same names. */
const KEYS = /** @type {const} */ (["q", "publisher", "kind", "language", "since", "until", "undated", "sort"]);
export const DEFAULT_SORT = "-published_on";

/** @typedef {Record<typeof KEYS[number], string>} Query empty means any */

/** @returns {Query} */
export function readAddress() {
  const query = new URLSearchParams(location.search);
  const read = /** @type {Query} */ (Object.fromEntries(KEYS.map((key) => [key, query.get(key) ?? ""])));
  return { ...read, sort: read.sort || DEFAULT_SORT };
}

/** @param {Query} query */
export function writeAddress(query) {
  const told = parametersOf(query.sort === DEFAULT_SORT ? { ...query, sort: "" } : query);
  history.replaceState(null, "", told.size > 0 ? `${location.pathname}?${told}` : location.pathname);
}

/**
 * @param {Query} query
 * @returns {URLSearchParams} what is set
 */
export function parametersOf(query) {
  return new URLSearchParams(KEYS.filter((key) => query[key] !== "").map((key) => [key, query[key]]));
}

/**
 * @param {Query} query
 * @returns {number} how many filters are set, the order left out
 */
export function filtersSet(query) {
  return KEYS.filter((key) => key !== "sort" && query[key] !== "").length;
}
