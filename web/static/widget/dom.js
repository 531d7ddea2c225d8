/** Building elements. Text goes in as text only: nothing here or elsewhere parses a reply as HTML. */

const SVG = "http://www.w3.org/2000/svg";
// Signs that turn the direction of what follows: an address could be made to read as another one.
const TURNING = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
// Czech leaves no preposition or conjunction of one letter at the end of a line. Browsers copy the space as a plain one.
const HANGING = /(?<=^|[\s(„“])([ksvzouai]) (?=\S)/giu;
// Nor a number away from what it counts: "14 dnů", "911 8. generace".
const COUNTING = /(?<=\d\.?) (?=\p{Ll}|\d+\. )/gu;
const ICONS = {
  close: "M5 5l10 10M15 5L5 15",
  menu: "M4 10h.01M10 10h.01M16 10h.01",
  send: "M10 16V4M5 9l5-5 5 5",
  thumb: "M6.5 9v8H3.5V9zM6.5 9l3-6c1.6 0 2.3 1 2 2.4L11 8h4.2c1 0 1.6.9 1.4 1.8l-1.3 5.8c-.2.8-.8 1.4-1.7 1.4H6.5",
};

/** An element with a class, attributes, listeners and children; a string child becomes text, null is left out. */
export function element(tag, { className, on, ...attributes } = {}, ...children) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(name, "");
    else if (value !== null && value !== undefined && value !== false) made.setAttribute(name, value);
  }
  for (const [name, handler] of Object.entries(on ?? {})) made.addEventListener(name, handler);
  made.append(...children.flat(2).filter((child) => child !== null && child !== undefined).map(visible));
  return made;
}

/** A button that does `click`. */
export function button(className, attributes, click, ...children) {
  return element("button", { type: "button", className, ...attributes, on: { click } }, ...children);
}

/** Text for screen readers only. */
export function unseen(text) {
  return element("span", { className: "unseen" }, text);
}

/** A picture that says nothing which words beside it do not say. */
export function icon(name, size = 20) {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  const attributes = { viewBox: "0 0 20 20", width: size, height: size, class: `icon icon-${name}`, "aria-hidden": "true" };
  for (const [key, value] of Object.entries(attributes)) svg.setAttribute(key, value);
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

function visible(child) {
  return child instanceof Node ? child : String(child).replace(TURNING, "\ufffd").replace(HANGING, "$1\u00a0").replace(COUNTING, "\u00a0");
}
