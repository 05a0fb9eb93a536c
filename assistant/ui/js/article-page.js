/** The page of one article, `/articles/{id}?start=…&end=…&check=…`. */

import { getArticle } from "./api.js";
import { byId, el } from "./dom.js";
import { renderArticle } from "./render/article.js";
import { recallInTab } from "./storage.js";
import { say } from "./words.js";

/** @typedef {import("./types.js").SourceReference} SourceReference */

/** @returns {SourceReference} */
function referenceInAddress() {
  const query = new URLSearchParams(location.search);
  const number = (/** @type {string} */ name) => (query.has(name) ? Number(query.get(name)) : undefined);
  return {
    article_id: decodeURIComponent(location.pathname.split("/").slice(2).join("/")),
    start: number("start"),
    end: number("end"),
    check: query.get("check") ?? undefined,
  };
}

/** Leads back to the very answer when the reader came from one. */
function connectBack() {
  const address = recallInTab("answer-address", null);
  if (address === null) return;
  const back = byId("back");
  back.setAttribute("href", address);
  /** @type {HTMLElement} */ (back.querySelector(".label")).textContent = say("article.back");
}

async function start() {
  connectBack();
  const reference = referenceInAddress();
  const root = byId("article");
  root.replaceChildren(el("p", { class: "progress", role: "status" }, say("article.opening")));
  try {
    const article = await getArticle(reference.article_id);
    const { node, mark } = renderArticle(article, reference, "h1");
    document.title = say("site.page_title", { page: article.title });
    root.replaceChildren(node);
    mark?.scrollIntoView({ block: "center" });
  } catch (error) {
    root.replaceChildren(
      el("h1", {}, say("article.unshown")),
      el("p", { role: "alert" }, error.message),
      el("p", {}, el("a", { href: "/articles" }, say("article.see_all"))),
    );
  }
}

void start();
