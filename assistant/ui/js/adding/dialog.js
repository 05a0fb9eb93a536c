/** The dialog that adds articles: files dropped or chosen, links, or pasted text. */

import { openDialog } from "../dialogs.js";
import { el } from "../dom.js";
import { enumerated, say } from "../words.js";
import { renderItems } from "./items.js";
import { AddingQueue } from "./queue.js";
import { MAX_UPLOAD_BYTES, sendFile, sendLink, sendText } from "./sending.js";

const NAME_LENGTH = 120;

/**
 * @param {() => void} [changed] called after an article went in
 */
export function openAddArticles(changed = () => {}) {
  const list = el("ul", { class: "adding", "aria-label": say("adding.list") });
  const status = el("p", { class: "visually-hidden", role: "status" });
  const queue = new AddingQueue((items) => renderItems(list, status, items, queue), changed);
  const panes = { files: renderFiles(queue), links: renderLinks(queue), text: renderText(queue) };
  const dialog = openDialog(say("adding.heading"), renderChoice(panes), ...Object.values(panes), list, status);
  takeDrops(dialog, panes.files, queue);
  dialog.addEventListener("close", () => queue.cancelAll());
}

/** @param {Record<string, HTMLElement>} panes */
function renderChoice(panes) {
  const names = { files: say("adding.files"), links: say("adding.links"), text: say("adding.text") };
  const options = Object.entries(names).map(([value, name], index) => {
    panes[value].hidden = index > 0;
    const onchange = () => {
      for (const [key, pane] of Object.entries(panes)) pane.hidden = key !== value;
    };
    return el("label", {}, el("input", { type: "radio", name: "from", value, onchange, checked: index === 0 }), name);
  });
  return el("fieldset", { class: "choice" }, el("legend", {}, say("adding.from")), ...options);
}

/** @param {AddingQueue} queue */
function renderFiles(queue) {
  const input = el("input", { type: "file", multiple: true, hidden: true, id: "add-files" });
  input.addEventListener("change", () => {
    addFiles([...(input.files ?? [])], queue);
    input.value = "";
  });
  return el(
    "div",
    { class: "drop-zone" },
    el("p", {}, say("adding.drop")),
    el("button", { type: "button", class: "button", onclick: () => input.click() }, say("adding.choose")),
    input,
    el("p", { class: "hint" }, say("adding.limit", { most: MAX_UPLOAD_BYTES / 1024 / 1024 })),
  );
}

/**
 * @param {File[]} files
 * @param {AddingQueue} queue
 */
function addFiles(files, queue) {
  for (const file of files) queue.add(shortName(file.name), sendFile(file));
}

/**
 * Anywhere in the dialog will do: a near miss must not make the browser leave the page for the file.
 * @param {HTMLElement} dialog
 * @param {HTMLElement} zone
 * @param {AddingQueue} queue
 */
function takeDrops(dialog, zone, queue) {
  dialog.addEventListener("dragover", (event) => {
    event.preventDefault();
    zone.classList.add("is-over");
  });
  dialog.addEventListener("dragleave", (event) => {
    if (!dialog.contains(/** @type {Node|null} */ (event.relatedTarget))) zone.classList.remove("is-over");
  });
  dialog.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("is-over");
    for (const item of event.dataTransfer?.items ?? []) dropped(item, queue);
  });
}

/**
 * @param {DataTransferItem} item
 * @param {AddingQueue} queue
 */
function dropped(item, queue) {
  const file = item.getAsFile();
  if (file === null) return;
  if (!item.webkitGetAsEntry()?.isDirectory) return addFiles([file], queue);
  queue.add(shortName(file.name), () => Promise.reject(new Error(say("adding.folder"))));
}

/** @param {AddingQueue} queue */
function renderLinks(queue) {
  const area = el("textarea", { id: "add-links", rows: 4, placeholder: "https://example.org/notice", spellcheck: "false" });
  const problem = el("p", { class: "form-problem", role: "alert" });
  return form(say("adding.add_links"), problem, () => {
    const links = area.value.split(/\s+/).filter(Boolean);
    const bad = links.filter((link) => !isWebAddress(link));
    problem.textContent = links.length === 0
      ? say("adding.no_link")
      : bad.length > 0 ? say("adding.bad_links", { links: enumerated(bad.map(shortName)) }) : "";
    for (const link of new Set(links)) if (isWebAddress(link)) queue.add(shortName(link), sendLink(link));
    area.value = bad.join("\n");
  }, field(say("adding.links_field"), area));
}

/** @param {AddingQueue} queue */
function renderText(queue) {
  const text = el("textarea", { id: "add-text", rows: 7 });
  const title = el("input", { type: "text", id: "add-title", maxlength: 500 });
  const publisher = el("input", { type: "text", id: "add-publisher", maxlength: 200 });
  const day = el("input", { type: "date", id: "add-date" });
  const problem = el("p", { class: "form-problem", role: "alert" });
  const row = el("div", { class: "field-row" }, field(say("adding.publisher_field"), publisher), field(say("adding.published_field"), day));
  return form(say("adding.add_text"), problem, () => {
    problem.textContent = text.value.trim() === "" ? say("adding.no_text") : "";
    if (problem.textContent) return;
    const all = { text: text.value, title: title.value, publisher: publisher.value, published_on: day.value };
    const fields = Object.fromEntries(Object.entries(all).filter(([, value]) => value.trim() !== ""));
    queue.add(shortName(title.value.trim() || text.value.trim()), sendText(fields));
    for (const control of [text, title, publisher, day]) control.value = "";
  }, field(say("adding.text_field"), text), field(say("adding.title_field"), title), row);
}

/**
 * @param {string} label
 * @param {HTMLElement} problem
 * @param {() => void} submit
 * @param {...HTMLElement} fields
 */
function form(label, problem, submit, ...fields) {
  const onsubmit = (/** @type {Event} */ event) => (event.preventDefault(), submit());
  const button = el("button", { class: "button button-main" }, label);
  return el("form", { novalidate: true, onsubmit }, ...fields, problem, el("div", { class: "dialog-actions" }, button));
}

/**
 * @param {string} label
 * @param {HTMLElement} control
 */
function field(label, control) {
  return el("div", { class: "field" }, el("label", { for: control.id }, label), control);
}

/** @param {string} link */
function isWebAddress(link) {
  return URL.canParse(link) && ["http:", "https:"].includes(new URL(link).protocol);
}

/** @param {string} name */
function shortName(name) {
  return name.length > NAME_LENGTH ? `${name.slice(0, NAME_LENGTH - 1)}…` : name;
}
