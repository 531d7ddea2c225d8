/** The conversation as text, to be copied or kept as a file. */

import { language, say } from "./strings.js";

/** The text: who said what, in order, with the versions of the knowledge base. */
export function transcript(turns) {
  const lines = [`${say("assistant")} – ${say("about")}`, new Date().toLocaleString(language()), say("disclaimer"), ""];
  for (const { label, reply } of turns) {
    lines.push(`${say("customer")}: ${label}`, "");
    if (!reply) continue;
    lines.push(`${say("assistant")}: ${reply.text ?? ""}`);
    if (reply.contact && !reply.text?.includes(reply.contact.email)) lines.push(`${reply.contact.name}: ${reply.contact.email}`);
    for (const { question } of reply.sources ?? []) lines.push(`[${say("source")}: ${question}; ${say("version", { version: reply.kb_version })}]`);
    lines.push("");
  }
  return lines.join("\n");
}

/** Offers `text` as a file. */
export function download(text, name) {
  const address = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  const link = Object.assign(document.createElement("a"), { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
