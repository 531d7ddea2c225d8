/** The panel: its parts, opening and closing, where the focus goes, and how it fits a small screen. */

import { button, element, icon, unseen } from "./dom.js";
import { language, say } from "./strings.js";

// As in panel.css: where the panel fills the screen, nothing behind it can be reached.
const FILLS_SCREEN = "(max-width: 480px), (max-height: 480px)";
const LANGUAGES = { cs: "čeština", en: "English" };

/** Makes the panel. `act`: what its buttons do; `page`: it is the page, and neither opens nor closes. */
export function makePanel({ region, launcher, page }, act) {
  const title = element(page ? "h1" : "h2", { id: "title" });
  // On the page itself, replies' headings (level 3) stand under it.
  const heading = page ? element("h2", { className: "unseen" }) : null;
  const tagline = element("p", {});
  const tongues = Object.entries(LANGUAGES).map(([code, name]) => button("tongue", { lang: code }, () => act.speak(code), code.toUpperCase(), unseen(` – ${name}`)));
  const languages = element("div", { className: "languages", role: "group" }, tongues);
  const menu = makeMenu(act);
  const close = page ? null : button("plain", {}, () => act.close(), icon("close"));
  const log = element("div", { id: "log", role: "log", "aria-live": "polite", tabindex: "0" });
  const status = element("p", { className: "status", role: "status" });
  const bottom = element("div", { className: "bottom" });
  const panel = element(
    "div",
    { className: "panel", id: "panel", role: page ? null : "dialog", "aria-labelledby": page ? null : "title", hidden: true },
    element("div", { className: "top" }, element("div", { className: "who" }, title, tagline), languages, menu.opener, close, menu.list),
    heading,
    log,
    bottom,
  );
  bottom.append(status);
  region.append(panel);
  fitKeyboard(panel);

  /** Says everything in the language of the interface. */
  function speak() {
    panel.lang = language();
    title.textContent = say("assistant");
    tagline.replaceChildren(element("span", {}, page ? `${say("automated")} · ${say("about")}` : say("automated")));
    languages.ariaLabel = say("language_label");
    for (const tongue of tongues) tongue.ariaPressed = String(tongue.lang === language());
    log.ariaLabel = say("log_label");
    if (heading) heading.textContent = say("log_label");
    if (close) close.ariaLabel = say("close");
    menu.speak();
  }

  function show(open) {
    panel.hidden = !open;
    launcher.hidden = open || page;
    launcher.ariaExpanded = String(open);
  }

  const small = matchMedia(FILLS_SCREEN);
  const fill = () => {
    panel.ariaModal = small.matches && !page ? "true" : null;
  };
  small.addEventListener("change", fill);
  fill();

  region.addEventListener("keydown", (event) => {
    if (event.key === "Tab" && panel.ariaModal === "true") keepInside(event, panel);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || event.isComposing || panel.hidden) return;
    if (menu.isOpen()) menu.close();
    else if (!page) act.close();
  });
  return { panel, log, status, bottom, speak, show, isOpen: () => !panel.hidden };
}

function makeMenu(act) {
  const opener = button("plain", { "aria-expanded": "false", "aria-controls": "menu" }, () => open(list.hidden), icon("menu"));
  // Made once: what has the focus keeps it when the language changes.
  const entries = ["person", "copy_transcript", "save_transcript", "clear"].map((name) => [name, button("entry", {}, () => {
    close();
    act[name]();
  })]);
  const list = element("div", { className: "menu", id: "menu", hidden: true }, entries.map(([, entry]) => entry));

  function open(wished) {
    list.hidden = !wished;
    opener.ariaExpanded = String(wished);
    if (wished) list.querySelector("button").focus();
  }

  function close() {
    open(false);
    opener.focus();
  }

  function speak() {
    opener.ariaLabel = say("menu");
    for (const [name, entry] of entries) entry.textContent = say(name);
  }

  list.addEventListener("focusout", (event) => {
    if (!list.contains(event.relatedTarget) && event.relatedTarget !== opener) open(false);
  });
  return { opener, list, speak, close, isOpen: () => !list.hidden };
}

/** Tab goes round inside where the panel covers the page. */
function keepInside(event, panel) {
  const reached = [...panel.querySelectorAll("button, textarea, select, a[href], summary, [tabindex='0']")].filter((one) => one.checkVisibility());
  const now = panel.getRootNode().activeElement;
  const [from, to] = event.shiftKey ? [reached[0], reached.at(-1)] : [reached.at(-1), reached[0]];
  if (now !== from) return;
  event.preventDefault();
  to.focus();
}

/** A keyboard on the screen covers part of the page without making it smaller: the panel keeps to what is left. */
function fitKeyboard(panel) {
  const seen = window.visualViewport;
  if (!seen) return;
  const fit = () => {
    panel.style.setProperty("--seen-height", `${Math.round(seen.height * seen.scale)}px`);
    // Enlarged with two fingers, the visitor moves the view; the panel stays where it is.
    panel.style.setProperty("--seen-top", seen.scale > 1 ? 0 : `${Math.round(seen.offsetTop)}px`);
  };
  seen.addEventListener("resize", fit);
  seen.addEventListener("scroll", fit);
  fit();
}
