/** Saving a file of the API. A plain link would ask without the access key that a server may want. */

import { getFile } from "./api.js";
import { el } from "./dom.js";

const KEPT_MS = 60_000;

/**
 * @param {string} href
 * @returns {Promise<void>} throws the Problem that says why there is no file
 */
export async function saveFile(href) {
  const { content, name } = await getFile(href);
  const address = URL.createObjectURL(content);
  el("a", { href: address, download: name }).click();
  // The browser reads the address a little later than the click.
  setTimeout(() => URL.revokeObjectURL(address), KEPT_MS);
}
