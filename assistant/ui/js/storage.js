/** What the page remembers, in this browser or in this tab. Works, forgetfully, where storage is refused. */

const PREFIX = "rare-earth-brief.";

/**
 * @template T
 * @param {string} key
 * @param {T} fallback
 * @returns {T}
 */
export function recall(key, fallback) {
  return read(() => localStorage, key, fallback);
}

/**
 * @param {string} key
 * @param {unknown} value
 */
export function remember(key, value) {
  write(() => localStorage, key, value);
}

/**
 * @template T
 * @param {string} key
 * @param {T} fallback
 * @returns {T}
 */
export function recallInTab(key, fallback) {
  return read(() => sessionStorage, key, fallback);
}

/**
 * @param {string} key
 * @param {unknown} value
 */
export function rememberInTab(key, value) {
  write(() => sessionStorage, key, value);
}

/**
 * @template T
 * @param {() => Storage} storage
 * @param {string} key
 * @param {T} fallback
 * @returns {T}
 */
function read(storage, key, fallback) {
  try {
    const stored = storage().getItem(PREFIX + key);
    return stored === null ? fallback : JSON.parse(stored);
  } catch {
    return fallback;
  }
}

/**
 * @param {() => Storage} storage
 * @param {string} key
 * @param {unknown} value
 */
function write(storage, key, value) {
  try {
    storage().setItem(PREFIX + key, JSON.stringify(value));
  } catch {
    // Private windows may refuse storage: the choice then lasts for this page only.
  }
}
