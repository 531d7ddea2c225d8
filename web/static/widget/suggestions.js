/** Questions that complete what is being typed, in a list above the question field. */

import { element } from "./dom.js";
import { isPersonal } from "./private.js";
import { language, say } from "./strings.js";

const PAUSE_MS = 150;
const LEAST_LETTERS = 3;

/** Makes the list for `field`. `find` gives suggestions for a text; `choose` gets the question that was chosen. */
export function makeSuggestions(field, { find, choose, status }) {
  const list = element("ul", { className: "suggest", id: "suggest", role: "listbox", hidden: true });
  let timer;
  let asked = new AbortController();
  let active = -1;
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", "suggest");

  function hide() {
    clearTimeout(timer);
    asked.abort();
    list.hidden = true;
    list.replaceChildren();
    mark(-1);
  }

  async function look() {
    const text = field.value.trim();
    asked = new AbortController();
    const { signal } = asked;
    const found = await find(text, signal).catch(() => []);
    if (signal.aborted || field.value.trim() !== text) return;
    show(found.filter(({ question }) => typeof question === "string"));
  }

  function show(found) {
    if (!found.length) return hide();
    list.ariaLabel = say("suggestions");
    list.replaceChildren(...found.map(drawn));
    list.hidden = false;
    mark(-1);
    status(say("suggestions_found", { count: found.length }));
  }

  function drawn({ question, language: spoken, highlights }, at) {
    const take = () => {
      hide();
      field.value = "";
      field.dispatchEvent(new Event("input"));
      choose(question);
    };
    const foreign = spoken === language() ? null : spoken;
    return element("li", { role: "option", id: `suggest-${at}`, "aria-selected": "false", lang: foreign, on: { mousedown: keepFocus, click: take } }, marked(question, highlights));
  }

  function mark(at) {
    active = at;
    [...list.children].forEach((one, number) => {
      one.ariaSelected = String(number === at);
    });
    if (at < 0) field.removeAttribute("aria-activedescendant");
    else field.setAttribute("aria-activedescendant", list.children[at].id);
  }

  field.addEventListener("input", () => {
    clearTimeout(timer);
    asked.abort();
    const text = field.value.trim();
    if (text.length < LEAST_LETTERS || text.includes("\n") || isPersonal(text)) hide();
    else timer = setTimeout(look, PAUSE_MS);
  });
  field.addEventListener("blur", hide);
  const keys = {
    ArrowDown: (count) => mark(active + 1 < count ? active + 1 : -1),
    ArrowUp: (count) => mark(active < 0 ? count - 1 : active - 1),
    Escape: hide,
    Enter: () => list.children[active].click(),
  };
  // Before the field's own listener, which would send what is typed.
  field.addEventListener("keydown", (event) => {
    if (event.isComposing || !Object.hasOwn(keys, event.key)) return;
    if (list.hidden || (event.key === "Enter" && active < 0)) {
      if (event.key === "Enter") hide();
      return;
    }
    event.preventDefault();
    keys[event.key](list.children.length);
  }, { capture: true });
  return list;
}

function keepFocus(event) {
  event.preventDefault();
}

/** The question with the places of the typed words marked; places count characters, not UTF-16 units. */
function marked(question, places) {
  const letters = [...question];
  const pieces = [];
  let end = 0;
  for (const [from, to] of Array.isArray(places) ? places : []) {
    pieces.push(letters.slice(end, from).join(""), element("mark", {}, letters.slice(from, to).join("")));
    end = to;
  }
  return [...pieces, letters.slice(end).join("")];
}
