/** Changing the page's language without leaving the page, so that a half-written question survives. */

import { loadStrings } from "./strings.js";

export const pageLanguage = () => document.documentElement.lang;

/** Makes the page speak `language`; throws, with the page as it was, where that cannot be had. */
export async function switchPage(language) {
  // The server renders the other language anyway (also for those without scripts): its texts are the only copy.
  const response = await fetch(`/?language=${language}`, { headers: { "Accept-Language": language } });
  const other = new DOMParser().parseFromString(await response.text(), "text/html");
  if (!response.ok || other.documentElement.lang !== language) throw new Error(`no page in ${language}`);
  await loadStrings(language);
  for (const here of document.querySelectorAll("[data-local]")) {
    const there = other.querySelector(`[data-local="${CSS.escape(here.dataset.local)}"]`);
    if (there) translate(here, there);
  }
  document.title = other.title;
  document.documentElement.lang = language;
  markCurrent(language);
  // A reload then asks for this language again.
  history.replaceState(null, "", `?language=${language}`);
}

function translate(here, there) {
  for (const name of ["aria-label", "placeholder"]) {
    if (there.hasAttribute(name)) here.setAttribute(name, there.getAttribute(name));
  }
  // Containers (the log, the navigation) keep their content.
  if (there.textContent.trim() && !there.childElementCount) here.textContent = there.textContent;
}

function markCurrent(language) {
  for (const link of document.querySelectorAll("a[hreflang]")) {
    if (link.hreflang === language) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}
