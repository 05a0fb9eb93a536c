/**
 * The shape of a briefing that the HTTP API sends; nothing here runs.
 *
 * @typedef {{text: string, citations: number[], figures: string[]}} Statement
 * @typedef {{text: string, reason: "unknown_after"|"unanswered", measure: string|null}} OpenQuestion
 *
 * @typedef {object} BriefedMeasure
 * @property {string} id
 * @property {string} name
 * @property {string} issuer
 * @property {import("../types.js").RegisterStanding[]} standings
 * @property {import("../measures/types.js").Stretch[]} timeline
 *
 * @typedef {object} Briefing
 * @property {string} topic
 * @property {"answered"|"declined"} status
 * @property {string} as_of
 * @property {{since: string|null, until: string|null, publishers: string[]}} filters
 * @property {string|null} corpus_current_to
 * @property {string|null} recent_since
 * @property {Statement[]} what_it_is
 * @property {BriefedMeasure[]} measures
 * @property {import("../types.js").RegisterChange[]} changes oldest first
 * @property {Statement[]} figures
 * @property {import("../types.js").Conflict[]} conflicts
 * @property {Statement[]} voices
 * @property {Statement[]} recent
 * @property {import("../types.js").RegisterChange[]} recent_changes
 * @property {OpenQuestion[]} open_questions
 * @property {import("../types.js").Citation[]} citations
 * @property {string|null} newest_evidence_on
 * @property {number} independent_sources
 * @property {number} left_out
 * @property {string} corpus_digest
 * @property {string} fingerprint
 */

export {};
