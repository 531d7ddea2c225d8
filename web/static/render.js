/** A turn of the conversation as elements: what the customer said, and what came of it. */

import { contactCard, drawBlocks } from "./blocks.js";
import { element, unseen } from "./dom.js";
import { pageLanguage } from "./language.js";
import { say } from "./strings.js";

/** The customer's message; its outcome is put after it by `drawOutcome`. */
export function drawTurn(turn) {
  return element(
    "div",
    { className: "turn", "data-turn": turn.id },
    element("p", { className: "asked" }, unseen(`${say("customer")}: `), element("span", { dir: "auto" }, turn.label)),
  );
}

/**
 * What came of a turn: the reply, a refusal, or a failure.
 * @param {{contact: object | null, last: boolean}} place  the contact to be shown as a card; whether this is the newest turn
 */
export function drawOutcome(turn, place) {
  if (turn.status === "answered") return drawReply(turn.reply, place);
  const text = turn.status === "refused" ? turn.detail || say("refused") : say("not_sent");
  const again = turn.status === "lost" || turn.again;
  const button = element("button", { type: "button", className: "choice", "data-retry": turn.id }, say("retry"));
  return element("div", { className: "outcome alert" }, element("p", {}, text), again ? button : null);
}

export function drawWriting() {
  const dots = element("span", { className: "dots", "aria-hidden": "true" }, element("i"), element("i"), element("i"));
  return element("div", { className: "outcome writing" }, dots, unseen(say("writing")));
}

/** The slots that the bot understood, as short texts: vehicle, then country. */
export function slotTexts({ vehicle, country } = {}) {
  const texts = [];
  if (vehicle?.model) texts.push(vehicleText(vehicle));
  if (country) texts.push(countryText(country));
  return texts;
}

function drawReply(reply, { contact, last }) {
  const foreign = reply.language && reply.language !== pageLanguage() ? reply.language : null;
  const assistant = document.querySelector("h1").textContent;
  return element(
    "div",
    { className: `outcome reply ${reply.kind}`, lang: foreign },
    element("p", { className: "speaker" }, assistant, unseen(": ")),
    drawBlocks(reply.blocks),
    contact ? contactCard(contact) : null,
    (reply.sources ?? []).map(sourceLine),
    last ? quickReplies(reply.quick_replies ?? []) : null,
    suggestions(reply),
  );
}

function sourceLine({ question, origin }) {
  const kind = ["source", "translation", "editorial"].includes(origin) ? ` · ${say(`origin_${origin}`)}` : "";
  return element("p", { className: "source" }, ours(`${say("source")}: `), question, ours(kind));
}

function quickReplies(replies) {
  if (!replies.length) return null;
  const buttons = replies.map(({ label, message }) => sending(message, label));
  return element("div", { className: "choices quick", role: "group", "aria-label": say("quick_replies") }, buttons);
}

function suggestions({ suggestions: offered, kind }) {
  if (!offered?.length) return null;
  const title = say(kind === "answer" ? "related" : "nearest");
  const choices = offered.map(({ question }) => element("li", {}, sending(question, question)));
  return element(
    "div",
    { className: "suggestions" },
    element("p", { className: "small" }, ours(title)),
    element("ul", { className: "choices", "aria-label": title }, choices),
  );
}

function sending(message, label) {
  return element("button", { type: "button", className: "choice", "data-send": message }, label);
}

/** The page's own words inside a reply that may be in the other language. */
function ours(text) {
  return element("span", { lang: pageLanguage() }, text);
}

function vehicleText({ model, generation, model_year: year }) {
  const name = String(model).replace(/[-_]/g, " ").replace(/(^|\s)\p{L}/gu, (letter) => letter.toUpperCase());
  const parts = [generation ? `${name} (${generation})` : name, year ? say("model_year", { year }) : null];
  return parts.filter(Boolean).join(", ");
}

function countryText(code) {
  try {
    return new Intl.DisplayNames([pageLanguage()], { type: "region" }).of(code);
  } catch {
    return String(code);
  }
}
