/** The source: the article at its quote, beside the chat where there is room, else over it. */

import { getArticle, getPassages } from "./api.js";
import { byId, el, hiddenText, icon } from "./dom.js";
import { renderArticle } from "./render/article.js";
import { renderPassages } from "./render/passages.js";
import { articleHref, sourceName } from "./sources.js";
import { rememberInTab } from "./storage.js";
import { say } from "./words.js";

/** @typedef {import("./types.js").Article} Article */
/** @typedef {import("./types.js").Citation} Citation */
/** @typedef {import("./types.js").SourceReference} SourceReference */

const NARROW = "(max-width: 1099.98px)";
const BEHIND = ".top-bar, .sidebar, .stage";

/** Shows sources, moves from quote to quote of one answer, and gives the focus back when closed. */
export class SourcePane {
  #pane = byId("source-pane");
  #scrim = byId("pane-scrim");
  #place = el("p", { class: "pane-place", role: "status" });
  #scroller = el("div", { class: "pane-body", tabindex: "0", role: "group", "aria-label": say("pane.article") });
  #trigger = /** @type {HTMLElement|null} */ (null);
  #among = /** @type {Citation[]} */ ([]);
  #article = /** @type {Article|null} */ (null);
  #loading = new AbortController();
  /** Whether the step back that closing took is still to be heard of. */
  #steppedBack = false;

  constructor() {
    this.#scrim.addEventListener("click", () => this.close());
    matchMedia(NARROW).addEventListener("change", () => this.isOpen && this.#cover());
  }

  /** @returns {boolean} */
  get isOpen() {
    return !this.#pane.hidden;
  }

  /**
   * @param {SourceReference} reference
   * @param {HTMLElement} trigger gets the focus back when the pane closes
   * @param {Citation[]} [among] the citations of the same answer
   */
  async open(reference, trigger, among = []) {
    const wasOpen = this.isOpen;
    this.#markTrigger(trigger);
    this.#among = among;
    this.#reveal();
    await this.#show(reference);
    if (!wasOpen) this.#focusHeading();
  }

  /** Closes the pane and gives the focus back. */
  close() {
    if (!this.isOpen) return;
    this.#loading.abort();
    this.#pane.hidden = true;
    document.body.classList.remove("has-source");
    this.#cover();
    const trigger = this.#trigger;
    this.#markTrigger(null);
    if (trigger?.isConnected) trigger.focus();
    else byId("question").focus();
    if (history.state?.source) {
      this.#steppedBack = true;
      history.back();
    }
  }

  /**
   * Over the chat, the way back closes the pane.
   * @returns {boolean} whether this step through the history was about the pane
   */
  takeStepBack() {
    const isOurs = this.#steppedBack || (this.isOpen && this.#covers());
    this.#steppedBack = false;
    this.close();
    return isOurs;
  }

  /** @param {SourceReference} reference */
  async #show(reference) {
    this.#loading.abort();
    this.#loading = new AbortController();
    this.#pane.replaceChildren(this.#bar(reference), this.#scroller);
    if (this.#article?.id === reference.article_id) this.#showArticle(this.#article, reference);
    else await this.#read(reference, this.#loading.signal);
  }

  /**
   * @param {SourceReference} reference
   * @param {AbortSignal} signal
   */
  async #read(reference, signal) {
    this.#scroller.replaceChildren(el("p", { class: "pane-loading", role: "status" }, say("pane.opening")));
    try {
      const article = await getArticle(reference.article_id, signal);
      if (!signal.aborted) this.#showArticle(article, reference);
    } catch (error) {
      if (!signal.aborted) this.#showProblem(error.message, reference);
    }
  }

  /**
   * @param {Article} article
   * @param {SourceReference} reference
   */
  #showArticle(article, reference) {
    this.#article = article;
    const { node, mark } = renderArticle(article, reference, "h2", this.#among);
    this.#scroller.replaceChildren(node);
    scrollTo(this.#scroller, mark);
    void this.#addPassages(article, reference, node);
  }

  /**
   * The rest of the article's passages; without them the article stands as it is.
   * @param {Article} article
   * @param {SourceReference} reference
   * @param {HTMLElement} node
   */
  async #addPassages(article, reference, node) {
    const passages = await getPassages(article.id, this.#loading.signal).catch(() => []);
    if (!node.isConnected) return;
    const list = renderPassages(passages, reference, this.#among, (chosen) => void this.#show(chosen));
    if (list) node.append(list);
  }

  /**
   * @param {string} message
   * @param {SourceReference} reference
   */
  #showProblem(message, reference) {
    const again = () => void this.#show(reference);
    this.#scroller.replaceChildren(
      el("p", { class: "source-warning", role: "alert" }, message),
      el("button", { type: "button", class: "button", onclick: again }, say("site.try_again")),
    );
  }

  /** @param {SourceReference} reference */
  #bar(reference) {
    return el(
      "div",
      { class: "pane-bar" },
      ...this.#steps(reference),
      el(
        "a",
        {
          class: "icon-button pane-page",
          href: articleHref(reference),
          title: say("pane.open_page"),
          onclick: () => rememberInTab("answer-address", location.pathname + location.search),
        },
        icon("page"),
        hiddenText(say("pane.open_page")),
      ),
      this.#button("close", say("pane.close"), () => this.close()),
    );
  }

  /**
   * Previous, where we are, next; without a place among the citations only the name of the source.
   * @param {SourceReference} reference
   */
  #steps(reference) {
    const at = this.#among.findIndex((citation) => isSame(citation, reference));
    const step = (/** @type {number} */ by) => this.#step(at + by);
    const placed = at >= 0 && this.#among.length > 1;
    const words = at >= 0 ? [say("quote.place", { at: at + 1, of: this.#among.length }), sourceName(this.#among[at])] : [];
    this.#place.replaceChildren(...words.map((text) => el("span", {}, el("bdi", {}, text))));
    if (!placed) return [this.#place];
    return [
      this.#button("previous", say("quote.previous"), () => step(-1), at === 0),
      this.#button("next", say("quote.next"), () => step(1), at === this.#among.length - 1),
      this.#place,
    ];
  }

  /** @param {number} at */
  async #step(at) {
    const citation = this.#among[at];
    const pressed = document.activeElement?.getAttribute("data-step");
    await this.#show(citation);
    const chip = this.#trigger?.closest(".turn")?.querySelector(`.chip[data-citation="${citation.n}"]`);
    if (chip instanceof HTMLElement) this.#markTrigger(chip);
    const button = /** @type {HTMLButtonElement|null} */ (this.#pane.querySelector(`[data-step="${pressed}"]`));
    (button?.disabled ? this.#scroller : button)?.focus();
  }

  /**
   * @param {string} symbol
   * @param {string} label
   * @param {() => void} onclick
   * @param {boolean} [disabled]
   */
  #button(symbol, label, onclick, disabled = false) {
    const attributes = { type: "button", class: "icon-button", title: label, "data-step": symbol, disabled, onclick };
    return el("button", attributes, icon(symbol), hiddenText(label));
  }

  #focusHeading() {
    /** @type {HTMLElement|null} */ (this.#pane.querySelector("h2") ?? this.#scroller).focus({ preventScroll: true });
  }

  #reveal() {
    if (!this.isOpen && this.#covers()) history.pushState({ source: true }, "");
    this.#pane.hidden = false;
    document.body.classList.add("has-source");
    this.#cover();
  }

  /** Over the chat, the pane is all there is to reach; beside it, both are. */
  #cover() {
    const covers = this.isOpen && this.#covers();
    this.#scrim.hidden = !covers;
    for (const node of document.querySelectorAll(BEHIND)) node.toggleAttribute("inert", covers);
  }

  #covers() {
    return matchMedia(NARROW).matches;
  }

  /** @param {HTMLElement|null} trigger */
  #markTrigger(trigger) {
    this.#trigger?.classList.remove("is-open");
    this.#trigger = trigger;
    trigger?.classList.add("is-open");
  }
}

/**
 * @param {SourceReference} one
 * @param {SourceReference} other
 */
function isSame(one, other) {
  return one.article_id === other.article_id && one.start === other.start && one.end === other.end;
}

/**
 * Brings the mark into view; where it is in view already, nothing moves.
 * @param {HTMLElement} scroller
 * @param {HTMLElement|null} mark null scrolls to the beginning
 */
function scrollTo(scroller, mark) {
  const height = scroller.clientHeight;
  const isBelow = mark !== null && mark.offsetTop + mark.offsetHeight > height * 0.85;
  scroller.scrollTop = isBelow ? mark.offsetTop - height / 3 : 0;
}
