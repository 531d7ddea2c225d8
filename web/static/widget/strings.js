/** The widget's own words and the brand's, in the language of the interface. */

let words = {};
let current = "cs";
const fetched = {};

/** The language of the interface: "cs" or "en". */
export const language = () => current;

/** The words called `key`, with {name} filled in from `values`; by their number where `values` has a count. */
export function say(key, values = {}) {
  let text = words[key] ?? key;
  if (typeof text === "object" && "count" in values) text = text[new Intl.PluralRules(current).select(values.count)] ?? text.other;
  return typeof text === "string" ? text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole) : text;
}

/** What else the server does for customers: {handoff, erase: whether; help: where its help centre stands, or ""}. */
export const offers = () => words.offers ?? {};

/** The other words of a key that holds a list. */
export const sayAll = (key) => (Array.isArray(words[key]) ? words[key] : []);

/**
 * Speaks `wished` from now on, in the words that `texts` fetches, if `still` says so once they are here, and gives
 * whether it does; throws, with all as it was, where they do not come.
 */
export async function speakLanguage(wished, texts, still = () => true) {
  fetched[wished] ??= await texts(wished);
  if (!still()) return false;
  words = fetched[wished];
  current = wished;
  return true;
}

/** The name of a country in the language of the interface. */
export function countryName(code) {
  try {
    return new Intl.DisplayNames([current], { type: "region" }).of(code);
  } catch {
    return String(code);
  }
}
