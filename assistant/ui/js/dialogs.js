/** Dialogs inside the page. The browser's <dialog> keeps the focus in, closes on Escape and gives the focus back. */

import { el, hiddenText, icon } from "./dom.js";
import { say } from "./words.js";

/**
 * Shows a dialog and removes it from the page once closed.
 * @param {string} title
 * @param {...import("./dom.js").Child} content
 * @returns {HTMLDialogElement}
 */
export function openDialog(title, ...content) {
  const dialog = el(
    "dialog",
    { class: "dialog", "aria-label": title, onclose: () => dialog.remove() },
    el(
      "div",
      { class: "dialog-head" },
      el("h2", {}, title),
      el(
        "button",
        { type: "button", class: "icon-button", onclick: () => dialog.close() },
        icon("close"),
        hiddenText(say("site.close")),
      ),
    ),
    ...content,
  );
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/**
 * @param {{title: string, text: string, confirm: string}} words
 * @returns {Promise<boolean>} true when the reader confirmed
 */
export function askToConfirm({ title, text, confirm }) {
  return new Promise((resolve) => {
    const dialog = openDialog(
      title,
      el("p", {}, text),
      el(
        "div",
        { class: "dialog-actions" },
        el("button", { type: "button", class: "button", autofocus: true, onclick: () => dialog.close() }, say("site.keep_it")),
        el(
          "button",
          { type: "button", class: "button button-danger", onclick: () => dialog.close("confirmed") },
          confirm,
        ),
      ),
    );
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "confirmed"));
  });
}
