/** The source beside the chat: the article at its quote. */

import { getArticle } from "./api.js";
import { byId, el, icon, hiddenText } from "./dom.js";
import { renderArticle } from "./render/article.js";
import { articleHref } from "./sources.js";
import { rememberInTab } from "./storage.js";

/** @typedef {import("./types.js").SourceReference} SourceReference */

const WIDE = "(min-width: 1100px)";

/** Opens sources beside the chat where there is room, else on their own page. */
export class SourcePane {
  #pane = byId("source-pane");
  #trigger = /** @type {HTMLElement|null} */ (null);
  #loading = new AbortController();

  /** @returns {boolean} */
  get isOpen() {
    return !this.#pane.hidden;
  }

  /**
   * @param {SourceReference} reference
   * @param {HTMLElement} trigger gets the focus back when the pane closes
   */
  async open(reference, trigger) {
    if (!matchMedia(WIDE).matches) {
      rememberInTab("answer-address", location.pathname + location.search);
      location.assign(articleHref(reference));
      return;
    }
    this.#markTrigger(trigger);
    this.#loading.abort();
    this.#loading = new AbortController();
    const { signal } = this.#loading;
    this.#show(reference, el("p", { class: "pane-loading", role: "status" }, "Opening the source…"));
    try {
      const article = await getArticle(reference.article_id, signal);
      if (!signal.aborted) this.#showArticle(article, reference);
    } catch (error) {
      if (!signal.aborted) this.#show(reference, el("p", { class: "source-warning", role: "alert" }, error.message));
    }
  }

  /** Closes the pane and gives the focus back. */
  close() {
    if (!this.isOpen) return;
    this.#loading.abort();
    this.#pane.hidden = true;
    this.#pane.replaceChildren();
    document.body.classList.remove("has-source");
    const trigger = this.#trigger;
    this.#markTrigger(null);
    if (trigger?.isConnected) trigger.focus();
    else byId("question").focus();
  }

  /** @param {HTMLElement|null} trigger */
  #markTrigger(trigger) {
    this.#trigger?.classList.remove("is-open");
    this.#trigger = trigger;
    trigger?.classList.add("is-open");
  }

  /**
   * @param {import("./types.js").Article} article
   * @param {SourceReference} reference
   */
  #showArticle(article, reference) {
    const { node, mark } = renderArticle(article, reference, "h2");
    const scroller = this.#show(reference, node);
    if (mark) scrollTo(scroller, mark);
    /** @type {HTMLElement} */ (node.querySelector("h2")).focus({ preventScroll: true });
  }

  /**
   * @param {SourceReference} reference
   * @param {HTMLElement} content
   * @returns {HTMLElement} the part that scrolls
   */
  #show(reference, content) {
    const scroller = el("div", { class: "pane-body", tabindex: "0", role: "group", "aria-label": "Article" }, content);
    this.#pane.replaceChildren(this.#bar(reference), scroller);
    this.#pane.hidden = false;
    document.body.classList.add("has-source");
    return scroller;
  }

  /** @param {SourceReference} reference */
  #bar(reference) {
    return el(
      "div",
      { class: "pane-bar" },
      el("a", { class: "tool", href: articleHref(reference) }, icon("page"), "Open article page"),
      el(
        "button",
        { type: "button", class: "icon-button", onclick: () => this.close() },
        icon("close"),
        hiddenText("Close the source"),
      ),
    );
  }
}

/**
 * Brings the mark into view; where it is in view already, nothing moves.
 * @param {HTMLElement} scroller
 * @param {HTMLElement} mark
 */
function scrollTo(scroller, mark) {
  const height = scroller.clientHeight;
  if (mark.offsetTop + mark.offsetHeight > height * 0.85) scroller.scrollTop = mark.offsetTop - height / 3;
}
