/** What the assistant has understood of the customer, vehicle and country, as chips that open a small form. */

import { button, element } from "./dom.js";
import { countryName, language, say } from "./strings.js";

/**
 * Makes the chips. `known()`: {vehicle, country}; `server`: where vehicles and countries are asked for;
 * `tell(name, value)`: called with what the customer sets, null for what is cleared.
 */
export function makeChips({ known, server, tell, failed }) {
  const bar = element("div", { className: "chips", role: "group" });
  const form = element("form", { className: "facts", hidden: true });
  const box = element("div", { className: "context" }, form, bar);
  const chips = {};
  const contacts = {};
  let vehicles = null;
  let opened = null;
  let values = () => null;

  const texts = { vehicle: (value) => vehicleText(value, vehicles), country: countryName };

  function draw() {
    bar.ariaLabel = say("chips");
    for (const name of ["vehicle", "country"]) {
      const value = known()[name];
      chips[name] ??= bar.appendChild(button("chip", { "aria-expanded": "false" }, () => toggle(name)));
      chips[name].classList.toggle("empty", !value);
      chips[name].replaceChildren(
        element("span", { className: "fact" }, `${say(name)}: `), value ? texts[name](value) : say("not_known"),
      );
    }
    if (known().vehicle && !vehicles) lookUp("vehicle").then(draw).catch(() => {});
  }

  async function lookUp(name) {
    if (name === "vehicle") vehicles ??= (await server.vehicles()).models;
    else contacts[language()] ??= (await server.contacts(language())).contacts;
  }

  async function toggle(name) {
    if (opened === name) return shut(true);
    shut(false);
    try {
      await lookUp(name);
    } catch {
      return failed();
    }
    opened = name;
    chips[name].ariaExpanded = "true";
    const fields = name === "vehicle" ? vehicleFields(known().vehicle, vehicles) : countryFields(known().country, contacts[language()]);
    values = fields.value;
    form.ariaLabel = say(name);
    form.replaceChildren(...fields.rows, element("div", { className: "actions" },
      element("button", { type: "submit", className: "pill strong" }, say("apply")),
      known()[name] ? button("pill", {}, () => settle(null), say("forget")) : null,
      button("pill", {}, () => shut(true), say("cancel"))));
    form.hidden = false;
    form.querySelector("select").focus();
    return undefined;
  }

  function settle(value) {
    const name = opened;
    shut(true);
    tell(name, value);
  }

  function shut(back) {
    if (!opened) return;
    const chip = chips[opened];
    chip.ariaExpanded = "false";
    opened = null;
    form.hidden = true;
    form.replaceChildren();
    if (back) chip.focus();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    settle(values());
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    shut(true);
  });
  return { box, draw, shut: () => shut(false) };
}

function countryFields(country, contacts) {
  const codes = new Set(contacts.map((contact) => contact.country));
  if (country) codes.add(country);
  const names = [...codes].map((code) => [code, countryName(code)]).sort((one, other) => one[1].localeCompare(other[1], language()));
  const select = element("select", { id: "fact-country" },
    element("option", { value: "" }, say("choose")),
    names.map(([code, name]) => element("option", { value: code, selected: code === country }, name)));
  return { rows: [element("label", { for: "fact-country" }, say("country")), select], value: () => select.value || null };
}

/** A vehicle as a chip shows it; in the knowledge base's names once `models` are known. */
function vehicleText({ model, generation, model_year: year }, models) {
  const found = models?.find((one) => one.model === model);
  const name = found?.name[language()] ?? String(model).replace(/(^|[\s_-])\p{L}/gu, (letter) => letter.toUpperCase());
  // Of one generation alone, its code says nothing more.
  const told = generation && found?.generations.length !== 1 ? `${name} (${generation})` : name;
  return [told, year].filter(Boolean).join(", ");
}

/** Rows of labelled fields for model, generation and model year, and what is chosen in them. */
function vehicleFields(vehicle, models) {
  const model = element("select", { id: "fact-model" }, option("", say("choose")), models.map((one) => option(one.model, one.name[language()])));
  const generation = element("select", { id: "fact-generation" });
  const year = element("select", { id: "fact-year" });
  model.value = vehicle?.model ?? "";

  function fill(chosenGeneration, chosenYear) {
    const generations = models.find((one) => one.model === model.value)?.generations ?? [];
    generation.replaceChildren(option("", say("not_sure")), ...generations.map((one) => option(one.generation, one.short[language()])));
    generation.value = chosenGeneration ?? "";
    fillYears(generations, chosenYear);
  }

  function fillYears(generations, chosenYear) {
    const those = generations.filter((one) => !generation.value || one.generation === generation.value);
    year.replaceChildren(option("", say("not_sure")), ...years(those).map((one) => option(String(one), String(one))));
    year.value = chosenYear ? String(chosenYear) : "";
    if (!year.value) year.value = "";
    for (const field of [generation, year]) field.disabled = !those.length;
  }

  model.addEventListener("change", () => fill());
  generation.addEventListener("change", () => fill(generation.value, year.value));
  fill(vehicle?.generation, vehicle?.model_year);
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
