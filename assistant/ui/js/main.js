/** Puts the chat page together. */

import { Chat } from "./chat.js";
import { Composer } from "./composer.js";
import { Connection } from "./connection.js";
import { Conversations } from "./conversations.js";
import { byId } from "./dom.js";
import { Drawer } from "./drawer.js";
import { connectFold } from "./fold.js";
import { listenForKeys, showKeys } from "./keys.js";
import { addPatterns } from "./measures/svg.js";
import { openForPrint } from "./print.js";
import { QuoteCard } from "./quote-card.js";
import { citationOf } from "./render/citation.js";
import { addressOf, answerInAddress, conversationInAddress, draftInAddress, showAddress } from "./router.js";
import { SourcePane } from "./source-pane.js";

const pane = new SourcePane();
const drawer = new Drawer();
const quoteCard = new QuoteCard(byId("thread"), citationOf);

/** @type {Composer} */
const composer = new Composer({
  ask: (question, how) => void chat.ask(question, how),
  stop: () => chat.stop(),
  limited: (scope) => showAddress(addressOf(chat.conversationId, scope), { replace: true }),
});

const conversations = new Conversations({
  open: (id) => void goTo(id),
  deleted: (id) => void afterDelete(id),
});

const chat = new Chat({
  composer,
  openSource: (reference, trigger, among) => void pane.open(reference, trigger, among),
  conversationsChanged: (current) => void conversations.refresh(current),
  add: () => void openAdding(),
});

/** @param {string|null} id */
async function goTo(id) {
  showAddress(addressOf(id));
  drawer.close();
  await showCurrent();
}

async function showCurrent() {
  pane.close();
  const answerId = answerInAddress();
  if (answerId !== null) return void (await chat.showAnswer(answerId));
  const id = conversationInAddress();
  conversations.select(id);
  await chat.show(id);
  if (id !== null) showAddress(addressOf(id, composer.scope), { replace: true });
}

/** @param {string} id */
async function afterDelete(id) {
  if (id === chat.conversationId) {
    showAddress(addressOf(null), { replace: true });
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
  connectFold();
  openForPrint();
  listenForKeys({ escape, reached: (chip) => pane.isOpen && chip.click() });
  window.addEventListener("popstate", () => {
    if (!pane.takeStepBack()) void showCurrent();
  });
  new Connection((ready) => {
    composer.setReady(ready);
    if (ready) void conversations.refresh(chat.conversationId);
  });
  await showCurrent();
  composer.fill(draftInAddress().question);
}

void start();
