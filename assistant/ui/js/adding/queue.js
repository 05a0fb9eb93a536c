/** What is being added, one after the other: the server writes one at a time. */

import { say } from "../words.js";

/**
 * @typedef {object} Item
 * @property {string} name file name, address or title
 * @property {"waiting"|"working"|"done"|"failed"|"stopped"} state
 * @property {string} words what became of it
 * @property {{done: number, total: number}|null} progress
 * @property {string[]} articleIds where it can be read
 * @property {{source: string, reason: string}[]} failures parts of it that failed or were left out
 * @property {Send} send
 * @property {AbortController} stop
 *
 * @typedef {{words: string, articleIds: string[], failures: Item["failures"], changed: boolean}} Outcome
 * @typedef {(signal: AbortSignal, told: (words: string, progress: Item["progress"]) => void) => Promise<Outcome>} Send
 */

export class AddingQueue {
  /**
   * @param {(items: Item[]) => void} show
   * @param {() => void} changed called after something went in
   */
  constructor(show, changed) {
    this.items = /** @type {Item[]} */ ([]);
    this.show = show;
    this.changed = changed;
    this.running = false;
  }

  /**
   * @param {string} name
   * @param {Send} send rejects with the reason when it fails
   */
  add(name, send) {
    const rest = { progress: null, articleIds: [], failures: [], stop: new AbortController() };
    this.items.push({ name, send, state: "waiting", words: say("adding.waiting"), ...rest });
    void this.run();
  }

  /** @param {Item} item */
  retry(item) {
    Object.assign(item, { state: "waiting", words: say("adding.waiting"), progress: null, failures: [], stop: new AbortController() });
    void this.run();
  }

  /** @param {Item} item */
  cancel(item) {
    const words = say(item.state === "working" ? "adding.stopped" : "adding.not_sent");
    Object.assign(item, { state: "stopped", words, progress: null });
    item.stop.abort();
    this.show(this.items);
  }

  /** Stops whatever is not finished. */
  cancelAll() {
    for (const item of this.items) if (item.state === "waiting" || item.state === "working") this.cancel(item);
  }

  async run() {
    this.show(this.items);
    if (this.running) return;
    this.running = true;
    for (let item = this.next(); item; item = this.next()) await this.send(item);
    this.running = false;
  }

  next() {
    return this.items.find((item) => item.state === "waiting");
  }

  /** @param {Item} item */
  async send(item) {
    const { signal } = item.stop;
    const told = (/** @type {string} */ words, /** @type {Item["progress"]} */ progress) => {
      if (!signal.aborted) this.update(item, { words, progress });
    };
    this.update(item, { state: "working", words: say("adding.sending") });
    try {
      const { changed, ...outcome } = await item.send(signal, told);
      if (signal.aborted) return;
      this.update(item, { ...outcome, state: "done", progress: null });
      if (changed) this.changed();
    } catch (error) {
      if (!signal.aborted) this.update(item, { state: "failed", words: error.message, progress: null });
    }
  }

  /**
   * @param {Item} item
   * @param {Partial<Item>} changes
   */
  update(item, changes) {
    Object.assign(item, changes);
    this.show(this.items);
  }
}
