/** What the page says of the customer: checked, for it may say anything. */

/** What the page says of the customer, as far as it has the form of it. */
export function given(options) {
  const known = {};
  for (const [name, checked] of Object.entries({ country: checkedCountry, vehicle: checkedVehicle })) {
    try {
      if (options[name]) known[name] = checked(options[name]);
    } catch {
      // An attribute is no reason to stand still: the assistant asks.
    }
  }
  return known;
}

/** A country's code in capitals; throws TypeError where it is none. */
export function checkedCountry(country) {
  if (!/^[a-z]{2}$/i.test(country)) throw new TypeError(`no country code: ${country}`);
  return country.toUpperCase();
}

/** A vehicle of {model, generation?, model_year?}; throws TypeError where it is none. */
export function checkedVehicle({ model, generation, model_year: year }) {
  if (!/^[\w-]{1,40}$/.test(model) || !/^[\w.-]{0,40}$/.test(generation ?? "")) throw new TypeError("no vehicle: {model, generation?, model_year?}");
  return { model: model.toLowerCase(), ...(generation ? { generation } : {}), ...(Number.isInteger(year) ? { model_year: year } : {}) };
}
