/** The conversation without a page: messages go out one after another, in the order of asking, and none twice. */

import { messageId } from "./api.js";
import { restore, save } from "./session.js";
import { masked } from "./private.js";
import { language } from "./strings.js";

/**
 * `changed(what, turn)` is called with "asked" (a new turn), "waiting", "settled", "known" (vehicle or country) and
 * "cleared". A turn: {id, message, label, status: waiting | answered | refused | lost, reply?, later?}; `later`: it is
 * sent again by itself when the server has time.
 */
export class Conversation {
  #server;
  #changed;
  #queue = Promise.resolve();
  #running = new AbortController();

  constructor(server, changed, known) {
    this.#server = server;
    this.#changed = changed;
    this.session = restore();
    this.given = known;
    if (!this.session.restored) this.#begin();
  }

  get turns() {
    return this.session.turns;
  }

  /** Goes on with messages that were under way when the page was left. */
  resume() {
    for (const turn of this.turns) if (turn.status === "waiting") turn.status = "lost";
    this.retry();
    addEventListener("online", () => this.retry());
  }

  /** Shows `label` as the customer's words and sends `message`. */
  send(message, label = message) {
    const turn = { id: messageId(), message, label: masked(label), status: "waiting" };
    if (!this.turns.some((one) => one.later)) this.retry();
    this.turns.push(turn);
    this.save();
    this.#changed("asked", turn);
    this.#enqueue(turn);
  }

  /** Sends again what did not get through, in its order. */
  retry() {
    for (const turn of this.turns) {
      if (turn.status !== "lost") continue;
      Object.assign(turn, { status: "waiting", later: false });
      this.#changed("waiting", turn);
      this.#enqueue(turn);
    }
  }

  /** Notes what the customer or the page says of vehicle or country; the next message tells the server. */
  tell(name, value) {
    this.session.known[name] = value ?? null;
    if (!this.session.told.includes(name)) this.session.told.push(name);
    this.save();
    this.#changed("known");
  }

  /**
   * What a `name` told just now is good for: {awaited: true} where the assistant has asked for it, else the
   * question that it may change the answer to, as the knowledge base puts it: the customer's own words may name another.
   */
  use(name) {
    const reply = this.turns.findLast((turn) => turn.reply && turn.reply.kind !== "smalltalk")?.reply;
    const { kind, entry_id: entry, variants, contact, sources } = reply ?? {};
    const awaited = name === "country" ? kind === "contact" : kind === "clarify" && Boolean(entry);
    const matters = name === "country" ? contact : variants?.length;
    return { awaited, question: matters ? sources?.[0]?.question : null };
  }

  /** Forgets the conversation, here and on the server, not the chosen language. */
  clear() {
    this.#server.forget(this.session.conversation_id);
    this.#running.abort();
    this.#running = new AbortController();
    Object.assign(this.session, { conversation_id: null, turns: [] });
    this.#begin();
    this.save();
    this.#changed("cleared");
  }

  save() {
    save(this.session);
  }

  #begin() {
    this.session.known = { ...this.given };
    this.session.told = Object.keys(this.given);
  }

  #enqueue(turn) {
    this.#queue = this.#queue.then(() => this.#take(turn)).catch(() => this.#settle(turn, {}));
  }

  async #take(turn) {
    if (!this.turns.includes(turn) || turn.status !== "waiting") return;
    // What was asked first is answered first: nothing overtakes a message that did not get through.
    const ahead = this.turns.slice(0, this.turns.indexOf(turn)).find((one) => one.status === "lost");
    if (ahead) return this.#settle(turn, { later: ahead.later });
    const { signal } = this.#running;
    const told = [...this.session.told];
    let result = await this.#server.ask(this.#request(turn, told), signal);
    if (result.status === 404 && this.session.conversation_id) {
      // The server has forgotten the conversation. The customer need not know: the message starts a new one.
      this.session.conversation_id = null;
      result = await this.#server.ask(this.#request(turn, told), signal);
    }
    if (result.fields?.some((field) => /^(country|vehicle)/.test(field))) {
      // What the page says of the customer is not of this knowledge base: the message counts without it.
      this.session.known = {};
      result = await this.#server.ask(this.#request(turn, []), signal);
    }
    // Cleared meanwhile: nobody waits for this any more.
    if (signal.aborted) return;
    this.#settle(turn, result, told);
  }

  #request(turn, told) {
    const { session } = this;
    const request = { message: turn.message, page_language: language(), client_message_id: turn.id };
    if (session.conversation_id) request.conversation_id = session.conversation_id;
    if (session.language) request.language = session.language;
    for (const name of ["country", "vehicle"]) {
      const value = session.known[name] ?? null;
      if (told.includes(name) || (!session.conversation_id && value)) request[name] = value;
    }
    return request;
  }

  #settle(turn, { reply, refused, later, wait }, told = []) {
    if (reply) this.#learn(reply, told);
    Object.assign(turn, reply ? { status: "answered", reply } : { status: refused ? "refused" : "lost", later });
    if (wait) setTimeout(() => this.retry(), wait);
    this.save();
    this.#changed("settled", turn);
  }

  #learn(reply, told) {
    const { session } = this;
    session.conversation_id = reply.conversation_id;
    // Set again while the message was under way: that is still to be told.
    session.told = session.told.filter((name) => !told.includes(name));
    for (const name of ["country", "vehicle"]) if (!session.told.includes(name)) session.known[name] = reply[name] ?? null;
  }
}
