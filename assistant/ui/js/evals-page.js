/** The page /evals: one result file, or two side by side; the address says which. */

import { getEvalResult, listEvalResults } from "./api.js";
import { formatDate } from "./dates.js";
import { append, byId, el } from "./dom.js";
import { renderCases } from "./evals/cases.js";
import { renderFigures, renderGates } from "./evals/report.js";
import { enumerated, say } from "./words.js";

/** @typedef {import("./evals/types.js").Run} Run */
/** @typedef {import("./evals/types.js").Runs} Runs */

const run = /** @type {HTMLSelectElement} */ (byId("run"));
const against = /** @type {HTMLSelectElement} */ (byId("against"));
/** @type {Run[]} */
let runs = [];
let asked = 0;

/** @param {Run} one */
function inWords({ name, set, commit, dirty, today }) {
  const run = say("evals.run", { name, set, date: formatDate(today) });
  if (!commit) return run;
  const short = commit.slice(0, 8);
  return `${run} · ${dirty ? say("evals.changed_since", { commit: short }) : short}`;
}

/** @param {Run} one */
function option(one) {
  return el("option", { value: one.name }, inWords(one));
}

/**
 * Only runs of the same set on the same day have the same cases.
 * @param {string} wanted
 */
function offerOthers(wanted) {
  const chosen = runs.find((one) => one.name === run.value);
  const others = runs.filter((one) => one !== chosen && one.set === chosen?.set && one.today === chosen?.today);
  against.replaceChildren(el("option", { value: "" }, say(others.length > 0 ? "evals.nothing" : "evals.no_other")));
  append(against, ...others.map(option));
  against.value = others.some((one) => one.name === wanted) ? wanted : "";
  against.disabled = others.length === 0;
}

async function show() {
  const mine = (asked += 1);
  const query = new URLSearchParams({ run: run.value, ...(against.value && { against: against.value }) });
  history.replaceState(null, "", `?${query}`);
  byId("problem").hidden = true;
  try {
    const [result, earlier] = await Promise.all([
      getEvalResult(run.value),
      against.value ? getEvalResult(against.value) : null,
    ]);
    if (mine !== asked) return;
    const short = result.gates.filter((gate) => !gate.holds).length;
    const gates = short === 0 ? say("evals.all_hold") : say("evals.short", { count: short, of: result.gates.length });
    byId("count").textContent = say("evals.cases_and", {
      cases: say("evals.case_count", { count: result.cases.length }),
      gates: result.gates.length > 0 ? gates : say("evals.no_gates"),
    });
    byId("report").replaceChildren();
    append(byId("report"), renderFigures(result, earlier), renderGates(result.gates), renderCases(result, earlier));
  } catch (error) {
    if (mine === asked) showProblem(error.message, () => void show());
  }
}

/** @param {Runs} told */
function receive(told) {
  runs = told.items;
  const notes = [
    told.unreadable.length > 0 && say("evals.unreadable", { names: enumerated(told.unreadable) }),
    told.left_out > 0 && say("evals.left_out", { count: told.left_out }),
  ].filter(Boolean);
  if (notes.length > 0) byId("count").after(el("p", { class: "note" }, notes.join(" ")));
  if (runs.length === 0) {
    byId("count").textContent = say("evals.none");
    byId("report").append(el("p", {}, say("evals.make_one"), el("code", {}, told.how_to_make_one)));
    return;
  }
  const query = new URLSearchParams(location.search);
  run.replaceChildren(...runs.map(option));
  run.value = runs.some((one) => one.name === query.get("run")) ? String(query.get("run")) : runs[0].name;
  run.disabled = false;
  offerOthers(query.get("against") ?? "");
  void show();
}

/**
 * @param {string} message
 * @param {() => void} again
 */
function showProblem(message, again) {
  byId("count").textContent = say("evals.unread");
  byId("problem").replaceChildren(
    el("p", {}, message),
    el("button", { type: "button", class: "button", onclick: again }, say("site.try_again")),
  );
  byId("problem").hidden = false;
}

async function start() {
  byId("problem").hidden = true;
  try {
    receive(await listEvalResults());
  } catch (error) {
    showProblem(error.message, () => void start());
  }
}

run.addEventListener("change", () => {
  offerOthers(against.value);
  void show();
});
against.addEventListener("change", () => void show());
void start();
