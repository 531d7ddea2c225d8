/** A turn of the conversation as elements: what the customer said, and what came of it. */

import { contactCard, drawBlocks } from "./blocks.js";
import { button, element, unseen } from "./dom.js";
import { language, say, sayAll } from "./strings.js";

const ORIGINS = new Set(["source", "translation", "editorial"]);

/** The first message: who speaks, what it can do, what is stored for how long, and what others ask. */
export function drawIntro(send) {
  const examples = sayAll("examples").map((question) => element("li", {}, choice(question, () => send(question))));
  return element(
    "div",
    { className: "intro", lang: language() },
    element("p", { className: "welcome" }, say("welcome")),
    element("p", {}, `${say("disclaimer")} `, say("scope")),
    element("p", { className: "small", id: "examples" }, say("examples_label")),
    element("ul", { className: "choices tall", role: "list", "aria-labelledby": "examples" }, examples),
    disclosure(say("storage_title"), element("p", {}, say("storage")), element("p", {}, say("kept", { count: say("days"), days: say("days") }))),
  );
}

/** The customer's message; its outcome is put after it. */
export function drawTurn(turn) {
  return element(
    "div",
    { className: "turn", lang: language(), "data-turn": turn.id },
    element("p", { className: "asked" }, unseen(`${say("customer")}: `), element("span", { dir: "auto" }, turn.label)),
  );
}

/**
 * What came of a turn: the reply, a refusal, or a failure.
 * @param {{contact, last, subject}} place  a contact to be shown as a card; whether the turn is the newest; an e-mail's subject
 * @param {{send, retry}} act  what buttons do
 */
export function drawOutcome(turn, place, act) {
  if (turn.status === "answered") return drawReply(turn.reply, place, act);
  const text = say(turn.status !== "lost" ? "refused" : turn.later ? "too_fast" : "not_sent");
  return ours("div", { className: "outcome alert" }, element("p", {}, text), turn.status === "lost" ? choice(say("retry"), act.retry) : null);
}

/** That an answer is on its way. */
export function drawWriting() {
  return element("div", { className: "outcome writing", "aria-hidden": "true" }, element("i"), element("i"), element("i"));
}

function drawReply(reply, { contact, last, subject }, act) {
  return element(
    "div",
    { className: "outcome reply", "data-kind": reply.kind, lang: reply.language },
    ours("p", { className: "speaker" }, say("assistant"), unseen(": ")),
    drawBlocks(reply.blocks, subject),
    contact ? contactCard(contact, subject) : null,
    act.handoff(reply, last),
    last ? quickReplies(reply.quick_replies ?? [], act) : null,
    suggestions(reply, act),
    reply.kind === "no_answer" && last ? ours("p", {}, choice(say("person"), act.person)) : null,
    footer(reply, act),
  );
}

/** One tap away: which entry this is, whether it is the original, and of which knowledge base. */
function footer(reply, act) {
  const sources = (reply.sources ?? []).map(({ entry_id: entry, question, origin, language: spoken }) =>
    element("p", {}, page(element("q", { lang: spoken }, question), act.page(entry)), ORIGINS.has(origin) ? ` · ${say(`origin_${origin}`)}` : null),
  );
  const rating = reply.kind === "smalltalk" || reply.kind === "clarify" ? null : act.rate(reply);
  const version = element("p", {}, say("version", { version: reply.kb_version }));
  const told = sources.length ? disclosure(say("source"), ...sources, version) : null;
  return told || rating ? ours("div", { className: "footer" }, told, rating) : null;
}

function page(question, address) {
  if (!address) return question;
  return element("a", { href: address, target: "_blank", rel: "noopener" }, question, unseen(` (${say("new_window")})`));
}

function disclosure(title, ...content) {
  const shown = (event) => event.currentTarget.scrollIntoView({ block: "nearest" });
  return element("details", { className: "small disclosure", on: { toggle: shown } }, element("summary", {}, title), ...content);
}

function quickReplies(replies, act) {
  if (!replies.length) return null;
  const choices = replies.map(({ label, message }) => choice(label, () => act.send(message, label)));
  return element("div", { className: "choices quick", role: "group", "aria-label": say("quick_replies") }, choices);
}

function suggestions({ suggestions: offered, kind }, act) {
  if (!offered?.length) return null;
  const title = say(kind === "answer" ? "related" : "nearest");
  const choices = offered.map(({ question }) => element("li", {}, choice(question, () => act.send(question))));
  return element(
    "div",
    { className: "suggestions" },
    ours("p", { className: "small" }, title),
    element("ul", { className: "choices tall", role: "list", "aria-label": title }, choices),
  );
}

function choice(text, click) {
  return button("pill", {}, click, text);
}

/** The widget's own words, beside a reply that may be in the other language, or drawn before the interface's changed. */
function ours(tag, attributes, ...children) {
  return element(tag, { lang: language(), ...attributes }, ...children);
}
