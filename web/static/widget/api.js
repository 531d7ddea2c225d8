/** What is asked of the server, at the address that the script came from. Knows nothing of the page. */

import { offers } from "./strings.js";

// Longer than any reply takes: after this the customer is better served by "try again" than by waiting.
const PATIENCE_MS = 30_000;
// A message that did not get through is sent again by itself after so long; its id makes it count once.
const AGAIN_AFTER_MS = [1000, 3000];
// The longest wait that a server may ask for and still be waited for without a word.
const LONGEST_WAIT_MS = 5000;
const PASSING = new Set([0, 429, 502, 503, 504]);

/** The requests of one chat to the server at `base`. */
export function connect(base) {
  const at = (path) => new URL(path, base).href;
  const get = async (path, signal) => {
    const answer = await request(at(path), { signal });
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`);
    return answer.body;
  };
  return {
    /** The reply to a message, a refusal, or nothing that could be read: {reply} | {refused, fields} | {later, wait: milliseconds} | {}. */
    ask: async (message, signal) => outcome(await insist(at("api/v1/chat"), message, signal)),
    /** Questions that complete `text`. */
    suggest: async (text, language, signal) =>
      (await get(`api/v1/suggest?${new URLSearchParams({ q: text, language, limit: 4 })}`, signal)).suggestions,
    /** Keeps a rating; throws where it is not kept. */
    rate: async (rating) => {
      const { status } = await post(at("api/v1/feedback"), rating);
      if (status !== 200) throw new Error(`feedback: ${status}`);
    },
    /** Erases a conversation; a server that can't, or does not know it, keeps it no longer than any other. */
    forget: (id) => id && offers().erase && request(at(`api/v1/conversations/${encodeURIComponent(id)}`), { method: "DELETE" }),
    /** Hands the conversation to people, who answer by e-mail; the status that comes of it. */
    handOff: async (wish) => (await post(at("api/v1/handoff"), wish)).status,
    /** Where an entry stands in the help centre; nothing where there is none. */
    page: (entry) => (entry && offers().help ? at(offers().help + encodeURIComponent(entry)) : null),
    vehicles: () => get("api/v1/vehicles"),
    contacts: (language) => get(`api/v1/contacts?language=${language}`),
    texts: (language, signal) => get(`widget/texts/${language}`, signal),
  };
}

/** An id that makes a message sent twice count once. */
export function messageId() {
  // randomUUID is missing on plain http, getRandomValues is not.
  if (crypto.randomUUID) return crypto.randomUUID();
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function insist(address, message, signal) {
  for (const pause of [...AGAIN_AFTER_MS, null]) {
    const answer = await post(address, message, signal);
    if (!PASSING.has(answer.status) || pause === null || signal.aborted || navigator.onLine === false) return answer;
    if (answer.wait > LONGEST_WAIT_MS) return answer;
    await wait(Math.max(pause, answer.wait), signal);
  }
}

function wait(time, signal) {
  return new Promise((done) => {
    const timer = setTimeout(done, time);
    const now = () => {
      clearTimeout(timer);
      done();
    };
    signal.addEventListener("abort", now, { once: true });
  });
}

function post(address, body, signal) {
  return request(address, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body), signal });
}

async function request(address, { signal, ...options }) {
  const patience = AbortSignal.timeout(PATIENCE_MS);
  try {
    const response = await fetch(address, {
      ...options,
      credentials: "omit",
      referrerPolicy: "no-referrer",
      signal: signal && AbortSignal.any ? AbortSignal.any([signal, patience]) : (signal ?? patience),
    });
    const seconds = Number(response.headers.get("Retry-After")) || 0;
    return { status: response.status, wait: seconds * 1000, body: await response.json().catch(() => null) };
  } catch {
    return { status: 0, wait: 0, body: null };
  }
}

function outcome({ status, body, wait: told }) {
  if (status === 200 && Array.isArray(body?.blocks)) return { reply: body };
  if (status === 429) return { later: true, wait: Math.max(told, LONGEST_WAIT_MS) };
  if (status >= 400 && status < 500) return { refused: true, status, fields: (body?.errors ?? []).map((error) => String(error.field)) };
  return {};
}
