/** Keys that are pressed while the page is left for the next one, or is not ready yet: kept, and pressed once it is. */
(() => {
  const STORED = "radce-console-ahead";
  // Milliseconds after which keys are the page's own again, whatever has become of it.
  const PATIENCE = 5000;
  let kept = taken();
  let timer = setTimeout(release, PATIENCE);

  addEventListener(
    "keydown",
    (event) => {
      if (!kept || !event.isTrusted || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "Backspace") kept.pop();
      else if (event.key === "Enter" || event.key.length === 1) kept.push([event.key, event.code]);
      else return;
      event.preventDefault();
      event.stopImmediatePropagation();
    },
    { capture: true },
  );
  addEventListener("pagehide", () => {
    try {
      if (kept?.length) sessionStorage.setItem(STORED, JSON.stringify(kept));
    } catch {
      // storage is blocked: they are lost
    }
  });
  addEventListener("pageshow", ({ persisted }) => persisted && release());
  addEventListener("radce-leaving", () => {
    kept ??= [];
    clearTimeout(timer);
    timer = setTimeout(release, PATIENCE);
  });
  addEventListener("radce-ready", release);

  /** Presses what was kept, until one of the keys leaves the page again. */
  function release() {
    clearTimeout(timer);
    const keys = kept ?? [];
    kept = null;
    while (keys.length && !kept) press(...keys.shift());
    kept?.push(...keys);
  }

  function press(key, code) {
    const target = document.activeElement ?? document.body;
    const told = new KeyboardEvent("keydown", { key, code, bubbles: true, cancelable: true });
    if (!target.dispatchEvent(told)) return;
    if (key === "Enter") {
      if (target.form) target.form.requestSubmit();
      else target.click();
    } else if (target.matches("input[type=text], input[type=search], input:not([type])")) {
      target.setRangeText(key, target.selectionStart, target.selectionEnd, "end");
      target.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  function taken() {
    try {
      const keys = JSON.parse(sessionStorage.getItem(STORED)) ?? [];
      sessionStorage.removeItem(STORED);
      return keys;
    } catch {
      return [];
    }
  }
})();
