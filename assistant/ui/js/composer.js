/** The question box: what is asked, as of which day, and whether an answer is under way. */

import { formatDate } from "./dates.js";
import { byId } from "./dom.js";
import { recall, remember } from "./storage.js";
import { countCodePoints } from "./text.js";

const LIMIT = 4000;
const COUNT_FROM = 3500;

/** The form at the foot of the chat. */
export class Composer {
  #form = /** @type {HTMLFormElement} */ (byId("composer"));
  #question = /** @type {HTMLTextAreaElement} */ (byId("question"));
  #asOf = /** @type {HTMLInputElement} */ (byId("as-of"));
  #send = /** @type {HTMLButtonElement} */ (byId("send"));
  #stop = byId("stop");
  #busy = false;
  #ready = true;
  /** Whether the box holds an understood question, mended: it is complete, nothing is carried over to it. */
  #asWritten = false;
  #conversationId = /** @type {string|null} */ (null);
  #onAsk;

  /**
   * @param {{ask: (question: string, how: {asWritten: boolean}) => void, stop: () => void}} actions
   */
  constructor({ ask, stop }) {
    this.#onAsk = ask;
    this.#stop.addEventListener("click", stop);
    this.#form.addEventListener("submit", (event) => this.#submit(event));
    this.#question.addEventListener("beforeinput", () => this.#forgetEditWhenReplaced());
    this.#question.addEventListener("input", () => this.#refresh());
    this.#question.addEventListener("keydown", (event) => this.#sendOnEnter(event));
    this.#asOf.addEventListener("input", () => this.#asOfChanged());
    byId("as-of-clear").addEventListener("click", () => this.#clearAsOf());
    this.#refresh();
  }

  /** @returns {string|undefined} an ISO day, or undefined for today */
  get asOf() {
    return this.#asOf.value || undefined;
  }

  /**
   * @param {string} question
   * @param {string} asOf
   */
  fill(question, asOf) {
    this.#question.value = question;
    this.#asWritten = false;
    if (asOf) this.#asOf.value = asOf;
    this.#refresh();
  }

  /**
   * Takes an understood question to be mended; it is then asked word for word.
   * @param {string} question
   */
  edit(question) {
    this.fill(question, "");
    this.#asWritten = true;
    this.focus();
    this.#question.setSelectionRange(question.length, question.length);
  }

  /**
   * Brings back the day that was last chosen in a conversation.
   * @param {string|null} conversationId
   */
  showConversation(conversationId) {
    this.#conversationId = conversationId;
    this.#asWritten = false;
    this.#asOf.value = conversationId === null ? "" : recall("as-of", {})[conversationId] ?? "";
    this.#refresh();
  }

  /**
   * A new chat got its id: the day chosen so far is now this conversation's.
   * @param {string} conversationId
   */
  nameConversation(conversationId) {
    this.#conversationId = conversationId;
    this.#rememberAsOf();
  }

  /** @param {boolean} busy */
  setBusy(busy) {
    this.#busy = busy;
    this.#stop.hidden = !busy;
    this.#send.hidden = busy;
    this.#refresh();
  }

  /** @param {boolean} ready */
  setReady(ready) {
    this.#ready = ready;
    this.#refresh();
  }

  /** Empties the box once its question is on its way. */
  clear() {
    this.fill("", "");
  }

  /** Moves the focus into the box. */
  focus() {
    this.#question.focus({ preventScroll: true });
  }

  /**
   * After an answer: back into the box, unless the reader is elsewhere by now or a touch keyboard would pop up.
   */
  focusIfIdle() {
    const idle = document.activeElement === document.body || document.activeElement === this.#stop;
    if (idle && matchMedia("(hover: hover)").matches) this.focus();
  }

  /** Leaves the box, so that the single keys work. */
  leave() {
    if (document.activeElement === this.#question) this.#question.blur();
  }

  /** @param {Event} event */
  #submit(event) {
    event.preventDefault();
    if (this.#send.disabled || this.#busy) return;
    this.#onAsk(this.#question.value.trim(), { asWritten: this.#asWritten });
  }

  /** @param {KeyboardEvent} event */
  #sendOnEnter(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.#form.requestSubmit();
  }

  /** Another text typed or pasted over the whole of the old one is a question of its own. */
  #forgetEditWhenReplaced() {
    const { selectionStart, selectionEnd, value } = this.#question;
    if (selectionStart === 0 && selectionEnd === value.length) this.#asWritten = false;
  }

  #asOfChanged() {
    this.#rememberAsOf();
    this.#refresh();
  }

  #clearAsOf() {
    this.#asOf.value = "";
    this.#asOfChanged();
    this.#asOf.focus();
  }

  #rememberAsOf() {
    if (this.#conversationId === null) return;
    const days = recall("as-of", {});
    if (this.#asOf.value) days[this.#conversationId] = this.#asOf.value;
    else delete days[this.#conversationId];
    remember("as-of", days);
  }

  #refresh() {
    const length = countCodePoints(this.#question.value.trim());
    this.#send.disabled = length === 0 || length > LIMIT || !this.#ready;
    byId("question-limit").textContent = limitText(length);
    byId("question-limit").classList.toggle("is-over", length > LIMIT);
    byId("as-of-clear").hidden = this.#asOf.value === "";
    this.#asOf.classList.toggle("is-empty", this.#asOf.value === "");
    byId("as-of-shown").textContent = this.#asOf.value ? formatDate(this.#asOf.value, "short") : "today";
  }
}

/** @param {number} length */
function limitText(length) {
  if (length < COUNT_FROM) return "";
  const figure = `${length.toLocaleString("en-GB")} of ${LIMIT.toLocaleString("en-GB")}`;
  return length > LIMIT ? `${figure}: shorten the question` : figure;
}
