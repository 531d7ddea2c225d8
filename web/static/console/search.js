/** Searching while it is typed: completions at once, ranked answers on a pause, the best one shown beside them. */

import { showEntry } from "./pane.js";
import { Latest, parameters } from "./pieces.js";

// Milliseconds: between two keys of a quick typist; the pause after a word.
const BETWEEN_KEYS = 50;
const PAUSE = 200;

const completing = new Latest();
const ranking = new Latest();
let timers = [];
let opening = Promise.resolve();
let ranked = "";

const form = () => document.getElementById("search");
const results = () => document.getElementById("results");
export const links = () => [...results().querySelectorAll("a[data-entry]")];

export function startSearch() {
  ranked = parameters(form());
  const field = document.getElementById("q");
  field.addEventListener("input", () => {
    timers.forEach(clearTimeout);
    timers = [setTimeout(complete, BETWEEN_KEYS), setTimeout(rank, PAUSE)];
  });
  field.addEventListener("focus", () => {
    if (parameters(form()) !== ranked) rank();
  });
  form().addEventListener("change", (event) => {
    if (event.target !== field) rank();
  });
  form().addEventListener("submit", (event) => {
    event.preventDefault();
    // What is pressed next is meant for the answer, which may still be on its way.
    document.getElementById("answer").focus({ preventScroll: true });
    opening = openBest();
  });
  results().addEventListener("click", (event) => {
    const link = event.target.closest("a[data-entry]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    opening = showEntry(link, { open: true });
  });
  results().addEventListener("focusin", (event) => {
    if (!event.target.matches("a[data-entry]")) return;
    keepList();
    showEntry(event.target);
  });
}

async function complete() {
  ranking.stop(); // of what stood there before
  const nodes = await completing.piece(`/console/completions?${parameters(form())}`);
  if (nodes?.some((node) => node.querySelector?.("a"))) await list(nodes);
}

async function rank() {
  timers.forEach(clearTimeout);
  const asked = parameters(form());
  const nodes = await ranking.piece(`/console/results?${asked}`);
  if (!nodes) return;
  completing.stop(); // until now completions are better than nothing
  ranked = asked;
  history.replaceState(null, "", `/console?${asked}`);
  await list(nodes);
}

/** Whoever walks through the list chooses from what he sees: no late answer replaces it under his hands. */
function keepList() {
  timers.forEach(clearTimeout);
  completing.stop();
  ranking.stop();
}

async function list(nodes) {
  results().replaceChildren(...nodes);
  const [best] = links();
  if (best && document.getElementById("q").value.trim()) await showEntry(best);
}

/** Opens the best answer for what is typed now. */
async function openBest() {
  if (parameters(form()) !== ranked) await rank();
  const chosen = results().querySelector("a[aria-current]") ?? links()[0];
  if (chosen) await showEntry(chosen, { open: true });
  else document.getElementById("q").focus();
}

/** Settled when the answer that is being opened is there. */
export const opened = () => opening;
