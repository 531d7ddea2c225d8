/** What this browser tab remembers of the conversation; it ends with the tab. */

import { hidden, masked } from "./private.js";

const KEY = "radce.chat.1";
// Browsers give a page about 5 MB and the whole transcript is rewritten each turn: a limit keeps both far away.
const MOST_TURNS = 60;
const MOST_CHARACTERS = 300_000;

/**
 * {conversation_id, language: the customer's own choice, open: whether the panel was, turns: oldest first,
 * known: {vehicle, country}, told: names of what the customer or the page has set since the last message}.
 */
export function restore() {
  const fresh = { conversation_id: null, language: null, open: false, turns: [], known: {}, told: [] };
  try {
    const stored = JSON.parse(sessionStorage.getItem(KEY));
    if (!Array.isArray(stored?.turns) || !Array.isArray(stored.told)) return fresh;
    return { ...fresh, ...stored, turns: stored.turns.filter((turn) => typeof turn?.label === "string" && turn.id), restored: true };
  } catch {
    // Nothing stored, or no access: the chat works all the same, until the page is left.
    return fresh;
  }
}

/** Keeps the session; does nothing where storage is blocked or full. */
export function save(session) {
  try {
    sessionStorage.setItem(KEY, packed(session));
  } catch {
    // Blocked or full.
  }
}

function packed({ restored: _, ...session }) {
  const turns = session.turns.slice(-MOST_TURNS).map((turn) => {
    const message = hidden(turn.message);
    // Shown are the customer's own words, in which numbers of cards are masked already, or those of a button.
    return { ...turn, message, label: turn.label === masked(turn.message) ? message : hidden(turn.label) };
  });
  const kept = { ...session, turns };
  let text = JSON.stringify(kept);
  while (text.length > MOST_CHARACTERS && kept.turns.length) {
    kept.turns.shift();
    text = JSON.stringify(kept);
  }
  return text;
}
