/** Sets a run beside an earlier one: only cases that are the same in both, and scored in both, count. */

/** @typedef {import("./types.js").Case} Case */
/** @typedef {import("./types.js").Result} Result */
/** @typedef {{before: number, after: number, difference: number, n: number}} Change */

/**
 * @param {Result} earlier
 * @param {Result} later
 * @returns {{old: Case, now: Case}[]} cases of both runs that ask the same and failed in neither
 */
export function alike(earlier, later) {
  const before = new Map(earlier.cases.map((one) => [one.id, one]));
  return later.cases.flatMap((now) => {
    const old = before.get(now.id);
    return old && old.definition === now.definition && !old.failure && !now.failure ? [{ old, now }] : [];
  });
}

/**
 * @param {{old: Case, now: Case}[]} pairs
 * @param {string} metric
 * @returns {Change|null} null when no case has a score in both
 */
export function changeOf(pairs, metric) {
  const scored = pairs
    .map(({ old, now }) => [old.scores[metric]?.value ?? null, now.scores[metric]?.value ?? null])
    .filter(([old, now]) => old !== null && now !== null);
  if (scored.length === 0) return null;
  const mean = (/** @type {0|1} */ side) => scored.reduce((sum, pair) => sum + pair[side], 0) / scored.length;
  const [before, after] = [mean(0), mean(1)];
  return { before, after, difference: after - before, n: scored.length };
}

/**
 * @param {Case|undefined} old
 * @param {Case} now
 * @returns {boolean} whether status, failure or a score is another
 */
export function hasChanged(old, now) {
  if (!old) return true;
  const told = (/** @type {Case} */ one) => [
    one.status,
    one.failure,
    ...Object.entries(one.scores).map(([metric, score]) => `${metric} ${score.value}`).sort(),
  ];
  return told(old).join("\n") !== told(now).join("\n");
}

/** @param {Case} one */
export function fellShort(one) {
  return one.failure !== null || Object.values(one.scores).some((score) => score.missed.length > 0);
}
