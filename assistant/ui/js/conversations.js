/** The list of conversations: find, choose, rename, hand on, delete. */

import { deleteConversation, exportHref, listConversations, renameConversation } from "./api.js";
import { formatTimestamp } from "./dates.js";
import { askToConfirm } from "./dialogs.js";
import { byId, el, hiddenText, icon, inOwnLanguage } from "./dom.js";
import { saveFile } from "./download.js";
import { openMenu } from "./popover.js";
import { addressOf } from "./router.js";
import { say } from "./words.js";

/** @typedef {import("./types.js").ConversationSummary} Summary */

const TYPING_MS = 200;

/** The list in the sidebar. */
export class Conversations {
  #root = byId("conversations");
  #items = /** @type {Summary[]} */ ([]);
  #next = /** @type {string|null} */ (null);
  #current = /** @type {string|null} */ (null);
  #search = /** @type {HTMLInputElement} */ (byId("conversation-search"));
  #typing = /** @type {ReturnType<typeof setTimeout>|undefined} */ (undefined);
  /** Counts requests: an answer that comes late must not replace a newer one. */
  #asked = 0;
  #actions;

  /**
   * @param {{open: (id: string) => void, deleted: (id: string) => void}} actions
   */
  constructor(actions) {
    this.#actions = actions;
    this.#search.addEventListener("input", () => this.#searchSoon());
  }

  /**
   * Reads the list again.
   * @param {string|null} current the conversation that is open
   */
  async refresh(current) {
    this.#current = current;
    const asked = (this.#asked += 1);
    try {
      const page = await listConversations(null, this.#words);
      if (asked !== this.#asked) return;
      ({ items: this.#items, next: this.#next } = page);
      this.#render();
    } catch (error) {
      this.#showProblem(say("conversations.unlisted", { reason: error.message }));
    }
  }

  get #words() {
    return this.#search.value.trim();
  }

  #searchSoon() {
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => void this.refresh(this.#current), TYPING_MS);
  }

  /** @param {string|null} current */
  select(current) {
    this.#current = current;
    this.#render();
  }

  async #more() {
    const page = await listConversations(this.#next, this.#words);
    this.#items.push(...page.items);
    this.#next = page.next;
    this.#render();
  }

  #render() {
    const list = this.#items.length > 0
      ? el("ul", { class: "conversation-list" }, ...this.#items.map((item) => this.#row(item)))
      : el("p", { class: "conversation-none" }, say(this.#words ? "conversations.none_found" : "conversations.none"));
    this.#root.replaceChildren(el("h2", { class: "visually-hidden" }, say("chat.conversations")), list);
    if (this.#next) this.#root.append(this.#moreButton());
  }

  #moreButton() {
    const onclick = () => this.#try(this.#more());
    return el("button", { type: "button", class: "text-button", onclick }, say("site.show_more"));
  }

  /** @param {Summary} item */
  #row(item) {
    const link = el(
      "a",
      { class: "conversation-link", href: addressOf(item.id), "aria-current": item.id === this.#current && "page" },
      el("span", { class: "conversation-title", ...inOwnLanguage(item.title) }, item.title),
      el("span", { class: "conversation-date" }, formatTimestamp(item.updated_at)),
    );
    link.addEventListener("click", (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      this.#actions.open(item.id);
    });
    const row = el("li", { class: "conversation" }, link);
    const label = say("conversations.menu", { title: item.title });
    const more = el(
      "button",
      {
        type: "button",
        class: "conversation-tool",
        "aria-haspopup": "dialog",
        "aria-expanded": "false",
        onclick: () => openMenu(more, label, this.#choices(item, row)),
      },
      icon("more"),
      hiddenText(label),
    );
    row.append(more);
    return row;
  }

  /**
   * @param {Summary} item
   * @param {HTMLElement} row
   * @returns {import("./popover.js").MenuItem[]}
   */
  #choices(item, row) {
    const save = (/** @type {string} */ format) => () => this.#try(saveFile(exportHref("conversations", item.id, format)));
    return [
      { icon: "pencil", text: say("conversations.rename"), run: () => this.#startRename(item, row) },
      { icon: "share", text: say("conversations.share"), run: save("html") },
      { icon: "page", text: say("conversations.markdown"), run: save("md") },
      { icon: "page", text: say("conversations.word"), run: save("docx") },
      { icon: "page", text: say("conversations.json"), run: save("json") },
      { icon: "trash", text: say("conversations.remove"), run: () => this.#try(this.#delete(item)), isDangerous: true },
    ];
  }

  /**
   * @param {Summary} item
   * @param {HTMLElement} row
   */
  #startRename(item, row) {
    const input = el("input", { type: "text", value: item.title, "aria-label": say("conversations.new_name"), maxlength: 200 });
    const form = el("form", { class: "rename" }, input, el("button", { class: "button" }, say("conversations.save")));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#try(this.#rename(item, input.value.trim()));
    });
    form.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      this.#render();
      this.#focus(item.id);
    });
    row.replaceChildren(form);
    input.select();
  }

  /**
   * @param {Summary} item
   * @param {string} title
   */
  async #rename(item, title) {
    if (title !== "" && title !== item.title) await renameConversation(item.id, title);
    await this.refresh(this.#current);
    this.#focus(item.id);
  }

  /** @param {Summary} item */
  async #delete(item) {
    const confirmed = await askToConfirm({
      title: say("conversations.remove_title"),
      text: say("conversations.remove_text", { title: item.title }),
      confirm: say("conversations.remove"),
    });
    if (!confirmed) return;
    await deleteConversation(item.id);
    this.#actions.deleted(item.id);
  }

  /** @param {string} id */
  #focus(id) {
    const links = /** @type {NodeListOf<HTMLElement>} */ (this.#root.querySelectorAll(".conversation-link"));
    [...links].find((link) => link.getAttribute("href") === addressOf(id))?.focus();
  }

  /** @param {Promise<void>} work */
  #try(work) {
    work.catch((error) => this.#showProblem(error.message));
  }

  /** @param {string} text */
  #showProblem(text) {
    this.#root.querySelector(".conversation-problem")?.remove();
    this.#root.append(el("p", { class: "conversation-problem", role: "alert" }, text));
  }
}
