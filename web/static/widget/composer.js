/** The question field: Enter sends, it grows with its text, and says when it is nearly full. */

import { element, icon, unseen } from "./dom.js";
import { say } from "./strings.js";

const MOST_CHARACTERS = 2000;
// The count helps only where the end is in sight.
const COUNT_FROM = 200;

/** Makes the question field; `send` gets each message that the customer writes. */
export function makeComposer(send) {
  const field = element("textarea", {
    id: "message", rows: "1", maxlength: String(MOST_CHARACTERS), autocomplete: "off", enterkeyhint: "send", "aria-describedby": "keys",
  });
  const label = element("label", { className: "unseen", for: "message" });
  const submit = element("button", { type: "submit", className: "send" }, icon("send", 22));
  const keys = element("span", { id: "keys" });
  const left = element("span", { className: "left" });
  const form = element("form", { className: "composer", on: { submit: take } }, label, field, submit);
  const hint = element("p", { className: "hint" }, keys, left);

  function take(event) {
    event?.preventDefault();
    const message = field.value.trim();
    if (!message) return field.focus();
    field.value = "";
    adjust();
    send(message);
  }

  function adjust() {
    if (!CSS.supports("field-sizing", "content")) {
      field.style.height = "auto";
      field.style.height = `${field.scrollHeight + 2}px`;
    }
    const count = MOST_CHARACTERS - field.value.length;
    left.textContent = count < COUNT_FROM ? say("characters_left", { count }) : "";
  }

  function speak() {
    label.textContent = say("input_label");
    field.placeholder = say("input_placeholder");
    submit.replaceChildren(icon("send", 22), unseen(say("send")));
    keys.textContent = say("keys_hint");
    adjust();
  }

  field.addEventListener("input", adjust);
  field.addEventListener("keydown", (event) => {
    // While an input method composes a character, Enter belongs to it; suggestions may have taken it.
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing && !event.defaultPrevented) take(event);
  });
  return { form, hint, field, speak, focus: () => field.focus({ preventScroll: true }) };
}
