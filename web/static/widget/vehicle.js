/** A vehicle in words, and the fields to choose one by. */

import { element } from "./dom.js";
import { language, say } from "./strings.js";

/** A vehicle as customers name it, such as "Macan 2019" or "911 (992)"; with generations once `models` are known. */
export function vehicleText({ model, generation, model_year: year, model_years: range }, models) {
  const found = models?.find((one) => one.model === model);
  const name = found?.name[language()] ?? String(model).replace(/(^|[\s_-])\p{L}/gu, (letter) => letter.toUpperCase());
  const [first, last] = range ?? [year, year];
  // The generation says nothing more where model and years leave no other.
  const possible = (found?.generations ?? []).filter((one) => (first ?? 0) <= one.last_model_year && one.first_model_year <= (last ?? Infinity));
  const one = possible.length > 1 && possible.find((row) => row.generation === generation);
  return [one ? generationText(name, one.short[language()]) : name, yearsText(first, last)].filter(Boolean).join(" ");
}

/** "992 (8th generation)" of the 911 is "911 (992)"; a name that is the model's own, "718 (from 2017)", stays whole. */
function generationText(model, short) {
  const bare = short.split(" (")[0];
  return bare === model ? short : `${model} (${bare})`;
}

function yearsText(first, last) {
  if (first && last) return first === last ? String(first) : `${first}–${last}`;
  return first ? say("from_year", { year: first }) : last ? say("to_year", { year: last }) : "";
}

/** Rows of labelled fields for model, generation and model year, and what is chosen in them. */
export function vehicleFields(vehicle, models) {
  const model = element("select", { id: "fact-model" }, option("", say("choose")), models.map((one) => option(one.model, one.name[language()])));
  const generation = element("select", { id: "fact-generation" });
  const year = element("select", { id: "fact-year" });
  model.value = vehicle?.model ?? "";

  function fill(chosenGeneration, chosenYear, range) {
    const generations = models.find((one) => one.model === model.value)?.generations ?? [];
    generation.replaceChildren(option("", say("not_sure")), ...generations.map((one) => option(one.generation, one.short[language()])));
    generation.value = chosenGeneration ?? "";
    fillYears(generations, chosenYear, range);
  }

  function fillYears(generations, chosenYear, range) {
    const those = generations.filter((one) => !generation.value || one.generation === generation.value);
    const open = range ? yearsText(...range) : say("not_sure");
    year.replaceChildren(option("", open), ...years(those).map((one) => option(String(one), String(one))));
    year.value = chosenYear ? String(chosenYear) : "";
    if (!year.value) year.value = "";
    for (const field of [generation, year]) field.disabled = !those.length;
  }

  model.addEventListener("change", () => fill());
  generation.addEventListener("change", () => fill(generation.value, year.value));
  fill(vehicle?.generation, vehicle?.model_year, vehicle?.model_years);
  const rows = [["model", model], ["generation", generation], ["year", year]].flatMap(([name, field]) => [
    element("label", { for: field.id }, say(name)), field,
  ]);
  return { rows, value: () => chosen(model.value, generation.value, year.value) };
}

function chosen(model, generation, year) {
  if (!model) return null;
  return { model, ...(generation ? { generation } : {}), ...(year ? { model_year: Number(year) } : {}) };
}

/** The model years of generations, the newest first. */
function years(generations) {
  const all = new Set();
  for (const { first_model_year: first, last_model_year: last } of generations) for (let year = first; year <= last; year += 1) all.add(year);
  return [...all].sort((one, other) => other - one);
}

function option(value, text) {
  return element("option", { value }, text);
}
