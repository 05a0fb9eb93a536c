/** The page /briefing?topic=…&as_of=…: one topic, all in quotes. */

import { getBriefing } from "./api.js";
import { renderBriefing } from "./briefing/render.js";
import { byId, el } from "./dom.js";
import { addPatterns } from "./measures/svg.js";

const query = new URLSearchParams(location.search);

async function start() {
  const topic = query.get("topic") ?? "";
  const asOf = query.get("as_of") ?? "";
  /** @type {HTMLInputElement} */ (byId("topic")).value = topic;
  /** @type {HTMLInputElement} */ (byId("as-of")).value = asOf;
  if (topic.trim() === "") {
    byId("topic").focus();
    return;
  }
  await read(topic, asOf);
}

/**
 * @param {string} topic
 * @param {string} asOf
 */
async function read(topic, asOf) {
  byId("progress").textContent = "Reading the corpus…";
  byId("problem").hidden = true;
  try {
    const briefing = await getBriefing(topic, asOf);
    document.title = `${briefing.topic} · Briefing · Rare Earth Brief`;
    /** @type {HTMLInputElement} */ (byId("topic")).value = briefing.topic;
    byId("briefing").replaceChildren(...renderBriefing(briefing));
    byId("progress").textContent = "";
  } catch (error) {
    byId("progress").textContent = "";
    const again = el("button", { type: "button", class: "button", onclick: () => void read(topic, asOf) }, "Try again");
    byId("problem").replaceChildren(el("p", {}, error.message), again);
    byId("problem").hidden = false;
  }
}

/** Leaves an empty day out of the address. */
function sendOnlyWhatIsSet() {
  const day = /** @type {HTMLInputElement} */ (byId("as-of"));
  day.disabled = day.value === "";
  setTimeout(() => (day.disabled = false));
}

addPatterns();
byId("briefing-form").addEventListener("submit", sendOnlyWhatIsSet);
void start();
