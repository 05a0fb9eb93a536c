/** The other language: the same address, asked for in it. The server remembers the choice in a cookie. */

/** @param {MouseEvent} event */
function keepAddress(event) {
  const link = /** @type {HTMLAnchorElement} */ (event.currentTarget);
  const address = new URL(location.href);
  address.searchParams.set("lang", String(link.dataset.language));
  link.href = address.href;
}

function start() {
  for (const link of document.querySelectorAll("[data-language]")) {
    link.addEventListener("click", (event) => keepAddress(/** @type {MouseEvent} */ (event)));
  }
}

start();
