/** The conversation in the middle of the page. */

import { announce, clearAnnouncements } from "./announcer.js";
import { getAnswer, getConversation, streamAnswer } from "./api.js";
import { byId, el } from "./dom.js";
import { Draft } from "./draft.js";
import { renderAnswer, renderTurn, renderTurnProblem } from "./render/answer.js";
import { lightCitationsTogether } from "./render/highlight.js";
import { renderWelcome } from "./render/welcome.js";
import { addressOf, addressOfBriefing, draftInAddress, showAddress } from "./router.js";
import { askedWithin } from "./scope.js";
import { say } from "./words.js";

/** @typedef {import("./types.js").Answer} Answer */

const SLICE_MS = 12;

/** Asks, shows answers as they come, and shows a conversation again. */
export class Chat {
  #thread = byId("thread");
  #composer;
  #conversationsChanged;
  #actions;
  #conversationId = /** @type {string|null} */ (null);
  #running = /** @type {AbortController|null} */ (null);
  #view = 0;

  /**
   * @param {{composer: import("./composer.js").Composer, openSource: import("./render/citation.js").OpenSource,
   *   conversationsChanged: (current: string|null) => void, add: () => void}} parts
   */
  constructor({ composer, openSource, conversationsChanged, add }) {
    this.#composer = composer;
    this.#conversationsChanged = conversationsChanged;
    this.#actions = {
      openSource,
      ask: (/** @type {string} */ question) => void this.ask(question),
      edit: (/** @type {string} */ question) => composer.edit(question),
      askAgain: (/** @type {string} */ question, /** @type {Partial<import("./scope.js").Scope>} */ part) => {
        composer.allow(part);
        void this.ask(question, { asWritten: true });
      },
      add,
    };
    lightCitationsTogether(this.#thread);
  }

  /** @returns {string|null} */
  get conversationId() {
    return this.#conversationId;
  }

  /**
   * Shows a conversation, or with null a new chat.
   * @param {string|null} id
   */
  async show(id) {
    this.stop();
    this.#view += 1;
    this.#conversationId = id;
    this.#composer.showConversation(id, draftInAddress().scope);
    clearAnnouncements();
    if (id === null) this.#showWelcome();
    else await this.#restore(id, this.#view);
  }

  /**
   * Shows the conversation of an answer, at that answer.
   * @param {string} id
   */
  async showAnswer(id) {
    const view = (this.#view += 1);
    try {
      const { conversation_id } = await getAnswer(id);
      if (view !== this.#view) return;
      await this.show(conversation_id);
      this.#thread.querySelector(`[data-answer="${CSS.escape(id)}"]`)?.scrollIntoView({ block: "start" });
    } catch (error) {
      if (view === this.#view) this.#thread.replaceChildren(this.#unopened(() => this.showAnswer(id), error.message));
    }
  }

  /** Aborts the answer under way; what has come stays on the page. */
  stop() {
    this.#running?.abort();
  }

  /**
   * @param {string} question
   * @param {{asWritten?: boolean}} [how] asWritten: nothing of the conversation is carried over to it
   */
  async ask(question, { asWritten = false } = {}) {
    if (this.#running || question === "") return;
    const briefing = asWritten ? null : addressOfBriefing(question, this.#composer.scope);
    if (briefing !== null) {
      location.assign(briefing);
      return;
    }
    const running = new AbortController();
    this.#running = running;
    this.#composer.clear();
    this.#composer.setBusy(true);
    const body = this.#addTurn(question);
    await this.#answerInto(body, this.#request(question, asWritten), running.signal);
    this.#running = null;
    this.#composer.focusIfIdle();
    this.#composer.setBusy(false);
  }

  /**
   * @param {HTMLElement} body
   * @param {import("./api.js").Ask} request
   * @param {AbortSignal} signal
   */
  async #answerInto(body, request, signal) {
    clearAnnouncements();
    announce(say("chat.searching_told"));
    const draft = new Draft(body, this.#actions.openSource);
    try {
      for await (const { event, data } of streamAnswer(request, signal)) {
        this.#take(event, data, draft, body);
      }
    } catch (error) {
      if (signal.aborted) draft.end(say("chat.stopped"));
      else this.#showProblem(draft, body, request, error.message);
    }
  }

  /**
   * @param {string} question
   * @param {boolean} asWritten
   * @returns {import("./api.js").Ask}
   */
  #request(question, asWritten) {
    return {
      question,
      ...askedWithin(this.#composer.scope),
      conversation_id: this.#conversationId ?? undefined,
      as_written: asWritten || undefined,
    };
  }

  /**
   * @param {string} event
   * @param {any} data
   * @param {Draft} draft
   * @param {HTMLElement} body
   */
  #take(event, data, draft, body) {
    if (event === "evidence") draft.showEvidence(data.items);
    else if (event === "sentence") {
      draft.addSentence(data);
      announce(data.sentence.text);
    } else if (event === "done") this.#finish(data, body);
  }

  /**
   * @param {Answer} answer
   * @param {HTMLElement} body
   */
  #finish(answer, body) {
    this.#place(answer, body);
    announce(
      answer.status === "declined"
        ? say("declined.title")
        : say("chat.complete", { count: answer.citations.length }),
    );
    if (answer.conversation_id === null) return;
    if (this.#conversationId === null) {
      this.#conversationId = answer.conversation_id;
      this.#composer.nameConversation(answer.conversation_id);
      showAddress(addressOf(answer.conversation_id, this.#composer.scope), { replace: true });
    }
    this.#conversationsChanged(this.#conversationId);
  }

  /**
   * @param {Answer} answer
   * @param {HTMLElement} body
   */
  #place(answer, body) {
    body.closest(".turn")?.setAttribute("data-answer", answer.id);
    body.replaceChildren(renderAnswer(answer, this.#actions));
  }

  /**
   * @param {Draft} draft
   * @param {HTMLElement} body
   * @param {import("./api.js").Ask} request
   * @param {string} text
   */
  #showProblem(draft, body, request, text) {
    draft.endSilently();
    const problem = renderTurnProblem(text, () => {
      if (this.#running) return;
      body.closest(".turn")?.remove();
      void this.ask(request.question, { asWritten: request.as_written });
    });
    body.append(problem);
  }

  /**
   * @param {string} question
   * @returns {HTMLElement} where the answer goes
   */
  #addTurn(question) {
    const { turn, body } = renderTurn(question);
    if (!this.#thread.querySelector(".turn")) this.#thread.replaceChildren(this.#title(say("chat.answers")));
    this.#thread.append(turn);
    // At once: an answer takes milliseconds, and its coming would end a smooth scroll half-way.
    turn.scrollIntoView({ block: "start" });
    return body;
  }

  /** @param {string} text */
  #title(text) {
    return el("h1", { class: "visually-hidden" }, text);
  }

  #showWelcome() {
    document.title = say("site.name");
    this.#thread.replaceChildren(renderWelcome(this.#actions));
    window.scrollTo({ top: 0 });
  }

  /**
   * @param {string} id
   * @param {number} view which call to show() this is; a later one wins
   */
  async #restore(id, view) {
    this.#thread.replaceChildren(el("p", { class: "progress", role: "status" }, say("chat.opening")));
    try {
      const conversation = await getConversation(id);
      if (view === this.#view) await this.#showAnswers(conversation, view);
    } catch (error) {
      if (view === this.#view) this.#thread.replaceChildren(this.#unopened(() => this.show(id), error.message));
    }
  }

  /**
   * @param {() => Promise<void>} again
   * @param {string} reason
   */
  #unopened(again, reason) {
    return el(
      "div",
      { class: "turn-problem", role: "alert" },
      el("p", {}, say("chat.not_opened", { reason })),
      el("button", { type: "button", class: "button", onclick: () => void again() }, say("site.try_again")),
    );
  }

  /**
   * Shows every question at once and fills in the answers from the last one up, a slice of time at a time: a long
   * conversation is there to be used before all of it is built.
   * @param {import("./types.js").Conversation} conversation
   * @param {number} view
   */
  async #showAnswers(conversation, view) {
    document.title = say("site.page_title", { page: conversation.title });
    const turns = conversation.answers.map((answer) => ({ answer, ...renderTurn(answer.question) }));
    this.#thread.replaceChildren(this.#title(conversation.title), ...turns.map(({ turn }) => turn));
    let since = performance.now();
    for (const { answer, turn, body } of turns.reverse()) {
      this.#place(answer, body);
      if (turn === this.#thread.lastElementChild) turn.scrollIntoView({ block: "start" });
      if (performance.now() - since < SLICE_MS) continue;
      await new Promise((resolve) => setTimeout(resolve));
      if (view !== this.#view) return;
      since = performance.now();
    }
  }
}
