/** The page /briefing?topic=…&as_of=…: one topic, all in quotes. */

import { getBriefing } from "./api.js";
import { watchDates } from "./date-fields.js";
import { renderBriefing } from "./briefing/render.js";
import { byId, el } from "./dom.js";
import { addPatterns } from "./measures/svg.js";
import { parametersOf, scopeIn } from "./scope.js";
import { say } from "./words.js";

const query = new URLSearchParams(location.search);
const scope = scopeIn(query);

async function start() {
  const topic = query.get("topic") ?? "";
  /** @type {HTMLInputElement} */ (byId("topic")).value = topic;
  /** @type {HTMLInputElement} */ (byId("as-of")).value = scope.asOf;
  watchDates();
  if (topic.trim() === "") {
    byId("empty").hidden = false;
    byId("topic").focus();
    return;
  }
  await read(topic);
}

/** @param {string} topic */
async function read(topic) {
  byId("progress").textContent = say("briefing.reading");
  byId("problem").hidden = true;
  try {
    const briefing = await getBriefing(topic, scope);
    document.title = say("briefing.title", { topic: briefing.topic });
    /** @type {HTMLInputElement} */ (byId("topic")).value = briefing.topic;
    byId("briefing").replaceChildren(...renderBriefing(briefing));
    byId("progress").textContent = "";
  } catch (error) {
    byId("progress").textContent = "";
    const again = el("button", { type: "button", class: "button", onclick: () => void read(topic) }, say("site.try_again"));
    byId("problem").replaceChildren(el("p", {}, error.message), again);
    byId("problem").hidden = false;
  }
}

/** What the address limits besides topic and day goes along with the next topic. */
function keepLimits() {
  const limits = parametersOf({ ...scope, asOf: "" });
  byId("briefing-form").append(...limits.map(([name, value]) => el("input", { type: "hidden", name, value })));
}

/** Leaves an empty day out of the address. */
function sendOnlyWhatIsSet() {
  const day = /** @type {HTMLInputElement} */ (byId("as-of"));
  day.disabled = day.value === "";
  setTimeout(() => (day.disabled = false));
}

addPatterns();
keepLimits();
byId("briefing-form").addEventListener("submit", sendOnlyWhatIsSet);
void start();
