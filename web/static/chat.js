/** The chat page: takes the customer's messages, sends them one after another, shows what comes of them. */

import { ask, messageId } from "./api.js";
import { adjust, focusField, focusUnlessTouch, listen } from "./composer.js";
import { element } from "./dom.js";
import { pageLanguage, switchPage } from "./language.js";
import { drawOutcome, drawTurn, drawWriting, slotTexts } from "./render.js";
import { forget, restore, save, session } from "./session.js";
import { loadStrings, say } from "./strings.js";

const log = document.getElementById("log");
const slots = document.getElementById("slots");
const announced = document.getElementById("status");
// Below this an indicator is a flicker, not information.
const WRITING_AFTER_MS = 300;

let queue = Promise.resolve();
let running = new AbortController();

async function start() {
  restore();
  try {
    await loadStrings(pageLanguage());
  } catch {
    document.getElementById("unavailable").classList.add("now");
    return;
  }
  document.getElementById("unavailable").remove();
  if (session.language && session.language !== pageLanguage()) await switchPage(session.language).catch(() => {});
  listenToPage();
  redrawOrForget();
  for (const id of ["examples", "bottom", "start-over"]) document.getElementById(id).hidden = false;
  keepFocusClear();
  // A message that was under way when the page was left: the same id again does nothing twice.
  for (const turn of session.turns) if (turn.status === "waiting") enqueue(turn);
  log.lastElementChild?.scrollIntoView({ behavior: "instant" });
  focusUnlessTouch();
}

function listenToPage() {
  listen((message) => send(message, message));
  document.getElementById("start-over").addEventListener("click", startOver);
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button.choice");
    if (button) choose(button, event);
    const link = event.target.closest("a[hreflang]");
    const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (link && plain) {
      event.preventDefault();
      changeLanguage(link.hreflang);
    }
  });
}

function choose(button, event) {
  const { retry, send: message } = button.dataset;
  if (retry) again(retry);
  else send(message ?? button.textContent, button.textContent);
  // The button may just have gone, and the focus with it. A click without a pointer is a key press.
  if (event.detail === 0) focusField();
  else focusUnlessTouch();
}

/** Shows `label` as the customer's words and sends `message`. */
function send(message, label) {
  const turn = { id: messageId(), message, label, status: "waiting" };
  for (const old of log.querySelectorAll(".quick")) old.remove();
  session.turns.push(turn);
  save();
  announced.textContent = "";
  log.append(drawTurn(turn));
  bringIntoView(turn);
  enqueue(turn);
}

function again(id) {
  const turn = session.turns.find((one) => one.id === id);
  if (!turn || turn.status === "waiting") return;
  turn.status = "waiting";
  clearOutcome(turn);
  enqueue(turn);
}

/** One request at a time, in the order of asking: the next one needs the conversation that this one makes. */
function enqueue(turn) {
  queue = queue.then(() => take(turn)).catch(() => lose(turn));
}

async function take(turn) {
  if (!session.turns.includes(turn)) return;
  const timer = setTimeout(() => place(turn, drawWriting()), WRITING_AFTER_MS);
  const result = await ask(requestFor(turn), running.signal);
  clearTimeout(timer);
  // Started over meanwhile: nobody waits for this any more.
  if (!session.turns.includes(turn)) return;
  settle(turn, result);
  save();
  showOutcome(turn);
  showSlots();
  bringIntoView(turn);
}

/** A reply of a form that cannot be shown is as good as none, and must not hold up the next message. */
function lose(turn) {
  Object.assign(turn, { status: "lost", reply: undefined });
  save();
  showOutcome(turn);
}

function requestFor(turn) {
  const request = { message: turn.message, page_language: pageLanguage(), client_message_id: turn.id };
  if (session.conversation_id) request.conversation_id = session.conversation_id;
  if (session.language) request.language = session.language;
  return request;
}

function settle(turn, { reply, detail, again: later }) {
  if (reply) {
    session.conversation_id = reply.conversation_id ?? null;
    Object.assign(turn, { status: "answered", reply });
  } else if (detail !== undefined) Object.assign(turn, { status: "refused", detail, again: later });
  else turn.status = "lost";
}

function startOver() {
  running.abort();
  running = new AbortController();
  forget();
  log.replaceChildren();
  showSlots();
  announced.textContent = say("started_over");
  scrollTo({ top: 0 });
  focusField();
}

async function changeLanguage(language) {
  announced.textContent = "";
  try {
    if (language !== pageLanguage()) await switchPage(language);
  } catch {
    announced.textContent = say("language_failed");
    return;
  }
  session.language = language;
  save();
  adjust();
  redraw();
}

function redraw() {
  // What was read aloud once is not read again.
  log.setAttribute("aria-live", "off");
  log.replaceChildren(...session.turns.map(drawTurn));
  for (const turn of session.turns) if (turn.status !== "waiting") showOutcome(turn);
  showSlots();
  requestAnimationFrame(() => log.setAttribute("aria-live", "polite"));
}

/** A transcript that cannot be drawn (kept by an older version of this page, say) must not cost the chat. */
function redrawOrForget() {
  try {
    redraw();
  } catch {
    forget();
    redraw();
  }
}

function showOutcome(turn) {
  place(turn, drawOutcome(turn, { contact: newContact(turn), last: turn === session.turns.at(-1) }));
}

/** The contact in a reply, unless the customer sees it already: in the blocks, or in an earlier answer. */
function newContact(turn) {
  const contact = turn.reply?.contact;
  if (!contact?.email) return null;
  if (turn.reply.blocks.some((block) => block?.email === contact.email)) return null;
  const before = session.turns.slice(0, session.turns.indexOf(turn));
  const known = before.some((one) => one.reply?.contact?.email === contact.email);
  return known && turn.reply.kind !== "contact" && turn.reply.kind !== "no_answer" ? null : contact;
}

function showSlots() {
  const texts = slotTexts(session.turns.findLast((turn) => turn.reply)?.reply);
  const chips = texts.map((text) => element("li", { className: "chip" }, text));
  const label = element("span", { id: "slots-label" }, say("slots"));
  slots.replaceChildren(...(texts.length ? [label, element("ul", { "aria-labelledby": "slots-label" }, chips)] : []));
  slots.hidden = !texts.length;
}

function turnElement(turn) {
  return log.querySelector(`[data-turn="${CSS.escape(turn.id)}"]`);
}

function clearOutcome(turn) {
  turnElement(turn)?.querySelector(".outcome")?.remove();
}

function place(turn, outcome) {
  clearOutcome(turn);
  turnElement(turn)?.append(outcome);
}

/** The turn's beginning at the top, an answer is read from its start; that of the answer where the question fills the screen. */
function bringIntoView(turn) {
  const node = turnElement(turn);
  const fillsScreen = (node?.firstElementChild?.offsetHeight ?? 0) > window.innerHeight / 2;
  const start = (fillsScreen && node.querySelector(".outcome")) || node;
  start?.scrollIntoView({ block: "start" });
}

/** Keeps what has the focus out from under the question field, whose height changes. */
function keepFocusClear() {
  const bottom = document.getElementById("bottom");
  new ResizeObserver(() => {
    document.documentElement.style.scrollPaddingBottom = `${bottom.offsetHeight + 16}px`;
  }).observe(bottom);
}

start();
