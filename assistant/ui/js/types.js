/**
 * The shapes that the HTTP API sends, for editors and readers; nothing here runs.
 *
 * @typedef {"digest"|"news"|"official"|"analysis"|"note"} Kind
 * @typedef {"official"|"news"|"analysis"} SourceKind
 * @typedef {"supported"|"partial"|"unsupported"|null} Verdict
 *
 * @typedef {object} Article
 * @property {string} id
 * @property {string|null} url
 * @property {string} title
 * @property {string} publisher
 * @property {string|null} author
 * @property {string|null} published_on
 * @property {boolean} published_inferred
 * @property {string} retrieved_on
 * @property {string} language
 * @property {Kind} kind
 * @property {SourceKind} source_kind
 * @property {string} origin
 * @property {"A"|"B"|"C"} reliability
 * @property {string[]} elements
 * @property {string} text
 *
 * @typedef {Article & {cited: number, last_cited_at: string|null}} ListedArticle without its text
 *
 * @typedef {object} Citation
 * @property {number} n
 * @property {string} article_id
 * @property {string} passage_id
 * @property {string} quote
 * @property {number} start code points
 * @property {number} end code points
 * @property {string} title
 * @property {string} publisher
 * @property {string|null} published_on
 * @property {boolean} published_inferred
 * @property {"A"|"B"|"C"} reliability
 * @property {string|null} url
 * @property {Kind} kind
 * @property {SourceKind} source_kind
 *
 * @typedef {{text: string, citations: number[], verdict: Verdict}} Sentence
 * @typedef {{code: string, text: string, params: Record<string, unknown>}} Notice
 * @typedef {{value: string, citations: number[], publishers: string[], independent: number,
 *   newest_on: string|null, official: boolean}} ConflictValue
 * @typedef {{about: string, values: ConflictValue[]}} Conflict
 * @typedef {{from: string|null, until: string|null}} Period both ends inclusive
 *
 * @typedef {object} RegisterStanding where a measure stood on the day `on`
 * @property {string} measure id
 * @property {string} name
 * @property {string} on
 * @property {import("./measures/types.js").Status} status
 * @property {string} since
 * @property {string|null} until
 * @property {import("./measures/types.js").Status|null} last_status only of the status unknown
 * @property {string|null} unknown_after only of the status unknown
 * @property {string|null} scope
 * @property {number[]} citations
 *
 * @typedef {object} RegisterChange
 * @property {string} on
 * @property {boolean} at_latest it had happened by then; the sources do not tell when
 * @property {string} measure id
 * @property {string} name
 * @property {string|null} scope
 * @property {import("./measures/types.js").Status|null} before null: nothing yet
 * @property {import("./measures/types.js").Status} after
 * @property {number[]} citations
 *
 * @typedef {object} Answer
 * @property {string} id
 * @property {string} question
 * @property {string} standalone_question the question as it was understood
 * @property {"answered"|"partial"|"declined"} status
 * @property {Sentence[]} sentences
 * @property {Citation[]} citations
 * @property {Conflict[]} conflicts
 * @property {RegisterStanding[]} [standings] absent in answers kept from before there were any
 * @property {RegisterChange[]} [changes] oldest first; absent as above
 * @property {Notice[]} notices
 * @property {string[]} missing
 * @property {{text: string, reason: string}[]} removed
 * @property {string[]} suggestions
 * @property {string} as_of
 * @property {Period|null} about the time asked about
 * @property {string|null} corpus_current_to
 * @property {string|null} newest_evidence_on
 * @property {string} engine
 * @property {string} fingerprint
 * @property {Record<string, number>} timings_ms
 * @property {string|null} conversation_id
 * @property {boolean} stale
 * @property {Filters|null} [filters] what it was allowed to use; null or absent in answers kept from before
 * @property {number|null} [independent_sources] null for a declined answer, or as above
 * @property {string|null} [corpus_digest] null or absent as above
 *
 * @typedef {{as_of: string|null, since: string|null, until: string|null, publishers: string[]}} Filters
 *
 * @typedef {object} AnswerRecord
 * @property {Answer} answer
 * @property {string} given_at
 * @property {string|null} corpus_digest
 * @property {string} fingerprint
 * @property {{n: number, article_id: string, start: number, end: number, sha256: string, stands: boolean}[]} quotes
 * @property {string} note
 *
 * @typedef {{answer_id: string, created_at: string, rating: "up"|"down", comment: string|null, question: string,
 *   status: string, conversation_id: string}} Feedback
 *
 * @typedef {{id: string, title: string, created_at: string, updated_at: string}} ConversationSummary
 * @typedef {ConversationSummary & {answers: Answer[]}} Conversation
 * @typedef {{passage: {id: string, article_id: string, start: number, end: number, text: string},
 *   article: Article, score: number}} Hit
 *
 * @typedef {object} IngestReport
 * @property {number} added
 * @property {number} updated
 * @property {number} unchanged
 * @property {number} removed
 * @property {number} kept_out
 * @property {string[]} article_ids
 * @property {number} passages
 * @property {{source: string, reason: string}[]} failed
 * @property {{source: string, reason: string}[]} left_out parts of files that were not read
 * @property {number} seconds
 *
 * @typedef {object} Job a link being brought in
 * @property {string} id
 * @property {"queued"|"running"|"done"|"failed"} status
 * @property {string} source
 * @property {number} done
 * @property {number} total
 * @property {IngestReport|null} report
 * @property {string|null} error
 *
 * @typedef {object} SourceReference where a quote stands; `quote` or `check` prove that it still does
 * @property {string} article_id
 * @property {number} [start] code points
 * @property {number} [end] code points
 * @property {string} [quote]
 * @property {string} [check] checksum of the quote, for links
 */

/**
 * @typedef {{id: string, question: string, quotes_sha256: string, saved_at: string,
 *   filters: {as_of: string|null, since: string|null, until: string|null, publishers: string[]}}} SavedQuestion
 */
/**
 * @typedef {{since: string, until: string, articles_left_out: number, saved_left_out: number,
 *   articles: {article_id: string, title: string, publisher: string, what: "new"|"corrected", on: string}[],
 *   measures: {measure_id: string, name: string, status: string, since: string, scope: string|null, known_from: string}[],
 *   saved: {saved: SavedQuestion, status: string, quotes_sha256: string}[]}} Changes
 */

export {};
