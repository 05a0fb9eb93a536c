/** How a file, a text and a link reach the server, and what its report says in words. */

import { addArticle, getJob, Problem } from "../api.js";
import { counted } from "../text.js";

/** @typedef {import("../types.js").IngestReport} IngestReport */
/** @typedef {import("./queue.js").Send} Send */
/** @typedef {import("./queue.js").Outcome} Outcome */

/** The server's own limit of a request, assistant.api.guards. */
export const MAX_UPLOAD_BYTES = 20 * 1024 * 1024;
const POLL_MS = 1_000;
const NO_LINKS = "This server cannot fetch links. Save the page and add the file.";

/**
 * @param {File} file
 * @returns {Send}
 */
export function sendFile(file) {
  return async (signal) => {
    if (file.size > MAX_UPLOAD_BYTES) throw new Error(`${tooLarge(file.size)} Split it, or save only its text.`);
    if (file.size === 0) throw new Error("The file is empty.");
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
    if (size > MAX_UPLOAD_BYTES) throw new Error(`${tooLarge(size)} Paste less of it.`);
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
    if (job.status === "failed") throw new Error(job.error || failures[0]?.reason || "It failed; the server did not say why.");
    if (job.report === null) throw new Error("It is done, but the server did not say what went in.");
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
    if (error instanceof Problem && [404, 405, 501].includes(error.status)) throw new Error(NO_LINKS);
    throw error;
  }
}

/**
 * @param {import("../types.js").Job} job
 * @returns {[string, {done: number, total: number}|null]}
 */
function progressOf(job) {
  if (job.status === "queued") return ["Waiting for the server", null];
  if (job.total <= 1) return ["Fetching…", null];
  return [`Fetching, ${job.done} of ${counted(job.total, "page")}`, { done: job.done, total: job.total }];
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
    report.added > 0 && `${report.added} added, ${counted(report.passages, "passage")}`,
    report.updated > 0 && `${report.updated} updated`,
    report.unchanged > 0 && `${report.unchanged} already here, unchanged`,
    report.kept_out > 0 && `${report.kept_out} removed earlier and kept out`,
    report.failed.length > 0 && `${report.failed.length} failed`,
    report.left_out?.length > 0 && "not all of it was read",
  ].filter(Boolean);
  return parts.length > 0 ? parts.join(" · ") : "Nothing in it to add";
}

/** @param {number} bytes */
function tooLarge(bytes) {
  const megabytes = (bytes / 1024 / 1024).toLocaleString("en-GB", { maximumFractionDigits: 1 });
  return `Not sent: it has ${megabytes} MiB, and the limit is ${MAX_UPLOAD_BYTES / 1024 / 1024} MiB.`;
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
