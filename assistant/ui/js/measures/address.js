/** The address bar holds what the page shows, so that a link or the way back shows the same. */

const DELAY_MS = 250;
const KEYS = /** @type {const} */ (["as_of", "search", "issuer", "element", "view"]);

/**
 * @typedef {object} Shown
 * @property {string} as_of empty means today
 * @property {string} search
 * @property {string} issuer
 * @property {string} element
 * @property {string} view empty means the timeline
 * @property {string[]} open ids of measures
 */

/** @returns {Shown} */
export function readAddress() {
  const query = new URLSearchParams(location.search);
  const shown = /** @type {any} */ (Object.fromEntries(KEYS.map((key) => [key, query.get(key) ?? ""])));
  return { ...shown, open: query.getAll("measure") };
}

/**
 * @param {string} id
 * @param {string} day ISO 8601
 * @returns {string} the page as of a day, with one measure open
 */
export function measureHref(id, day) {
  return `/measures?${new URLSearchParams({ as_of: day, measure: id })}`;
}

/** @type {ReturnType<typeof setTimeout>|undefined} */
let waiting;

/**
 * Browsers refuse addresses that change too often, as they do while the line is dragged: the last one wins.
 * @param {Shown} shown
 */
export function writeAddress(shown) {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    const query = new URLSearchParams(KEYS.filter((key) => shown[key]).map((key) => [key, shown[key]]));
    for (const id of shown.open) query.append("measure", id);
    history.replaceState(null, "", query.size > 0 ? `${location.pathname}?${query}` : location.pathname);
  }, DELAY_MS);
}
