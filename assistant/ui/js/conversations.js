/** The list of conversations: choose, rename, delete. */

import { deleteConversation, listConversations, renameConversation } from "./api.js";
import { formatTimestamp } from "./dates.js";
import { askToConfirm } from "./dialogs.js";
import { byId, el, hiddenText, icon } from "./dom.js";
import { addressOf } from "./router.js";

/** @typedef {import("./types.js").ConversationSummary} Summary */

/** The list in the sidebar. */
export class Conversations {
  #root = byId("conversations");
  #items = /** @type {Summary[]} */ ([]);
  #next = /** @type {string|null} */ (null);
  #current = /** @type {string|null} */ (null);
  #actions;

  /**
   * @param {{open: (id: string) => void, deleted: (id: string) => void}} actions
   */
  constructor(actions) {
    this.#actions = actions;
  }

  /**
   * Reads the list again.
   * @param {string|null} current the conversation that is open
   */
  async refresh(current) {
    this.#current = current;
    try {
      ({ items: this.#items, next: this.#next } = await listConversations());
      this.#render();
    } catch (error) {
      this.#showProblem(`Conversations could not be listed. ${error.message}`);
    }
  }

  /** @param {string|null} current */
  select(current) {
    this.#current = current;
    this.#render();
  }

  async #more() {
    const page = await listConversations(this.#next);
    this.#items.push(...page.items);
    this.#next = page.next;
    this.#render();
  }

  #render() {
    const list = this.#items.length > 0
      ? el("ul", { class: "conversation-list" }, ...this.#items.map((item) => this.#row(item)))
      : el("p", { class: "conversation-none" }, "Your questions will be kept here.");
    this.#root.replaceChildren(el("h2", {}, "Conversations"), list);
    if (this.#next) this.#root.append(this.#moreButton());
  }

  #moreButton() {
    const onclick = () => this.#try(this.#more());
    return el("button", { type: "button", class: "text-button", onclick }, "Show more");
  }

  /** @param {Summary} item */
  #row(item) {
    const link = el(
      "a",
      { class: "conversation-link", href: addressOf(item.id), "aria-current": item.id === this.#current && "page" },
      el("span", { class: "conversation-title", dir: "auto" }, item.title),
      el("span", { class: "conversation-date" }, formatTimestamp(item.updated_at)),
    );
    link.addEventListener("click", (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      this.#actions.open(item.id);
    });
    const row = el("li", { class: "conversation" }, link);
    row.append(
      this.#tool("pencil", `Rename “${item.title}”`, () => this.#startRename(item, row)),
      this.#tool("trash", `Delete “${item.title}”`, () => this.#try(this.#delete(item))),
    );
    return row;
  }

  /**
   * @param {string} symbol
   * @param {string} label
   * @param {() => void} onclick
   */
  #tool(symbol, label, onclick) {
    return el("button", { type: "button", class: "conversation-tool", onclick }, icon(symbol), hiddenText(label));
  }

  /**
   * @param {Summary} item
   * @param {HTMLElement} row
   */
  #startRename(item, row) {
    const input = el("input", { type: "text", value: item.title, "aria-label": "New name", maxlength: 200 });
    const form = el("form", { class: "rename" }, input, el("button", { class: "button" }, "Save"));
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
      title: "Delete this conversation?",
      text: `“${item.title}” and its answers will be gone for good.`,
      confirm: "Delete",
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
