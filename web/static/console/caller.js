/** The caller: chosen fields take effect at once; what is known stays with this window until the next caller. */

import { parameters } from "./pieces.js";

const STORED = "radce-console-caller";
const NAMES = ["model", "generation", "year", "year_kind", "country", "customer"];

/** Whether the page is left at once, for the same one with the caller of this window. */
export function startCaller() {
  const form = document.getElementById("caller");
  const search = document.getElementById("search");
  if (restored()) return true;
  keep();
  form.classList.add("scripted");
  form.addEventListener("change", ({ target }) => {
    if (target.name === "said") return;
    if (target.name === "model") form.elements.generation.value = "";
    form.requestSubmit();
  });
  form.addEventListener("formdata", ({ formData }) => {
    const shown = document.querySelector("#answer article")?.dataset.entry;
    for (const name of ["q", "topic", "language"]) formData.set(name, search.elements[name].value);
    if (shown) formData.set("entry", shown);
  });
  form.addEventListener("submit", leaving);
  document.getElementById("next-caller").addEventListener("click", (event) => {
    forget();
    if (!event.ctrlKey && !event.metaKey && !event.shiftKey) leaving();
  });
  document.getElementById("sign-out")?.addEventListener("submit", forget);
  return false;
}

/** What is pressed from now on is meant for the page that comes. */
function leaving() {
  dispatchEvent(new Event("radce-leaving"));
}

function forget() {
  try {
    sessionStorage.removeItem(STORED);
  } catch {
    // nothing was kept
  }
}

/** Whether the page is left for the same one with the caller of this window: its address was typed, or a bookmark. */
function restored() {
  const known = location.pathname === "/console" && !location.search && read();
  if (known) location.replace(`/console?${known}`);
  return Boolean(known);
}

function keep() {
  const all = new URLSearchParams(parameters(document.getElementById("search")));
  const known = [...all].filter(([name]) => NAMES.includes(name));
  try {
    if (known.length) sessionStorage.setItem(STORED, new URLSearchParams(known));
    else sessionStorage.removeItem(STORED);
  } catch {
    // the address has it, too
  }
}

function read() {
  try {
    return sessionStorage.getItem(STORED);
  } catch {
    return null;
  }
}
