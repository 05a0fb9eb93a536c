/** The dialog that adds an article from a file or from pasted text, and tells what became of it. */

import { addArticle } from "./api.js";
import { openDialog } from "./dialogs.js";
import { el } from "./dom.js";
import { counted } from "./text.js";

/** @typedef {import("./types.js").IngestReport} IngestReport */

/**
 * @param {() => void} [added] called after an article went in
 */
export function openAddArticle(added = () => {}) {
  const report = el("div", { class: "report", role: "status" });
  const file = el("div", {}, field("File", el("input", { type: "file", name: "file", id: "add-file" })));
  const pasted = renderPastedFields();
  const form = el(
    "form",
    { class: "add-article" },
    renderChoice(file, pasted),
    file,
    pasted,
    report,
    el("div", { class: "dialog-actions" }, el("button", { class: "button button-main" }, "Add article")),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void submit(form, report, added);
  });
  openDialog("Add an article", form);
}

function renderPastedFields() {
  return el(
    "div",
    { hidden: true },
    field("Text", el("textarea", { name: "text", id: "add-text", rows: 7 })),
    field("Title", el("input", { type: "text", name: "title", id: "add-title" })),
    el(
      "div",
      { class: "field-row" },
      field("Publisher", el("input", { type: "text", name: "publisher", id: "add-publisher" })),
      field("Published on", el("input", { type: "date", name: "published_on", id: "add-date" })),
    ),
  );
}

/**
 * @param {HTMLElement} file
 * @param {HTMLElement} pasted
 */
function renderChoice(file, pasted) {
  const show = (/** @type {HTMLElement} */ shown) => {
    for (const part of [file, pasted]) part.hidden = part !== shown;
  };
  return el(
    "fieldset",
    { class: "choice" },
    el("legend", {}, "From"),
    renderOption("file", "a file", () => show(file), true),
    renderOption("text", "pasted text", () => show(pasted), false),
  );
}

/**
 * @param {string} value
 * @param {string} label
 * @param {() => void} onchange
 * @param {boolean} checked
 */
function renderOption(value, label, onchange, checked) {
  return el("label", {}, el("input", { type: "radio", name: "from", value, onchange, checked }), label);
}

/**
 * @param {string} label
 * @param {HTMLElement} control
 */
function field(label, control) {
  return el("div", { class: "field" }, el("label", { for: control.id }, label), control);
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLElement} report
 * @param {() => void} added
 */
async function submit(form, report, added) {
  const article = readForm(form);
  if (article === null) {
    report.replaceChildren(el("p", { class: "report-problem" }, "Choose a file or paste a text first."));
    return;
  }
  const button = /** @type {HTMLButtonElement} */ (form.querySelector(".button-main"));
  button.disabled = true;
  report.replaceChildren(el("p", {}, "Adding…"));
  try {
    const told = await addArticle(article);
    report.replaceChildren(...renderReport(told));
    if (told.added || told.updated) added();
  } catch (error) {
    report.replaceChildren(el("p", { class: "report-problem" }, error.message));
  } finally {
    button.disabled = false;
  }
}

/**
 * @param {HTMLFormElement} form
 * @returns {FormData|Record<string, string>|null} null when there is neither file nor text
 */
function readForm(form) {
  const { from, file, ...fields } = Object.fromEntries(new FormData(form));
  if (from === "file") {
    const upload = new FormData();
    upload.set("file", file);
    return file instanceof File && file.size > 0 ? upload : null;
  }
  const pasted = Object.entries(fields).filter(([, value]) => String(value).trim() !== "");
  return fields.text ? /** @type {Record<string, string>} */ (Object.fromEntries(pasted)) : null;
}

/**
 * @param {IngestReport} report
 * @returns {HTMLElement[]}
 */
function renderReport(report) {
  const counts = [
    `${report.added} added`,
    `${report.updated} updated`,
    `${report.unchanged} unchanged`,
    counted(report.passages, "passage"),
    `${report.failed.length} failed`,
  ];
  const failures = report.failed.map((each) =>
    el("li", {}, el("strong", {}, each.source), el("span", { class: "reason" }, each.reason)),
  );
  const list = failures.length > 0 ? [el("ul", { class: "report-failures" }, ...failures)] : [];
  return [el("p", { class: "report-counts" }, counts.join(" · ")), ...list];
}
