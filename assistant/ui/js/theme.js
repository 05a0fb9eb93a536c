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
  const label = `Theme: ${theme[0].toUpperCase()}${theme.slice(1)}`;
  for (const node of document.querySelectorAll("[data-theme-label]")) node.textContent = label;
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
