/** The form below a contact that hands the conversation to a person, who answers by e-mail. */

import { messageId } from "./api.js";
import { button, element } from "./dom.js";
import { language, offers, say } from "./strings.js";

const MOST_CHARACTERS = "1000";
const KEPT = 202;
const NOT_AN_ADDRESS = 422;

/** Makes what draws the form of a reply. `handOff(wish)` gives the server's status; `kept()` is called once it has the wish. */
export function makeHandoff({ handOff, kept }) {
  return (reply, last) => {
    if (!reply.handed && !(last && offers().handoff && reply.kind === "contact" && reply.country)) return null;
    const box = element("div", { className: "handoff" });
    const id = reply.handoff_id ??= messageId();
    if (reply.handed) done();
    else offer();

    /** Each time in the language that the interface has now, whatever the reply's is. */
    function put(content) {
      box.lang = language();
      box.replaceChildren(content);
    }

    function offer() {
      put(button("pill strong", {}, ask, say("handoff")));
    }

    function ask() {
      const address = element("input", { id: `to-${id}`, type: "email", required: true, maxlength: "254", autocomplete: "email" });
      const word = element("textarea", { id: `word-${id}`, rows: "2", maxlength: MOST_CHARACTERS });
      const fault = element("p", { className: "small fault", role: "alert" });
      const submit = element("button", { type: "submit", className: "pill strong" }, say("send"));
      put(element("form", { className: "word card", on: { submit: async (event) => {
        event.preventDefault();
        submit.disabled = true;
        const message = word.value.trim();
        const wish = { conversation_id: reply.conversation_id, client_message_id: id, reply_to: address.value.trim(), ...(message ? { message } : {}) };
        const status = await handOff(wish);
        submit.disabled = false;
        if (status === KEPT) settle();
        else if (status === NOT_AN_ADDRESS) fault.textContent = say("handoff_address");
        else put(element("p", { className: "alert", role: "alert" }, say("handoff_failed")));
      } } },
      element("p", { className: "card-name" }, say("handoff_title")),
      element("label", { for: address.id }, say("handoff_email")), address,
      element("label", { for: word.id }, say("handoff_word")), word,
      element("p", { className: "small" }, say("handoff_note")), fault,
      element("div", { className: "actions" }, submit, button("pill", {}, shut, say("cancel")))));
      address.focus();
      box.scrollIntoView({ block: "nearest" });
    }

    function shut() {
      offer();
      box.firstChild.focus();
    }

    function settle() {
      reply.handed = true;
      done();
      box.firstChild.focus();
      kept();
    }

    function done() {
      put(element("p", { className: "note", tabindex: "-1" }, say("handed")));
    }

    return box;
  };
}
