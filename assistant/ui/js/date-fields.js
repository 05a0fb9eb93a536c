/** Days in forms, spelled out while they are not being typed: the browser's own "10/11/2026" can be read two ways. */

import { formatDate } from "./dates.js";

/** Writes over each date field what it holds, or what it stands for while it is empty. */
export function spellOutDates() {
  for (const field of document.querySelectorAll(".date-field")) {
    const input = /** @type {HTMLInputElement} */ (field.querySelector("input"));
    const shown = /** @type {HTMLElement} */ (field.querySelector(".date-shown"));
    shown.textContent = input.value ? formatDate(input.value, "short") : String(input.dataset.empty);
    shown.classList.toggle("is-empty", input.value === "");
  }
}

/** Keeps them spelled out as they are changed. */
export function watchDates() {
  document.addEventListener("input", spellOutDates);
  document.addEventListener("change", spellOutDates);
  spellOutDates();
}
