/** Says so while the assistant cannot answer yet, and looks again until it can. */

import { checkReady } from "./api.js";
import { byId } from "./dom.js";

const RETRY_MS = 3000;

/**
 * @param {(ready: boolean) => void} changed
 */
export async function watchReadiness(changed) {
  try {
    await checkReady();
    byId("readiness").textContent = "";
    changed(true);
  } catch (error) {
    byId("readiness").textContent = `Not ready yet. ${reasonOf(error)}`;
    changed(false);
    setTimeout(() => void watchReadiness(changed), RETRY_MS);
  }
}

/** @param {Error & {status?: number, detail?: string}} error */
function reasonOf(error) {
  return error.status === 503 && !error.detail ? "The corpus is being indexed." : error.message;
}
