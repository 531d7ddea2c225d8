/** Thumbs up or down on a reply, and a word on it. */

import { button, element, icon } from "./dom.js";
import { language, say } from "./strings.js";

const MOST_CHARACTERS = "500";

/** Makes what draws the thumbs of a reply. `rate(rating)` tells the server; `kept(asked)` is called when a rating is, and whether a word is asked for; `failed()` when not. */
export function makeRating({ rate, kept, failed }) {
  return (reply) => {
    const box = element("div", { className: "rating" });
    const thumbs = ["up", "down"].map((name) => button(`thumb ${name}`, { "aria-label": say(name), title: say(name) }, () => tell(name), icon("thumb")));
    box.append(element("div", { className: "thumbs", role: "group", "aria-label": say("rating") }, thumbs));
    mark();

    function mark() {
      thumbs.forEach((thumb, at) => {
        thumb.ariaPressed = String(reply.rated === ["up", "down"][at]);
      });
    }

    async function tell(rating, comment = reply.comment) {
      try {
        // The server keeps what comes last: a word that was said stays said.
        await rate({ message_id: reply.message_id, rating, ...(comment ? { comment } : {}) });
      } catch {
        return failed();
      }
      Object.assign(reply, { rated: rating, comment });
      mark();
      const asked = rating === "down" && !comment;
      kept(asked);
      box.querySelector("form")?.remove();
      if (asked) return ask();
      return thumbs[rating === "up" ? 0 : 1].focus();
    }

    function ask() {
      const field = element("textarea", { id: `word-${reply.message_id}`, rows: "2", maxlength: MOST_CHARACTERS });
      const form = element("form", { className: "word", lang: language(), on: { submit: (event) => {
        event.preventDefault();
        if (field.value.trim()) tell("down", field.value.trim());
      } } },
      element("label", { className: "small", for: field.id }, say("what_was_missing")), field,
      element("button", { type: "submit", className: "pill" }, say("send")));
      box.append(form);
      field.focus();
      form.scrollIntoView({ block: "nearest" });
    }

    return box;
  };
}
