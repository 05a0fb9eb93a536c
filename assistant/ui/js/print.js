/** On paper nothing can be unfolded: what was left out of answers stands open while printing. */

const FOLDED = ".left-out:not([open])";

/** Opens what is folded before printing, and folds it again after. */
export function openForPrint() {
  /** @type {HTMLDetailsElement[]} */
  let opened = [];
  window.addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll(FOLDED)];
    for (const details of opened) details.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const details of opened) details.open = false;
  });
}
