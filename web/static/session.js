/** What this browser tab remembers of the conversation; it ends with the tab. */

const KEY = "radce.chat";
// Browsers give a page about 5 MB and the whole transcript is rewritten each turn: a limit keeps both far away.
const MOST_TURNS = 60;
const MOST_CHARACTERS = 300_000;

/** {conversation_id, language: the customer's explicit choice, turns: oldest first}. */
export const session = { conversation_id: null, language: null, turns: [] };

/** Fills `session` with what the tab remembers; leaves it empty where storage is blocked or broken. */
export function restore() {
  try {
    const stored = JSON.parse(sessionStorage.getItem(KEY));
    session.conversation_id = stored.conversation_id ?? null;
    session.language = stored.language ?? null;
    session.turns = Array.isArray(stored.turns) ? stored.turns : [];
  } catch {
    // Nothing stored, or no access: the chat works all the same, until the page is left.
  }
}

export function save() {
  try {
    sessionStorage.setItem(KEY, packed());
  } catch {
    // Blocked or full.
  }
}

/** Forgets the conversation, not the chosen language. */
export function forget() {
  session.conversation_id = null;
  session.turns = [];
  save();
}

function packed() {
  const kept = { ...session, turns: session.turns.slice(-MOST_TURNS) };
  let text = JSON.stringify(kept);
  while (text.length > MOST_CHARACTERS && kept.turns.length) {
    kept.turns.shift();
    text = JSON.stringify(kept);
  }
  return text;
}
