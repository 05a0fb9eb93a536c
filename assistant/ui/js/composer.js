/** The question box: what is asked, what may be used for it, and whether an answer is under way. */

import { Controls } from "./controls.js";
import { byId } from "./dom.js";
import { isUnlimited, recallScope, rememberScope } from "./scope.js";
import { countCodePoints } from "./text.js";
import { say } from "./words.js";

const LIMIT = 4000;
const COUNT_FROM = 3500;

/** The form at the foot of the chat. */
export class Composer {
  #form = /** @type {HTMLFormElement} */ (byId("composer"));
  #question = /** @type {HTMLTextAreaElement} */ (byId("question"));
  #send = /** @type {HTMLButtonElement} */ (byId("send"));
  #stop = byId("stop");
  #busy = false;
  #ready = true;
  /** Whether the box holds an understood question, mended: it is complete, nothing is carried over to it. */
  #asWritten = false;
  #conversationId = /** @type {string|null} */ (null);
  #onAsk;
  #controls;

  /**
   * @param {{ask: (question: string, how: {asWritten: boolean}) => void, stop: () => void,
   *   limited: (scope: import("./scope.js").Scope) => void}} actions `limited`: what may be used was changed
   */
  constructor({ ask, stop, limited }) {
    this.#onAsk = ask;
    this.#controls = new Controls((scope) => {
      this.#rememberScope();
      limited(scope);
    });
    this.#stop.addEventListener("click", stop);
    this.#form.addEventListener("submit", (event) => this.#submit(event));
    this.#question.addEventListener("beforeinput", () => this.#forgetEditWhenReplaced());
    this.#question.addEventListener("input", () => this.#refresh());
    this.#question.addEventListener("keydown", (event) => this.#sendOnEnter(event));
    this.#refresh();
  }

  /** @returns {import("./scope.js").Scope} what the next question may use */
  get scope() {
    return this.#controls.scope;
  }

  /** @param {string} question */
  fill(question) {
    this.#question.value = question;
    this.#asWritten = false;
    this.#refresh();
  }

  /**
   * Takes an understood question to be mended; it is then asked word for word.
   * @param {string} question
   */
  edit(question) {
    this.fill(question);
    this.#asWritten = true;
    this.focus();
    this.#question.setSelectionRange(question.length, question.length);
  }

  /**
   * Takes the scope that the address tells, or else brings back the one last chosen in a conversation.
   * @param {string|null} conversationId
   * @param {import("./scope.js").Scope} told
   */
  showConversation(conversationId, told) {
    this.#conversationId = conversationId;
    this.#asWritten = false;
    const isTold = !isUnlimited(told) || conversationId === null;
    this.#controls.show(isTold ? told : recallScope(conversationId));
    this.#refresh();
  }

  /**
   * Changes what may be used, as if the reader had.
   * @param {Partial<import("./scope.js").Scope>} part
   */
  allow(part) {
    this.#controls.change(part);
  }

  /**
   * A new chat got its id: what was chosen so far is now this conversation's.
   * @param {string} conversationId
   */
  nameConversation(conversationId) {
    this.#conversationId = conversationId;
    this.#rememberScope();
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
    this.fill("");
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

  #rememberScope() {
    if (this.#conversationId !== null) rememberScope(this.#conversationId, this.scope);
  }

  #refresh() {
    const length = countCodePoints(this.#question.value.trim());
    this.#send.disabled = length === 0 || length > LIMIT || !this.#ready;
    byId("question-limit").textContent = limitText(length);
    byId("question-limit").classList.toggle("is-over", length > LIMIT);
  }
}

/** @param {number} length */
function limitText(length) {
  if (length < COUNT_FROM) return "";
  return say(length > LIMIT ? "chat.too_long" : "chat.length", { count: length, most: LIMIT });
}
