/** The answer beside the list: shown when it is chosen in the list, opened under its own address. */

import { Latest } from "./pieces.js";
import { remember } from "./recent.js";

const latest = new Latest();
const pane = () => document.getElementById("answer");

export function startPane() {
  addEventListener("popstate", () => location.reload());
  const article = pane().querySelector("article");
  if (!article) return;
  mark(article.dataset.entry);
  if (!location.pathname.startsWith("/console/entries/")) return;
  remember(article);
  pane().focus({ preventScroll: true });
}

/** The entry of a link of the list; opened, it has the focus and the page's address. */
export async function showEntry(link, { open = false } = {}) {
  mark(link.dataset.entry);
  const shown = pane().querySelector("article")?.dataset.view;
  if (shown !== link.dataset.view) {
    const nodes = await latest.piece(link.dataset.view);
    if (!nodes) return;
    pane().replaceChildren(...nodes);
    pane().scrollTop = 0;
    const article = pane().querySelector("article");
    if (article) article.dataset.view = link.dataset.view;
  }
  if (open) opened(link);
}

function opened(link) {
  const article = pane().querySelector("article");
  if (link.href !== location.href) history.pushState(null, "", link.href);
  const title = article.querySelector("h1").textContent;
  document.title = `${title} – ${document.title.split(" – ").at(-1)}`;
  remember(article);
  pane().focus({ preventScroll: true });
}

function mark(entry) {
  for (const link of document.querySelectorAll("#results a[data-entry]")) {
    if (link.dataset.entry === entry) {
      link.setAttribute("aria-current", "true");
      link.scrollIntoView({ block: "nearest" });
    } else link.removeAttribute("aria-current");
  }
}
