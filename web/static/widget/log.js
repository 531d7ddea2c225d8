/** The list of messages, drawn from the conversation's turns. */

import { drawIntro, drawOutcome, drawTurn, drawWriting } from "./turns.js";
import { say } from "./strings.js";

// Below this an indicator is a flicker, not information.
const WRITING_AFTER_MS = 300;
// Pixels: enlarged pages scroll by parts of one.
const NEARLY = 4;

/** Draws into `log`. `turns()`: the conversation's, oldest first; `act`: what buttons in it do; `hint`: tells what is seen anyway. */
export function makeLog({ log, turns, act, hint }) {
  const waiting = new Map();
  keepEnd(log);

  /** Everything anew; what was read aloud once is not read again. */
  function redraw() {
    log.ariaLive = "off";
    log.replaceChildren(drawIntro(act.send), ...turns().map(drawTurn));
    for (const turn of turns()) turn.status === "waiting" ? wait(turn) : settle(turn);
    requestAnimationFrame(() => {
      log.ariaLive = "polite";
    });
  }

  function add(turn) {
    for (const old of log.querySelectorAll(".quick")) old.remove();
    log.append(drawTurn(turn));
    wait(turn);
    bringIntoView(turn);
  }

  function wait(turn) {
    place(turn, null);
    clearTimeout(waiting.get(turn.id));
    waiting.set(turn.id, setTimeout(() => {
      if (turn.status !== "waiting") return;
      place(turn, drawWriting());
      hint(say("writing"));
      bringIntoView(turn);
    }, WRITING_AFTER_MS));
  }

  function settle(turn) {
    clearTimeout(waiting.get(turn.id));
    try {
      place(turn, drawOutcome(turn, surroundings(turn), act));
    } catch {
      // A reply of a form that can't be drawn must not cost the chat.
      place(turn, drawOutcome({ ...turn, status: "refused" }, {}, act));
    }
  }

  function surroundings(turn) {
    const before = turns().slice(0, turns().indexOf(turn) + 1);
    const topic = before.findLast((one) => one.reply?.sources?.length)?.reply.sources[0].question ?? say("about");
    return { contact: newContact(turn, before), last: turn === turns().at(-1), subject: say("mail_subject", { topic }) };
  }

  function node(turn) {
    return log.querySelector(`[data-turn="${CSS.escape(turn.id)}"]`);
  }

  function place(turn, outcome) {
    node(turn)?.querySelector(".outcome")?.remove();
    if (outcome) node(turn)?.append(outcome);
  }

  /** A turn's beginning at the top: an answer is read from its start; below it only where all of it is seen. */
  function bringIntoView(turn) {
    const shown = node(turn);
    const long = (shown?.firstElementChild?.offsetHeight ?? 0) > log.clientHeight / 2;
    const start = (long && shown.querySelector(".outcome")) || shown;
    // Not scrollIntoView: it would scroll the page around the chat, too.
    if (start) log.scrollTop += start.getBoundingClientRect().top - log.getBoundingClientRect().top - 12;
  }

  /** Whether a reply's answer is too long for the view, or asks for a tap: then a keyboard on the screen is in the way. */
  function wantsRoom(turn) {
    return Boolean(turn.reply?.quick_replies?.length) || (node(turn)?.lastElementChild?.offsetHeight ?? 0) > log.clientHeight;
  }

  /** To the newest contact: its form, else its address. */
  function reachPerson() {
    const shown = node(turns().at(-1));
    bringIntoView(turns().at(-1));
    (shown.querySelector(".handoff :is(input, button)") ?? shown.querySelector(".address") ?? log).focus();
  }

  const toEnd = () => (turns().length ? bringIntoView(turns().at(-1)) : undefined);
  return { redraw, add, wait, settle, bringIntoView, toEnd, wantsRoom, reachPerson };
}

/** A keyboard on the screen takes the lower half: whoever was at the end stays there. */
function keepEnd(log) {
  let height = 0;
  new ResizeObserver(() => {
    if (height && log.scrollHeight - log.scrollTop - height < NEARLY) log.scrollTop = log.scrollHeight;
    height = log.clientHeight;
  }).observe(log);
}

/** The contact in a reply, unless the customer sees it already: in the blocks, or in an earlier answer. */
function newContact(turn, before) {
  const contact = turn.reply?.contact;
  if (!contact?.email || turn.reply.kind === "clarify") return null;
  if (turn.reply.blocks.some((block) => block?.type === "contact")) return null;
  const known = before.slice(0, -1).some((one) => one.reply?.contact?.email === contact.email);
  return known && turn.reply.kind !== "contact" && turn.reply.kind !== "no_answer" ? null : contact;
}
