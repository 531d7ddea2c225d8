/** The chat's data core: one request, and what it can end in. Knows nothing of the page. */

const ENDPOINT = "/api/v1/chat";
// Longer than any reply takes: after this the customer is better served by "try again" than by waiting.
const PATIENCE_MS = 30_000;

/**
 * Sends one message.
 * @returns {Promise<{reply: object} | {detail: string, again: boolean} | {lost: true}>}
 *   a reply; a refusal in the server's words (again: trying later can help); or nothing that could be read.
 */
export async function ask(request, signal) {
  let answer = await post(request, signal);
  if (answer.status === 404 && request.conversation_id) {
    // The server has forgotten the conversation. The customer need not know: the message starts a new one.
    const { conversation_id: _, ...fresh } = request;
    answer = await post(fresh, signal);
  }
  return outcome(answer);
}

/** An id that makes a message sent twice count once. */
export function messageId() {
  // randomUUID is missing on plain http, getRandomValues is not.
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function post(request, signal) {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
  const stop = () => patience.abort();
  signal?.addEventListener("abort", stop);
  try {
    const response = await fetch(ENDPOINT, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json, application/problem+json" },
      body: JSON.stringify(request),
      signal: patience.signal,
    });
    return { status: response.status, body: await response.json().catch(() => null) };
  } catch {
    return { status: 0, body: null };
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", stop);
  }
}

function outcome({ status, body }) {
  if (status >= 200 && status < 300 && Array.isArray(body?.blocks)) return { reply: body };
  if (status >= 400 && status < 500) {
    return { detail: typeof body?.detail === "string" ? body.detail : "", again: status === 429 };
  }
  return { lost: true };
}
