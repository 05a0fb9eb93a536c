/** The quiet bar under the question: as of which day, published when, by whom, and who words the answer. */

import { formatDate } from "./dates.js";
import { byId } from "./dom.js";
import { limitsInWords } from "./periods.js";
import { UNLIMITED } from "./scope.js";
import { say } from "./words.js";

/** @typedef {import("./scope.js").Scope} Scope */

/** Shows a scope and lets the reader change it. */
export class Controls {
  #scope = /** @type {Scope} */ (UNLIMITED);
  #changed;
  #asOf = /** @type {HTMLInputElement} */ (byId("as-of"));

  /** @param {(scope: Scope) => void} changed called when the reader has changed it */
  constructor(changed) {
    this.#changed = changed;
    this.#asOf.addEventListener("input", () => this.change({ asOf: this.#asOf.value }));
    byId("as-of-clear").addEventListener("click", () => this.#clearAsOf());
    for (const name of /** @type {const} */ (["period", "publishers", "engine"])) {
      byId(`control-${name}`).addEventListener("click", () => void this.#open(name));
    }
    this.show(UNLIMITED);
  }

  /** @returns {Scope} */
  get scope() {
    return this.#scope;
  }

  /** @param {Scope} scope */
  show(scope) {
    this.#scope = scope;
    // Written only when it differs: a day being typed is empty until it is whole, and writing would wipe it.
    if (this.#asOf.value !== scope.asOf) this.#asOf.value = scope.asOf;
    this.#asOf.classList.toggle("is-empty", scope.asOf === "");
    byId("as-of-clear").hidden = scope.asOf === "";
    byId("as-of-shown").textContent = scope.asOf ? formatDate(scope.asOf, "short") : say("chat.today");
    label("period", limitsInWords(scope.since, scope.until), say("controls.any_date"));
    label("publishers", publishersInWords(scope.publishers), say("controls.all_publishers"));
    label("engine", scope.engine, say("controls.engine"));
  }

  /** @param {Partial<Scope>} part */
  change(part) {
    this.show({ ...this.#scope, ...part });
    this.#changed(this.#scope);
  }

  #clearAsOf() {
    this.change({ asOf: "" });
    this.#asOf.focus();
  }

  /**
   * The choices are fetched when asked for: most questions need none.
   * @param {"period"|"publishers"|"engine"} name
   */
  async #open(name) {
    const { openChoice } = await import("./control-choices.js");
    openChoice(name, byId(`control-${name}`), this.#scope, (part) => this.change(part));
  }
}

/**
 * @param {string} name
 * @param {string} chosen "" when nothing is
 * @param {string} fallback
 */
function label(name, chosen, fallback) {
  const control = byId(`control-${name}`);
  control.classList.toggle("is-set", chosen !== "");
  byId(`control-${name}-shown`).textContent = chosen || fallback;
  control.title = String(control.textContent).trim().replace(/\s+/g, " ");
}

/** @param {string[]} publishers */
function publishersInWords([first, ...more]) {
  if (first === undefined) return "";
  return more.length > 0 ? say("controls.more_publishers", { first, more: more.length }) : first;
}
