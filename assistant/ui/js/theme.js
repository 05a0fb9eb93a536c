/** System, light or dark: a class on <html>, remembered in this browser. */

import { recall, remember } from "./storage.js";

const THEMES = ["system", "light", "dark"];

/** @returns {string} */
function currentTheme() {
  const stored = recall("theme", "system");
  return THEMES.includes(stored) ? stored : "system";
}

/** @param {string} theme */
function applyTheme(theme) {
  const root = document.documentElement;
  root.classList.remove("theme-light", "theme-dark");
  if (theme !== "system") root.classList.add(`theme-${theme}`);
  const labels = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-theme-label]"));
  for (const node of labels) node.textContent = String(node.dataset[theme]);
}

function nextTheme() {
  const theme = THEMES[(THEMES.indexOf(currentTheme()) + 1) % THEMES.length];
  remember("theme", theme);
  applyTheme(theme);
}

function start() {
  applyTheme(currentTheme());
  for (const button of document.querySelectorAll("[data-theme-toggle]")) {
    button.addEventListener("click", nextTheme);
  }
}

applyTheme(currentTheme());
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();
