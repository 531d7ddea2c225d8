/** A reply's blocks as elements; web addresses in them are links, https only, and to where they say. */

import { button, element, unseen } from "./dom.js";
import { language, say } from "./strings.js";

const HTTPS = /https:\/\/[^\s<>"„“”\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069]+/g;
const ADDRESS = /^[^\s@<>"'?&#%:;,\\]+@[^\s@<>"'?&#%:;,\\]+\.[^\s@<>"'?&#%:;,\\]+$/;

const DRAWN = {
  heading: (block) => element(block.level > 2 ? "h5" : block.level === 2 ? "h4" : "h3", { className: "heading" }, block.text),
  paragraph: (block) => element("p", {}, linked(block.text)),
  note: (block) => element("p", { className: "note", role: "note" }, linked(block.text)),
  steps: (block) => listOf("ol", "steps", block.items),
  list: (block) => listOf("ul", "list", block.items),
  menu_path: menuPath,
  contact: contactCard,
  link: (block) => element("p", {}, anchor(block.url, block.text ?? block.url)),
};

/** The elements of `blocks`; of a type not known here, its text. `subject`: of an e-mail to a contact. */
export function drawBlocks(blocks, subject) {
  return blocks.map((block) => {
    if (Object.hasOwn(DRAWN, block?.type)) return DRAWN[block.type](block, subject);
    return block?.text ? element("p", {}, linked(block.text)) : null;
  });
}

/** A country's contact: whose it is, the address, and a way to take it along. */
export function contactCard({ country, name, email }, subject) {
  const address = mailto(email, subject);
  return element(
    "div",
    { className: "card" },
    name || country ? element("p", { className: "card-name" }, name ?? country) : null,
    element("p", { className: "card-address" }, address),
    button("pill copy", { lang: language() }, (event) => copyAddress(event.currentTarget, address), say("copy_address")),
  );
}

function listOf(tag, className, items) {
  return element(tag, { className, role: "list" }, (items ?? []).map((text) => element("li", {}, linked(text))));
}

function menuPath({ before, path, after }) {
  const steps = path ?? [];
  const crumbs = steps.map((step, at) => element("span", { className: "hop" },
    element("span", { className: "crumb" }, step),
    at + 1 < steps.length ? element("span", { className: "then" }, " > ") : null,
  ));
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
  const then = () => element("span", { lang: language() }, `, ${say("menu_then")} `);
  return element("span", { className: "unseen" }, ...steps.flatMap((step, at) => (at ? [then(), step] : [step])), " ");
}

async function copyAddress(pressed, address) {
  pressed.lang = language();
  try {
    await navigator.clipboard.writeText(address.textContent);
    pressed.textContent = say("copied");
  } catch {
    // No clipboard (plain http, or refused): selected, the address is one key press from copied.
    getSelection().selectAllChildren(address);
    pressed.textContent = say("address_selected");
  }
}

/** The pieces of `text`, its https addresses as links. */
function linked(text) {
  const whole = String(text ?? "");
  const pieces = [];
  let end = 0;
  for (const found of whole.matchAll(HTTPS)) {
    const url = withoutEnding(found[0]);
    pieces.push(whole.slice(end, found.index), anchor(url, url));
    end = found.index + url.length;
  }
  return [...pieces, whole.slice(end)];
}

/** A link to `url` that shows `text`, and the host where the text does not; only the text where it is no https address. */
function anchor(url, text) {
  const target = parsed(url);
  if (!target) return String(text ?? "");
  // The host as the browser will ask for it: a letter that only looks like another one shows as xn--.
  const shown = text.includes(target.host) ? text : text === url ? target.href : `${text} (${target.host})`;
  const hint = unseen(` (${say("new_window")})`);
  hint.lang = language();
  return element("a", { href: target.href, rel: "noopener noreferrer", target: "_blank" }, shown, hint);
}

/** A link that writes an e-mail with the subject filled in; only the text where `address` is none. */
function mailto(address, subject) {
  const shown = String(address ?? "");
  if (!ADDRESS.test(shown)) return element("span", { className: "address" }, shown);
  return element("a", { className: "address", href: `mailto:${shown}?subject=${encodeURIComponent(subject)}` }, shown);
}

function parsed(url) {
  try {
    const target = new URL(String(url));
    // "https://known.example@other.example" leads to the other.
    return target.protocol === "https:" && !target.username && !target.password ? target : null;
  } catch {
    return null;
  }
}

/** The address without the punctuation of the sentence around it; a bracket stays where it was opened inside. */
function withoutEnding(url) {
  const bare = url.replace(/[.,;:!?'’]+$/, "");
  return bare.endsWith(")") && !bare.includes("(") ? withoutEnding(bare.slice(0, -1)) : bare;
}
