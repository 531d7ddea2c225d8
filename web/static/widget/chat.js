/** The chat: puts its parts together, and is what the loader's handle speaks to. */

import { connect } from "./api.js";
import { makeChips } from "./chips.js";
import { makeComposer } from "./composer.js";
import { Conversation } from "./conversation.js";
import { button } from "./dom.js";
import { checkedCountry, checkedVehicle, given } from "./given.js";
import { makeHandoff } from "./handoff.js";
import { makeLog } from "./log.js";
import { makePanel } from "./panel.js";
import { masked } from "./private.js";
import { makeRating } from "./rating.js";
import { language, say, speakLanguage } from "./strings.js";
import { makeSuggestions } from "./suggestions.js";
import { download, transcript } from "./transcript.js";

const LANGUAGES = new Set(["cs", "en"]);
// An answer waits no longer than this for the interface to be in its language.
const WORDS_MS = 2000;
const KEYBOARD = "(hover: hover) and (pointer: fine)";
// Long enough to be read twice; what asks for a tap stays.
const STATUS_MS = 8000;
// A button is no place for a whole story.
const MOST_IN_BUTTON = 80;

/** Makes the chat in the loader's element, closed or as the customer left it; what it gives is the page's handle. */
export async function start({ element, region, launcher, handle, options, speak }) {
  const server = connect(options.base);
  const talk = new Conversation(server, changed, given(options));
  const styles = options.page ? ["panel.css", "full-page.css"] : ["panel.css"];
  const [sheets] = await Promise.all([
    Promise.all(styles.map(sheet)),
    speakLanguage(talk.session.language ?? replied(talk.turns) ?? options.language, server.texts),
  ]);
  element.shadowRoot.adoptedStyleSheets.push(...sheets);
  let fading;

  const act = {
    send,
    person,
    page: server.page,
    retry: () => talk.retry(),
    close,
    speak: setLanguage,
    clear,
    handoff: makeHandoff({ handOff: server.handOff, kept: () => talk.save() }),
    rate: makeRating({ rate: server.rate, kept, failed: () => announce(say("not_rated")) }),
    copy_transcript: copy,
    save_transcript: () => download(transcript(talk.turns), say("transcript_file")),
  };
  const parts = makePanel({ region, launcher, page: options.page }, act);
  const log = makeLog({ log: parts.log, turns: () => talk.turns, act, hint });
  const composer = makeComposer(send);
  const chips = makeChips({ known: () => talk.session.known, server, tell, failed: () => announce(say("not_loaded")) });
  parts.bottom.append(chips.box, composer.form, composer.hint);
  if (options.suggest) composer.form.prepend(makeSuggestions(composer.field, { find, choose: send, status: hint }));
  region.addEventListener("focusin", keepClear);
  composer.field.addEventListener("input", () => announce(""));
  redraw();
  talk.resume();
  if (options.page || talk.session.open) show(true);
  if (language() !== options.language) emit("language", { language: language() });

  function changed(what, turn) {
    if (what === "cleared") log.redraw();
    if (what === "asked") log.add(turn);
    if (what === "waiting") log.wait(turn);
    if (what === "settled") settled(turn);
    chips.draw();
  }

  async function settled(turn) {
    if (leads(turn.reply)) await follow(turn.reply);
    // Deleted meanwhile: nobody waits for it any more.
    if (!talk.turns.includes(turn)) return;
    log.settle(turn);
    announce("");
    // Before the view is chosen: without the keyboard there is more of it.
    if (region.getRootNode().activeElement === composer.field && !matchMedia(KEYBOARD).matches && log.wantsRoom(turn)) composer.field.blur();
    log.bringIntoView(turn);
    emit(turn.reply ? "reply" : "error", turn.reply ?? { message: masked(turn.message), again: turn.status === "lost" });
  }

  function send(message, label = message) {
    announce("");
    chips.shut();
    emit("message", { message: masked(message) });
    talk.send(message, label);
    // The button may just have gone, and the focus with it; a keyboard on the screen comes only when it is asked for.
    if (!parts.isOpen()) return;
    if (matchMedia(KEYBOARD).matches) composer.focus();
    else if (!element.shadowRoot.activeElement) parts.log.focus();
  }

  function person() {
    const reply = talk.turns.at(-1)?.reply;
    // Asked for once more, the same card would come again.
    if (reply?.kind === "contact" && reply.country) log.reachPerson();
    else send(say("person_message"), say("person"));
  }

  function tell(name, value, text) {
    const { awaited, question } = talk.use(name);
    talk.tell(name, value);
    if (value && awaited) return send(text);
    announce(say("applies_next"));
    if (value && question) parts.status.append(" ", button("pill", {}, () => {
      composer.focus();
      send(question);
    }, say("ask_again", { question: question.length > MOST_IN_BUTTON ? `${question.slice(0, MOST_IN_BUTTON)}…` : question })));
    return undefined;
  }

  function kept(asked) {
    talk.save();
    // Where the thanks would cover the question that comes with them, they are only read aloud.
    (asked ? hint : announce)(say("rated"));
  }

  async function copy() {
    try {
      await navigator.clipboard.writeText(transcript(talk.turns));
      announce(say("copied"));
    } catch {
      announce(say("copy_failed"));
    }
  }

  function clear() {
    talk.clear();
    announce(say("cleared"));
    composer.focus();
  }

  async function setLanguage(wished) {
    if (!LANGUAGES.has(wished)) throw new TypeError(`no such language: ${wished}`);
    try {
      if (wished !== language()) await speakLanguage(wished, server.texts);
    } catch {
      return announce(say("not_loaded"));
    }
    talk.session.language = wished;
    talk.save();
    redraw();
    emit("language", { language: wished });
    return undefined;
  }

  /** Whether the interface is to follow the reply's language: as long as the customer, or the page, has chosen none. */
  function leads(reply) {
    return !talk.session.language && LANGUAGES.has(reply?.language) && reply.language !== language();
  }

  /** Only what stands around the conversation changes: what has been said, and the focus, stay as they are. */
  async function follow(reply) {
    const texts = (wished) => server.texts(wished, AbortSignal.timeout(WORDS_MS));
    if (!(await speakLanguage(reply.language, texts, () => leads(reply)).catch(() => false))) return;
    relabel();
    emit("language", { language: language() });
  }

  function relabel() {
    announce("");
    speak(language());
    parts.speak();
    composer.speak();
    chips.draw();
  }

  function redraw() {
    relabel();
    chips.shut();
    log.redraw();
  }

  function show(open) {
    parts.show(open);
    talk.session.open = open;
    talk.save();
    if (open) log.toEnd();
  }

  function open() {
    if (!parts.isOpen()) emit("open");
    show(true);
    if (!options.page || matchMedia(KEYBOARD).matches) composer.focus();
  }

  function close() {
    if (options.page || !parts.isOpen()) return;
    show(false);
    launcher.focus();
    emit("close");
  }

  /** Shows and reads aloud, above the question field, for a while. */
  function announce(text) {
    hint(text);
    parts.status.classList.remove("unseen");
    if (text) fading = setTimeout(() => parts.status.querySelector("button") ?? announce(""), STATUS_MS);
  }

  /** Reads aloud what is seen anyway. */
  function hint(text) {
    clearTimeout(fading);
    parts.status.classList.add("unseen");
    parts.status.textContent = text;
  }

  function emit(name, detail = null) {
    handle.dispatchEvent(new CustomEvent(name, { detail }));
  }

  /** What has the focus in the log is never half outside of it. */
  function keepClear(event) {
    if (parts.log.contains(event.target) && event.target !== parts.log) event.target.scrollIntoView({ block: "nearest" });
  }

  function find(text, signal) {
    return server.suggest(text, language(), signal);
  }

  return {
    open,
    close,
    setLanguage,
    ask(message) {
      const text = String(message).trim().slice(0, 2000);
      open();
      if (text) send(text);
    },
    setCountry: (country) => talk.tell("country", country ? checkedCountry(country) : null),
    setVehicle: (vehicle) => talk.tell("vehicle", vehicle ? checkedVehicle(vehicle) : null),
  };
}

async function sheet(name) {
  const response = await fetch(new URL(name, import.meta.url), { credentials: "omit" });
  return new CSSStyleSheet().replace(await response.text());
}

/** The language of the last reply. */
function replied(turns) {
  return turns.findLast(({ reply }) => LANGUAGES.has(reply?.language))?.reply.language;
}
