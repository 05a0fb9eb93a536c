/** The address bar: `/?c=ID` is a conversation; `/?q=…&as_of=…` fills the box. */

/** @returns {string|null} */
export function conversationInAddress() {
  return new URLSearchParams(location.search).get("c");
}

/** @returns {{question: string, asOf: string}} */
export function draftInAddress() {
  const query = new URLSearchParams(location.search);
  return { question: query.get("q") ?? "", asOf: query.get("as_of") ?? "" };
}

/**
 * @param {string|null} conversationId
 * @returns {string}
 */
export function addressOf(conversationId) {
  return conversationId === null ? "/" : `/?${new URLSearchParams({ c: conversationId })}`;
}

/**
 * @param {string|null} conversationId
 * @param {{replace?: boolean}} [options]
 */
export function showAddress(conversationId, { replace = false } = {}) {
  const address = addressOf(conversationId);
  if (address === location.pathname + location.search) return;
  if (replace) history.replaceState(null, "", address);
  else history.pushState(null, "", address);
}
