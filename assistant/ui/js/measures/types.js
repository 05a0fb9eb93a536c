/**
 * The shapes of the register that the HTTP API sends; nothing here runs.
 *
 * @typedef {"announced"|"in_force"|"suspended"|"lapsed"|"repealed"|"superseded"|"unknown"} Status
 *
 * @typedef {object} Evidence
 * @property {string} article
 * @property {string} quote
 * @property {boolean} missing the quote is not in the catalog: shown as such, never linked
 * @property {number|null} start code points
 * @property {number|null} end code points
 * @property {string|null} known_from
 *
 * @typedef {object} Standing
 * @property {Status} status
 * @property {string} since
 * @property {boolean} since_at_latest
 * @property {string|null} until
 * @property {Status|null} last_status
 * @property {string|null} unknown_after
 * @property {string|null} scope
 * @property {string|null} known_from
 * @property {Evidence[]} evidence
 *
 * @typedef {{status: Status, from: string, from_at_latest: boolean, until: string|null, scope: string|null}} Stretch
 * @typedef {Stretch & {known_from: string|null, evidence: Evidence[]}} HistoryEntry
 * @typedef {{elements: string[], forms: string[], control_codes: string[], customs_codes: string[],
 *   destinations: string[], notes: string|null}} Covers
 *
 * @typedef {object} MeasureFacts
 * @property {string} id
 * @property {string} name
 * @property {string[]} aliases
 * @property {string} issuer
 * @property {string|null} instrument
 * @property {string} summary
 * @property {Covers} covers
 * @property {Standing[]} scoped
 * @property {Standing|null} next
 * @property {Stretch[]} timeline in order of time: the whole measure, then each scope
 * @property {HistoryEntry[]} history in order of decision
 * @typedef {MeasureFacts & Standing} Measure where it stands on the day asked about
 *
 * @typedef {{items: Measure[], next: null, reviewed_to: string|null, as_of?: string}} Register
 * @typedef {"element"|"form"|"code"|"destination"} Aspect
 * @typedef {{measure: Measure, by: Aspect[], open: Aspect[]}} Covering
 * @typedef {Record<Aspect, string|null>} Item
 * @typedef {{item: Item, day: string, measures: Covering[], note: string}} Coverage
 */

export {};
