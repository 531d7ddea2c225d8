/** A field of the caller that is being worked in by keyboard keeps the focus when what is chosen loads the page again. */

const STORED = "radce-console-field";

export function startField() {
  const form = document.getElementById("caller");
  let byKey = false;
  let chosen = false;
  form.elements[taken()]?.focus();
  form.addEventListener("pointerdown", () => (byKey = false), { capture: true });
  form.addEventListener(
    "keydown",
    // Enter in a field of text says that all is said: what comes next is meant for the answer.
    ({ key, target }) => (byKey = key !== "Enter" || target.matches("select")),
    { capture: true },
  );
  form.addEventListener("change", ({ target }) => (chosen = byKey && target.name !== "said"));
  addEventListener("pagehide", () => {
    const field = document.activeElement;
    if (chosen && field?.form === form) store(field.name);
    chosen = false;
  });
}

function store(name) {
  try {
    sessionStorage.setItem(STORED, name);
  } catch {
    // storage is blocked: the focus is where every page begins
  }
}

function taken() {
  try {
    const name = sessionStorage.getItem(STORED);
    sessionStorage.removeItem(STORED);
    return name ?? "";
  } catch {
    return "";
  }
}
