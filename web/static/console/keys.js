/** The keyboard: letters where nothing is being typed, arrows through the list, Enter, Escape. */

import { copy } from "./copy.js";
import { links, opened } from "./search.js";

const STORED = "radce-console-keys";
const element = (id) => document.getElementById(id);
const button = (what) => document.querySelector(`#answer .tools button[data-copy="${what}"]`);

const LETTERS = {
  "/": () => focusField("q"),
  v: () => focusField("said"),
  n: () => element("next-caller").click(),
  p: () => opened().then(() => document.querySelector("#pin button")?.click()),
  "?": () => element("keys").showModal(),
  c: () => copyBy("text", 0),
  C: () => copyBy("text", 1),
  e: () => copyBy("mail", 0),
  E: () => copyBy("mail", 1),
  l: () => copyBy("link", 0),
  L: () => copyBy("link", 1),
};

export function startKeys() {
  const chosen = element("keys-on");
  chosen.checked = stored() !== "off";
  chosen.addEventListener("change", () => store(chosen.checked ? "on" : "off"));
  element("open-keys").addEventListener("click", () => element("keys").showModal());
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (element("keys").open) return;
    if (pressed(event)) event.preventDefault();
  });
}

/** Whether the key did something. */
function pressed(event) {
  const target = event.target;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") return walk(target, event.key === "ArrowDown" ? 1 : -1);
  if (event.key === "Escape") return leave(target);
  if (target.matches("input, select, textarea") || !element("keys-on").checked) return false;
  const act = LETTERS[event.key];
  if (act) act();
  return Boolean(act) || copyRow(event.code);
}

/** On Czech keyboards the keys of the digits write other letters: the key counts, not what it writes. */
function copyRow(code) {
  const [, digit] = /^(?:Digit|Numpad)([1-9])$/.exec(code) ?? [];
  if (!digit) return false;
  opened().then(() => {
    const row = document.querySelectorAll("#answer tbody[data-variant] button")[digit - 1];
    if (row) copy(row);
  });
  return true;
}

function copyBy(what, place) {
  opened().then(() => {
    const found = button(what);
    if (found) copy(found, place);
  });
}

function focusField(id) {
  element(id).focus();
  element(id).select();
}

/** To the next or the previous answer of the list; from the first one back into the field. */
function walk(target, step) {
  const field = element("q");
  const all = links();
  const place = all.indexOf(target);
  if (target !== field && place < 0 && target !== document.body) return false;
  if (place + step < 0 || (target === field && step < 0)) {
    field.focus();
    return true;
  }
  const current = all.findIndex((link) => link.hasAttribute("aria-current"));
  // The best answer is shown beside the list already: the first step down goes to the one below it.
  const from = place >= 0 ? place : current;
  all[Math.min(from + step, all.length - 1)]?.focus();
  return all.length > 0;
}

/** Out of a field to the answer; out of the answer to its place in the list. */
function leave(target) {
  const pane = element("answer");
  if (target.matches("input, select, textarea")) {
    pane.focus({ preventScroll: true });
    return true;
  }
  const current = document.querySelector("#results a[aria-current]");
  current?.focus();
  return Boolean(current);
}

function stored() {
  try {
    return localStorage.getItem(STORED);
  } catch {
    return null; // storage is blocked
  }
}

function store(value) {
  try {
    localStorage.setItem(STORED, value);
  } catch {
    // it holds until the page is left
  }
}
