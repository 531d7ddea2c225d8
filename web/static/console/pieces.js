/** Pieces of pages from the server: it has escaped every text in them. */

/** The nodes at an address. Where the agent is signed out meanwhile, the page is loaded again, and asks him to sign in. */
export async function fetchPiece(address, signal) {
  const response = await fetch(address, { signal, headers: { Accept: "text/html" } });
  if (response.status === 401) location.reload();
  if (!response.ok) throw new Error(`${response.status}`);
  return [...new DOMParser().parseFromString(await response.text(), "text/html").body.childNodes];
}

/** The fields of a form that are filled in, as the parameters of an address. */
export function parameters(form) {
  const filled = [...new FormData(form)].filter(([, value]) => value !== "");
  return new URLSearchParams(filled).toString();
}

/** One request at a time: a new one ends the one before. */
export class Latest {
  #controller = new AbortController();

  /** The nodes at an address; null where another request came meanwhile, or the server can't be reached. */
  async piece(address) {
    this.stop();
    const { signal } = this.#controller;
    try {
      return await fetchPiece(address, signal);
    } catch {
      return null;
    }
  }

  stop() {
    this.#controller.abort();
    this.#controller = new AbortController();
  }
}
