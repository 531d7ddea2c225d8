/** Copying the texts that the server has made ready. */

const SHOWN_FOR = 2500;
let timer;

export function startCopying() {
  document.getElementById("answer").addEventListener("click", ({ target }) => {
    const button = target.closest("button[data-copy]");
    if (button) copy(button);
  });
}

/** Copies what a button stands for: in the caller's language (place 0) or in the other one (place 1). */
export async function copy(button, place = 0) {
  const { copy: what, what: name } = button.dataset;
  const variant = button.closest("[data-variant]")?.dataset.variant;
  const selector = `[data-text="${what}"]` + (variant ? `[data-variant="${CSS.escape(variant)}"]` : "");
  const text = document.querySelectorAll(".texts")[place]?.querySelector(selector)?.value;
  const toast = document.getElementById("toast");
  if (text === undefined) return;
  try {
    await navigator.clipboard.writeText(text);
    tell(toast, toast.dataset.copied.replace("{what}", name));
  } catch {
    tell(toast, toast.dataset.failed);
  }
}

function tell(toast, text) {
  clearTimeout(timer);
  toast.textContent = text;
  timer = setTimeout(() => (toast.textContent = ""), SHOWN_FOR);
}
