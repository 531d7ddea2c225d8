/** A reply's blocks as elements. */

import { element, unseen } from "./dom.js";
import { pageLanguage } from "./language.js";
import { say } from "./strings.js";

const HTTPS = /https:\/\/[^\s<>"„“”]+/g;

const DRAWN = {
  heading: (block) => element(block.level > 2 ? "h3" : "h2", { className: "heading" }, block.text),
  paragraph: (block) => element("p", {}, linked(block.text)),
  note: (block) => element("p", { className: "note", role: "note" }, linked(block.text)),
  steps: (block) => listOf("ol", "steps", block.items),
  list: (block) => listOf("ul", "list", block.items),
  menu_path: menuPath,
  contact: (block) => contactCard(block),
  link: (block) => element("p", {}, anchor(block.url, block.text ?? block.url)),
};

/** The elements of `blocks`; of a type not known here, its text. */
export function drawBlocks(blocks) {
  return blocks.map((block) => {
    if (Object.hasOwn(DRAWN, block?.type)) return DRAWN[block.type](block);
    return block?.text ? element("p", {}, linked(block.text)) : null;
  });
}

/** A country's contact: whose it is, the address, and a way to take it along. */
export function contactCard({ country, name, email, purpose }) {
  return element(
    "div",
    { className: "card" },
    name || country ? element("p", { className: "card-name" }, name ?? country) : null,
    purpose ? element("p", { className: "card-purpose" }, purpose) : null,
    element("a", { className: "card-address", href: `mailto:${email}` }, email),
    element("button", { type: "button", className: "copy", lang: pageLanguage(), on: { click: copyAddress } }, say("copy_address")),
  );
}

function listOf(tag, className, items) {
  return element(tag, { className }, (items ?? []).map((text) => element("li", {}, linked(text))));
}

function menuPath({ before, path, after }) {
  const steps = path ?? [];
  const crumbs = steps.flatMap((step, at) => [
    at ? element("span", { className: "then" }, " > ") : null,
    element("span", { className: "crumb" }, step),
  ]);
  return element(
    "p",
    { className: "menu-path" },
    before ? linked(`${before} `) : null,
    // Read aloud the sign between two menus is "greater than", or nothing: the words say it better.
    spoken(steps),
    element("span", { "aria-hidden": "true" }, crumbs),
    after ? linked(/^[.,;:!?]/.test(after) ? after : ` ${after}`) : null,
  );
}

function spoken(steps) {
  const then = () => element("span", { lang: pageLanguage() }, `, ${say("menu_then")} `);
  const whole = unseen("");
  whole.append(...steps.flatMap((step, at) => (at ? [then(), step] : [step])), " ");
  return whole;
}

/** Text in which https addresses are links; no other scheme is ever followed. */
function linked(text) {
  const pieces = [];
  let end = 0;
  for (const found of String(text ?? "").matchAll(HTTPS)) {
    const url = withoutEnding(found[0]);
    pieces.push(text.slice(end, found.index), anchor(url, url));
    end = found.index + url.length;
  }
  return [...pieces, String(text ?? "").slice(end)];
}

/** The address without the punctuation of the sentence around it; a bracket stays where it was opened inside. */
function withoutEnding(url) {
  const bare = url.replace(/[.,;:!?'’]+$/, "");
  const unopened = bare.endsWith(")") && !bare.includes("(");
  return unopened ? withoutEnding(bare.slice(0, -1)) : bare;
}

function anchor(url, text) {
  if (!/^https:\/\//i.test(url ?? "")) return text ?? "";
  const hint = unseen(` (${say("new_window")})`);
  hint.lang = pageLanguage();
  return element("a", { href: url, rel: "noopener noreferrer", target: "_blank" }, text, hint);
}

async function copyAddress({ currentTarget: button }) {
  const address = button.parentElement.querySelector(".card-address");
  try {
    await navigator.clipboard.writeText(address.textContent);
    button.textContent = say("address_copied");
  } catch {
    // No clipboard (plain http, or refused): selected, the address is one key press from copied.
    getSelection().selectAllChildren(address);
    button.textContent = say("address_selected");
  }
}
