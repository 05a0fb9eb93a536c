/** Puts the chat page together. */

import { Chat } from "./chat.js";
import { Composer } from "./composer.js";
import { Conversations } from "./conversations.js";
import { byId } from "./dom.js";
import { Drawer } from "./drawer.js";
import { listenForKeys, showKeys } from "./keys.js";
import { addPatterns } from "./measures/svg.js";
import { QuoteCard } from "./quote-card.js";
import { watchReadiness } from "./readiness.js";
import { citationOf } from "./render/citation.js";
import { conversationInAddress, draftInAddress, showAddress } from "./router.js";
import { SourcePane } from "./source-pane.js";

const pane = new SourcePane();
const drawer = new Drawer();
const quoteCard = new QuoteCard(byId("thread"), citationOf);

/** @type {Composer} */
const composer = new Composer({
  ask: (question, how) => void chat.ask(question, how),
  stop: () => chat.stop(),
});

const conversations = new Conversations({
  open: (id) => void goTo(id),
  deleted: (id) => void afterDelete(id),
});

const chat = new Chat({
  composer,
  openSource: (reference, trigger, among) => void pane.open(reference, trigger, among),
  conversationsChanged: (current) => void conversations.refresh(current),
});

/** @param {string|null} id */
async function goTo(id) {
  showAddress(id);
  drawer.close();
  await showCurrent();
}

async function showCurrent() {
  const id = conversationInAddress();
  pane.close();
  conversations.select(id);
  await chat.show(id);
}

/** @param {string} id */
async function afterDelete(id) {
  if (id === chat.conversationId) {
    showAddress(null, { replace: true });
    await showCurrent();
  }
  await conversations.refresh(chat.conversationId);
}

function escape() {
  if (quoteCard.isOpen) quoteCard.hide();
  else if (drawer.isOpen) drawer.close();
  else if (pane.isOpen) pane.close();
  else composer.leave();
}

function connectButtons() {
  for (const link of document.querySelectorAll("[data-new-question]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      void goTo(null).then(() => composer.focus());
    });
  }
  document.querySelector("[data-add-article]")?.addEventListener("click", () => void openAdding());
  document.querySelector("[data-show-keys]")?.addEventListener("click", showKeys);
}

/** The dialog is fetched when asked for: most readers only ask. */
async function openAdding() {
  const { openAddArticles } = await import("./adding/dialog.js");
  openAddArticles();
}

async function start() {
  addPatterns();
  connectButtons();
  listenForKeys({ escape, reached: (chip) => pane.isOpen && chip.click() });
  window.addEventListener("popstate", () => {
    if (!pane.takeStepBack()) void showCurrent();
  });
  void watchReadiness((ready) => composer.setReady(ready));
  await chat.show(conversationInAddress());
  const { question, asOf } = draftInAddress();
  composer.fill(question, asOf);
  await conversations.refresh(chat.conversationId);
}

void start();
