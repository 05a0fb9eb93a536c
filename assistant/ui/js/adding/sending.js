/** How a file, a text and a link reach the server, and what its report says in words. */

import { Problem, addArticle, getJob } from "../api.js";
import { say } from "../words.js";

/** @typedef {import("../types.js").IngestReport} IngestReport */
/** @typedef {import("./queue.js").Send} Send */
/** @typedef {import("./queue.js").Outcome} Outcome */

/** The server's own limit of a request, assistant.api.guards. */
export const MAX_UPLOAD_BYTES = 20 * 1024 * 1024;
const POLL_MS = 1_000;

/**
 * @param {File} file
 * @returns {Send}
 */
export function sendFile(file) {
  return async (signal) => {
    if (file.size > MAX_UPLOAD_BYTES) throw new Error(`${tooLarge(file.size)} ${say("adding.split")}`);
    if (file.size === 0) throw new Error(say("adding.empty"));
    const form = new FormData();
    form.set("file", file);
    return outcomeOf(await addArticle(form, signal));
  };
}

/**
 * @param {Record<string, string>} fields
 * @returns {Send}
 */
export function sendText(fields) {
  return async (signal) => {
    const size = new Blob([JSON.stringify(fields)]).size;
    if (size > MAX_UPLOAD_BYTES) throw new Error(`${tooLarge(size)} ${say("adding.paste_less")}`);
    return outcomeOf(await addArticle(fields, signal));
  };
}

/**
 * @param {string} url
 * @returns {Send}
 */
export function sendLink(url) {
  return async (signal, told) => {
    let job = await asked(() => addArticle({ url }, signal));
    if (job.article_ids) return outcomeOf(job);
    while (job.status === "queued" || job.status === "running") {
      told(...progressOf(job));
      await pause(POLL_MS, signal);
      job = await asked(() => getJob(job.id, signal));
    }
    const failures = job.report?.failed ?? [];
    if (job.status === "failed") throw new Error(job.error || failures[0]?.reason || say("adding.failed_silently"));
    if (job.report === null) throw new Error(say("adding.done_silently"));
    return outcomeOf(job.report);
  };
}

/**
 * @template T
 * @param {() => Promise<T>} ask
 * @returns {Promise<T>}
 */
async function asked(ask) {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof Problem && [404, 405, 501].includes(error.status)) throw new Error(say("adding.no_links"));
    throw error;
  }
}

/**
 * @param {import("../types.js").Job} job
 * @returns {[string, {done: number, total: number}|null]}
 */
function progressOf(job) {
  if (job.status === "queued") return [say("adding.queued"), null];
  if (job.total <= 1) return [say("adding.fetching"), null];
  return [say("adding.fetching_pages", { done: job.done, count: job.total }), { done: job.done, total: job.total }];
}

/**
 * @param {IngestReport} report
 * @returns {Outcome}
 */
function outcomeOf(report) {
  const failed = report.failed ?? [];
  const went = report.added + report.updated + report.unchanged;
  if (failed.length > 0 && went === 0 && !report.kept_out) throw new Error(failed.map((each) => each.reason).join(" "));
  return {
    words: reportInWords(report),
    articleIds: report.article_ids ?? [],
    failures: [...failed, ...(report.left_out ?? [])],
    changed: report.added + report.updated > 0,
  };
}

/** @param {IngestReport} report */
function reportInWords(report) {
  const parts = [
    report.added > 0 && say("adding.added", { count: report.added, passages: say("chat.passages", { count: report.passages }) }),
    report.updated > 0 && say("adding.updated", { count: report.updated }),
    report.unchanged > 0 && say("adding.unchanged", { count: report.unchanged }),
    report.kept_out > 0 && say("adding.kept_out", { count: report.kept_out }),
    report.failed.length > 0 && say("adding.failed", { count: report.failed.length }),
    report.left_out?.length > 0 && say("adding.left_out"),
  ].filter(Boolean);
  return parts.length > 0 ? parts.join(" · ") : say("adding.nothing");
}

/** @param {number} bytes */
function tooLarge(bytes) {
  const size = Number((bytes / 1024 / 1024).toFixed(1));
  return say("adding.too_large", { size, most: MAX_UPLOAD_BYTES / 1024 / 1024 });
}

/**
 * @param {number} milliseconds
 * @param {AbortSignal} signal
 * @returns {Promise<void>}
 */
function pause(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener("abort", () => (clearTimeout(timer), reject(signal.reason)), { once: true });
  });
}
