/** The HTTP API under /v1. Every failure is a Problem whose message can be shown to the reader. */

import { fetchWithKey } from "./access-key.js";
import { parametersOf } from "./scope.js";
import { readEvents } from "./sse.js";
import { say } from "./words.js";

/** @typedef {import("./types.js").Answer} Answer */
/**
 * @typedef {{question: string, conversation_id?: string, as_of?: string, since?: string, until?: string,
 *   publishers?: string[], engine?: string, as_written?: boolean}} Ask
 */

/** Told to the window when a request finds no server. */
export const UNREACHABLE_EVENT = "assistant-unreachable";

/** An error as the API tells it (RFC 9457); `status` is 0 when there was no response. */
export class Problem extends Error {
  /**
   * @param {number} status
   * @param {string} title
   * @param {string} detail
   */
  constructor(status, title, detail) {
    super(detail || title);
    this.status = status;
    this.title = title;
    this.detail = detail;
  }
}

/**
 * @param {any} body
 * @param {number} status
 * @returns {Problem}
 */
function toProblem(body, status) {
  const detail = Array.isArray(body?.detail)
    ? body.detail.map((/** @type {any} */ part) => part.msg).join("; ")
    : body?.detail;
  const title = body?.title ?? say("site.error", { status });
  return new Problem(Number(body?.status) || status, title, detail ? say("site.problem", { detail: String(detail) }) : "");
}

/**
 * @param {Response} response
 * @returns {Promise<Problem>}
 */
async function problemFrom(response) {
  const body = await response.json().catch(() => null);
  return toProblem(body, response.status);
}

/**
 * @param {string} path
 * @param {RequestInit} [options]
 * @returns {Promise<Response>}
 */
async function request(path, options) {
  let response;
  try {
    response = await fetchWithKey(path, options);
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    window.dispatchEvent(new Event(UNREACHABLE_EVENT));
    throw new Problem(0, "", say("site.unreachable"));
  }
  if (!response.ok) throw await problemFrom(response);
  return response;
}

/**
 * @param {string} path
 * @param {RequestInit} [options]
 * @returns {Promise<any>}
 */
async function requestJson(path, options) {
  return (await request(path, options)).json();
}

/**
 * @param {string} method
 * @param {unknown} body
 * @returns {RequestInit}
 */
function withJson(method, body) {
  return { method, headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
}

/**
 * Asks, and gives the events as they come; ends after `done`.
 * @param {Ask} ask
 * @param {AbortSignal} signal
 * @returns {AsyncGenerator<{event: string, data: any}>}
 */
export async function* streamAnswer(ask, signal) {
  const options = withJson("POST", ask);
  const headers = { ...options.headers, Accept: "text/event-stream" };
  const response = await request("/v1/answers", { ...options, headers, signal });
  for await (const { event, data } of eventsOf(response)) {
    const body = JSON.parse(data);
    if (event === "error") throw toProblem(body, 500);
    yield { event, data: body };
    if (event === "done") return;
  }
  throw new Problem(0, "", say("site.cut_off"));
}

/** @param {Response} response */
async function* eventsOf(response) {
  try {
    yield* readEvents(/** @type {ReadableStream<Uint8Array>} */ (response.body));
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Problem(0, "", say("site.cut_off"));
  }
}

/**
 * @param {string} id
 * @returns {Promise<Answer>} the answer as it was given
 */
export function getAnswer(id) {
  return requestJson(`/v1/answers/${encodeURIComponent(id)}`);
}

/**
 * @param {string|null} cursor
 * @param {string} words "" means all
 * @returns {Promise<{items: import("./types.js").ConversationSummary[], next: string|null}>}
 */
export function listConversations(cursor, words) {
  const found = words ? `&${new URLSearchParams({ q: words })}` : "";
  return requestJson(`/v1/conversations${pageQuery(30, cursor)}${found}`);
}

/**
 * @param {"answers"|"conversations"} what
 * @param {string} id
 * @param {string} format "md", "docx", "html" or "json"
 * @returns {string} where the file is downloaded from
 */
export function exportHref(what, id, format) {
  return `/v1/${what}/${encodeURIComponent(id)}/export?format=${format}`;
}

/**
 * @param {string} href
 * @returns {Promise<{content: Blob, name: string}>} a file of the API; asked for like all else, access key included
 */
export async function getFile(href) {
  const response = await request(href);
  const [, name = "brief"] = /filename="([^"]+)"/.exec(response.headers.get("Content-Disposition") ?? "") ?? [];
  return { content: await response.blob(), name };
}

/**
 * @param {string} id
 * @returns {Promise<import("./types.js").AnswerRecord>}
 */
export function getRecord(id) {
  return requestJson(exportHref("answers", id, "json"));
}

/**
 * @param {string} id
 * @param {"up"|"down"} rating
 * @param {string} [comment]
 */
export async function sendFeedback(id, rating, comment) {
  await request(`/v1/answers/${encodeURIComponent(id)}/feedback`, withJson("POST", { rating, comment }));
}

/**
 * @param {"up"|"down"|""} rating "" means both
 * @param {string|null} cursor
 * @returns {Promise<{items: import("./types.js").Feedback[], next: string|null, counts: {up: number, down: number}}>}
 */
export function listFeedback(rating, cursor) {
  return requestJson(`/v1/feedback${pageQuery(50, cursor)}${rating ? `&rating=${rating}` : ""}`);
}

/**
 * @param {string} id
 * @returns {Promise<import("./types.js").Conversation>}
 */
export function getConversation(id) {
  return requestJson(`/v1/conversations/${encodeURIComponent(id)}`);
}

/**
 * @param {string} id
 * @param {string} title
 */
export async function renameConversation(id, title) {
  await request(`/v1/conversations/${encodeURIComponent(id)}`, withJson("PATCH", { title }));
}

/** @param {string} id */
export async function deleteConversation(id) {
  await request(`/v1/conversations/${encodeURIComponent(id)}`, { method: "DELETE" });
}

/**
 * @param {string} id
 * @param {AbortSignal} [signal]
 * @returns {Promise<import("./types.js").Article>}
 */
export function getArticle(id, signal) {
  return requestJson(`/v1/articles/${encodeURIComponent(id)}`, { signal });
}

/**
 * @param {string} id
 * @param {AbortSignal} signal
 * @returns {Promise<import("./render/passages.js").Passage[]>}
 */
export async function getPassages(id, signal) {
  return (await requestJson(`/v1/articles/${encodeURIComponent(id)}/passages`, { signal })).items;
}

/**
 * @param {URLSearchParams} query filters and order
 * @param {string|null} cursor
 * @param {AbortSignal} signal
 * @returns {Promise<{items: import("./types.js").ListedArticle[], next: string|null, total: number}>}
 */
export function listArticles(query, cursor, signal) {
  const all = new URLSearchParams([...query, ["limit", "50"]]);
  if (cursor) all.set("cursor", cursor);
  return requestJson(`/v1/articles?${all}`, { signal });
}

/** @returns {Promise<Record<"publishers"|"kinds"|"languages", {value: string, articles: number}[]>>} */
export function getFacets() {
  return requestJson("/v1/facets");
}

/** @returns {Promise<string[]>} names of the engines that may be asked for */
export async function listEngines() {
  const { data } = await requestJson("/v1/models");
  return data.map((/** @type {{id: string}} */ model) => model.id);
}

/** @param {string} id */
export async function removeArticle(id) {
  await request(`/v1/articles/${encodeURIComponent(id)}`, { method: "DELETE" });
}

/**
 * @param {FormData|Record<string, string>} article a form with `file`, or the fields of a pasted text or a link
 * @param {AbortSignal} signal
 * @returns {Promise<any>} an ingest report, or for a link a job
 */
export function addArticle(article, signal) {
  const options = article instanceof FormData ? { method: "POST", body: article } : withJson("POST", article);
  return requestJson("/v1/articles", { ...options, signal });
}

/**
 * @param {string} id
 * @param {AbortSignal} signal
 * @returns {Promise<import("./types.js").Job>}
 */
export function getJob(id, signal) {
  return requestJson(`/v1/jobs/${encodeURIComponent(id)}`, { signal });
}

/**
 * @param {string|null} asOf a day; null means today
 * @returns {Promise<import("./measures/types.js").Register>}
 */
export function listMeasures(asOf) {
  return requestJson(`/v1/measures${asOf === null ? "" : `?${new URLSearchParams({ as_of: asOf })}`}`);
}

/**
 * @param {Record<string, string>} item `element`, `form`, `code`, `destination` where they are told
 * @param {string} day
 * @returns {Promise<import("./measures/types.js").Coverage>}
 */
export function checkCoverage(item, day) {
  return requestJson(`/v1/coverage?${new URLSearchParams({ ...item, day })}`);
}

/**
 * @param {string} topic
 * @param {import("./scope.js").Scope} scope
 * @returns {Promise<import("./briefing/types.js").Briefing>}
 */
export function getBriefing(topic, scope) {
  return requestJson(`/v1/briefings?${new URLSearchParams([["topic", topic], ...parametersOf(scope)])}`);
}

/**
 * @param {string} topic
 * @param {import("./scope.js").Scope} scope
 * @param {string} format "md", "docx", "html" or "json"
 * @returns {string} where the file is downloaded from
 */
export function exportBriefingHref(topic, scope, format) {
  return `/v1/briefings/export?${new URLSearchParams([["topic", topic], ...parametersOf(scope), ["format", format]])}`;
}

/** @param {{question: string, as_of?: string|null, since?: string|null, until?: string|null, publishers?: string[]}} asked */
export async function saveQuestion(asked) {
  await request("/v1/saved", withJson("POST", asked));
}

/** @returns {Promise<import("./types.js").SavedQuestion[]>} */
export async function listSaved() {
  return (await requestJson("/v1/saved")).items;
}

/** @param {string} id */
export async function deleteSaved(id) {
  await request(`/v1/saved/${encodeURIComponent(id)}`, { method: "DELETE" });
}

/**
 * @param {string} since a day, which counts too
 * @returns {Promise<import("./types.js").Changes>}
 */
export function getChanges(since) {
  return requestJson(`/v1/changes?${new URLSearchParams({ since })}`);
}

/** @returns {Promise<import("./evals/types.js").Runs>} */
export function listEvalResults() {
  return requestJson("/v1/evals");
}

/**
 * @param {string} name
 * @returns {Promise<import("./evals/types.js").Result>}
 */
export function getEvalResult(name) {
  return requestJson(`/v1/evals/${encodeURIComponent(name)}`);
}

/** Resolves when the assistant can answer; otherwise throws the Problem that says why not. */
export async function checkReady() {
  await request("/readyz");
}

/**
 * @param {number} limit
 * @param {string|null} [cursor]
 */
function pageQuery(limit, cursor) {
  const query = new URLSearchParams({ limit: String(limit) });
  if (cursor) query.set("cursor", cursor);
  return `?${query}`;
}
