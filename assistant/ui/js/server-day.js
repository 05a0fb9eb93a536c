/** The server's day, told with the page: what counts as today is its to say, not this machine's clock. */

/** @returns {string} YYYY-MM-DD */
export function serverDay() {
  return String(document.documentElement.dataset.today);
}
