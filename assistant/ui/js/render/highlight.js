/** Pointing at a chip lights its card, and the other way round, within one turn. */

/**
 * @param {HTMLElement} thread
 */
export function lightCitationsTogether(thread) {
  for (const type of ["pointerover", "focusin"]) thread.addEventListener(type, (event) => light(thread, event.target));
  for (const type of ["pointerleave", "focusout"]) thread.addEventListener(type, () => light(thread, null));
}

/**
 * @param {HTMLElement} thread
 * @param {EventTarget|null} target
 */
function light(thread, target) {
  for (const lit of thread.querySelectorAll(".is-lit")) lit.classList.remove("is-lit");
  const cited = target instanceof Element ? target.closest("[data-citation]") : null;
  const n = cited?.getAttribute("data-citation");
  if (!n) return;
  for (const same of cited.closest(".turn")?.querySelectorAll(`[data-citation="${CSS.escape(n)}"]`) ?? []) {
    same.classList.add("is-lit");
  }
}
