/** The result files of `assistant eval --json`, as the API tells them. */

/** @typedef {{value: number|null, low: number|null, high: number|null, n: number, unscored: number, failed: number}} Figure */
/**
 * @typedef {{metric: string, figure: "value"|"low"|"count", at_least: number|null, at_most: number|null, min_n: number,
 *   got: number|null, n: number, holds: boolean}} Gate
 */
/** @typedef {{value: number|null, missed: string[], why: string|null}} Score */
/**
 * @typedef {{id: string, definition: string, question: string, history: string[], as_of: string|null, tags: string[],
 *   answerable: boolean, status: string|null, confidence: number|null, failure: string|null,
 *   sentences: {text: string, citations: number[]}[], citations: {n: number, article_id: string, quote: string}[],
 *   scores: Record<string, Score>}} Case
 */
/**
 * @typedef {{name: string, set: string, commit: string|null, dirty: boolean|null, today: string, written_at: string,
 *   n: number, metrics: Record<string, Figure>, gates: Gate[]}} Run
 */
/**
 * @typedef {{items: Run[], unreadable: string[], left_out: number, how_to_make_one: string}} Runs
 */
/**
 * @typedef {{set: string, commit: string|null, dirty: boolean|null, today: string, metrics: Record<string, Figure>,
 *   gates: Gate[], cases: Case[]}} Result
 */

export {};
