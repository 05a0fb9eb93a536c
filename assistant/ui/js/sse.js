/** A parser for server-sent events over fetch (EventSource cannot POST). */

/** @typedef {{event: string, data: string}} ServerEvent */

/** Takes text in chunks cut anywhere and gives back the events that are complete. */
export class SseParser {
  #line = "";
  #event = "";
  #data = /** @type {string[]} */ ([]);
  #afterReturn = false;
  #started = false;

  /**
   * @param {string} chunk
   * @returns {ServerEvent[]}
   */
  push(chunk) {
    const events = [];
    for (const character of this.#withoutMark(chunk)) {
      const secondOfPair = character === "\n" && this.#afterReturn;
      this.#afterReturn = character === "\r";
      if (secondOfPair) continue;
      if (character !== "\n" && character !== "\r") this.#line += character;
      else this.#endLine(events);
    }
    return events;
  }

  /** @param {string} chunk */
  #withoutMark(chunk) {
    if (this.#started || chunk === "") return chunk;
    this.#started = true;
    return chunk.startsWith("\ufeff") ? chunk.slice(1) : chunk;
  }

  /** @param {ServerEvent[]} events */
  #endLine(events) {
    const line = this.#line;
    this.#line = "";
    if (line === "") this.#dispatch(events);
    else if (!line.startsWith(":")) this.#field(line);
  }

  /** @param {string} line */
  #field(line) {
    const colon = line.indexOf(":");
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (name === "data") this.#data.push(value);
    else if (name === "event") this.#event = value;
  }

  /** @param {ServerEvent[]} events */
  #dispatch(events) {
    if (this.#data.length > 0) {
      events.push({ event: this.#event || "message", data: this.#data.join("\n") });
    }
    this.#event = "";
    this.#data = [];
  }
}

/**
 * @param {ReadableStream<Uint8Array>} stream
 * @returns {AsyncGenerator<ServerEvent>}
 */
export async function* readEvents(stream) {
  const parser = new SseParser();
  const decoder = new TextDecoder();
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield* parser.push(decoder.decode(value, { stream: true }));
    }
  } finally {
    reader.cancel().catch(() => {}); // the connection may be gone already; there is nothing left to close
  }
}
