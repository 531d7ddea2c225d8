/** Building elements. Text goes in as text only: nothing here or elsewhere parses a reply as HTML. */

/** An element with a class, attributes and children; a string child becomes text, null is left out. */
export function element(tag, { className, on, ...attributes } = {}, ...children) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined) made.setAttribute(name, value);
  }
  for (const [name, handler] of Object.entries(on ?? {})) made.addEventListener(name, handler);
  made.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return made;
}

/** Text for screen readers only. */
export function unseen(text) {
  return element("span", { className: "visually-hidden" }, text);
}
