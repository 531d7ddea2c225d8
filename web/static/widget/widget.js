/** Puts the chat's launcher on a page; everything else comes when the page is idle, or at the first touch (docs/widget.md). */
(() => {
  const { version, strings } = __SERVED__;
  const script = document.currentScript ?? document.querySelector('script[src$="/widget.js"]');
  if (window.radce) {
    // The page's body was exchanged, and the script came again with the new one.
    if (!window.radce.element?.isConnected) document.body.append(window.radce.element);
    return;
  }
  if (!script) return;

  const SPOKEN = new Map([["cs", "cs"], ["sk", "cs"], ["en", "en"]]);
  const spoken = (tag) => SPOKEN.get((tag ?? "").slice(0, 2).toLowerCase());
  const { dataset } = script;
  const options = {
    base: new URL(".", script.src).href,
    language: spoken(dataset.language) ?? spoken(document.documentElement.lang) ?? navigator.languages.map(spoken).find(Boolean) ?? "cs",
    page: dataset.display === "page",
    suggest: dataset.suggest !== "off",
    country: dataset.country,
    vehicle: dataset.model && { model: dataset.model, generation: dataset.generation, model_year: Number(dataset.modelYear) || undefined },
  };

  // Nothing that the page's styles say of this element, or of all elements, holds inside: !important of a shadow root comes before theirs.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host {
      all: initial !important;
      position: fixed !important;
      z-index: 2147483647 !important;
      inset: auto max(var(--radce-inset, 20px), env(safe-area-inset-right)) max(var(--radce-inset, 20px), env(safe-area-inset-bottom)) auto !important;
      display: block !important;
      direction: ltr !important;
      color-scheme: light dark !important;
      font: medium/1.5 var(--radce-font, -apple-system, "Segoe UI Variable Text", "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", system-ui, sans-serif) !important;
    }
    :host([data-side="left"]) { inset-inline: max(var(--radce-inset, 20px), env(safe-area-inset-left)) auto !important; }
    :host([data-theme="light"]) { color-scheme: light !important; }
    :host([data-theme="dark"]) { color-scheme: dark !important; }
    :host([data-display="page"]) { position: static !important; }
    [hidden] { display: none !important; }
    .region {
      --accent: var(--radce-accent, light-dark(#1f5f57, #8ed1c2));
      --on-accent: var(--radce-on-accent, light-dark(#fff, #0c1b17));
      --alert: light-dark(#fbeae6, #33201d);
      --alert-edge: light-dark(#b4483a, #e08574);
      --ink: var(--radce-ink, light-dark(#1b2420, #e5ebe7));
    }
    .launcher {
      display: flex;
      gap: 10px;
      align-items: center;
      min-width: 56px;
      min-height: 56px;
      padding: 0 22px 0 18px;
      border: 1px solid transparent;
      border-radius: 28px;
      background: var(--accent);
      color: var(--on-accent);
      box-shadow: 0 1px 2px rgb(0 0 0 / 0.2), 0 8px 24px -4px rgb(0 0 0 / 0.3);
      font: inherit;
      font-weight: 600;
      cursor: pointer;
    }
    .launcher:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; }
    .launcher svg { flex: none; fill: none; stroke: currentcolor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }
    .launcher[aria-busy="true"] svg { opacity: 0.5; }
    .failed {
      box-sizing: border-box;
      max-width: 280px;
      margin: 0 0 12px;
      padding: 12px 16px;
      border: 1px solid var(--alert-edge);
      border-radius: 14px;
      background: var(--alert);
      color: var(--ink);
    }
    @media (max-width: 480px) {
      .launcher { justify-content: center; padding: 0; }
      .label { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
    }
    @media (prefers-reduced-motion: no-preference) {
      .launcher { transition: transform 150ms ease-out; }
      .launcher:hover { transform: translateY(-2px); }
    }
    @media print { :host(:not([data-display="page"])) { display: none !important; } }
  `);

  class Chat extends HTMLElement {
    constructor() {
      super();
      this.attachShadow({ mode: "open" }).adoptedStyleSheets = [sheet];
    }

    connectedCallback() {
      if (options.page || !this.showPopover) return;
      // The top layer: no z-index, transform or overflow of the page reaches it.
      this.popover = "manual";
      this.showPopover();
    }
  }
  customElements.define("radce-chat", Chat);

  const make = (tag, properties, ...children) => {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  };
  const label = make("span", { className: "label" });
  const launcher = make("button", { type: "button", className: "launcher", hidden: options.page }, bubble(), label);
  const failed = make("p", { className: "failed", hidden: true });
  failed.setAttribute("role", "alert");
  const region = make("section", { className: "region" }, failed, launcher);
  launcher.setAttribute("aria-haspopup", "dialog");
  launcher.setAttribute("aria-expanded", "false");

  /** The launcher's words; the chat calls it again when its language changes. */
  function speak(language) {
    const words = strings[language];
    region.lang = language;
    region.ariaLabel = words.launcher_more;
    label.textContent = words.launcher;
    launcher.ariaLabel = `${words.launcher} – ${words.launcher_more}`;
    failed.textContent = failed.hidden ? "" : words.load_failed;
  }
  speak(options.language);

  let loading;
  let tries = 0;
  function load() {
    // Browsers remember a module that did not come: the next try asks at another address.
    loading ??= import(`${options.base}widget/${version}${tries ? `-${tries}` : ""}/chat.js`)
      .then((chat) => chat.start({ element, region, launcher, handle, options, speak }))
      .catch((error) => {
        loading = undefined;
        tries += 1;
        throw error;
      });
    return loading;
  }

  async function openNow() {
    launcher.ariaBusy = "true";
    failed.hidden = true;
    try {
      (await load()).open();
    } catch {
      failed.hidden = false;
      failed.textContent = strings[region.lang].load_failed;
    }
    launcher.ariaBusy = null;
  }
  launcher.addEventListener("click", openNow);

  const handle = new EventTarget();
  for (const name of ["open", "close", "ask", "setLanguage", "setCountry", "setVehicle"]) {
    handle[name] = async (...values) => (await load())[name](...values);
  }

  const element = document.querySelector("radce-chat") ?? document.createElement("radce-chat");
  for (const name of ["theme", "side", "display"]) if (dataset[name]) element.dataset[name] = dataset[name];
  element.shadowRoot.append(region);
  if (!element.isConnected) document.body.append(element);
  handle.element = element;
  window.radce = handle;
  document.dispatchEvent(new CustomEvent("radce:ready", { detail: handle }));

  const quietly = () => load().catch(() => {});
  for (const touch of ["pointerenter", "focus"]) launcher.addEventListener(touch, quietly, { once: true });
  const idle = () => (window.requestIdleCallback ?? setTimeout)(quietly, { timeout: 5000 });
  if (options.page) openNow();
  else if (document.readyState === "complete") idle();
  else addEventListener("load", idle, { once: true });

  function bubble() {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    for (const [name, value] of Object.entries({ viewBox: "0 0 24 24", width: 26, height: 26, "aria-hidden": "true" })) svg.setAttribute(name, value);
    path.setAttribute("d", "M6 3h12a4 4 0 0 1 4 4v7a4 4 0 0 1-4 4h-6l-5 3.6V18H6a4 4 0 0 1-4-4V7a4 4 0 0 1 4-4zM7.5 8.5h9M7.5 12.5h5.5");
    svg.append(path);
    return svg;
  }
})();
