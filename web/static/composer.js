/** The question field: Enter sends, it grows with its text, and says when it is nearly full. */

import { say } from "./strings.js";

const form = document.getElementById("composer");
const field = document.getElementById("message");
const left = document.getElementById("left");
// The count helps only where the end is in sight.
const COUNT_FROM = 200;

/** Calls `send` with each message that the customer writes. */
export function listen(send) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit(send);
  });
  field.addEventListener("keydown", (event) => {
    // While an input method composes a character, Enter belongs to it.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submit(send);
  });
  field.addEventListener("input", adjust);
}

/** Puts the cursor into the field, except where that would push up an on-screen keyboard unasked. */
export function focusUnlessTouch() {
  if (matchMedia("(hover: hover) and (pointer: fine)").matches) focusField();
}

export function focusField() {
  field.focus({ preventScroll: true });
}

export function adjust() {
  if (!CSS.supports("field-sizing", "content")) {
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight + 2}px`;
  }
  const count = field.maxLength - field.value.length;
  left.textContent = count < COUNT_FROM ? say("characters_left", { count }) : "";
}

function submit(send) {
  const message = field.value.trim();
  if (!message) return;
  field.value = "";
  adjust();
  send(message);
}
