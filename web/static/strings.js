/** The page's own words, in its language. */

let strings = {};

/** The string called `key`, with {name} filled in from `values`. */
export function say(key, values = {}) {
  return (strings[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

export async function loadStrings(language) {
  const response = await fetch(`/static/strings.${language}.json`);
  if (!response.ok) throw new Error(`strings.${language}.json: ${response.status}`);
  strings = await response.json();
}
