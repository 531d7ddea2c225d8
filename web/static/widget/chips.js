/** What the assistant has understood of the customer, vehicle and country, as chips that open a small form. */

import { button, element } from "./dom.js";
import { countryName, language, say } from "./strings.js";
import { vehicleFields, vehicleText } from "./vehicle.js";

/**
 * Makes the chips. `known()`: {vehicle, country}; `server`: where vehicles and countries are asked for;
 * `tell(name, value, text)`: called with what the customer changes and how a chip says it, null for what is cleared.
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
  let before;

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
    before = JSON.stringify(values());
    form.lang = language();
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
    tell(name, value, value && texts[name](value));
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
    // Unchanged is no news: told again, it would take the place of what is known more exactly.
    if (JSON.stringify(values()) === before) shut(true);
    else settle(values());
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
