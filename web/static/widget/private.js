/**
 * Numbers of payment cards are not shown in the browser, and other personal data is not kept there; the server blanks
 * all of it out of what it keeps.
 */

const NUMBERS = /(?<![\w+])\d(?:[ -]?\d){12,}/g;
// The lengths of ISO/IEC 7812; those of most cards first, for what stands beside a card may be digits, too: its date.
const LENGTHS = [16, 15, 19, 18, 17, 14, 13];
const SHOWN = 4;
// As the server finds them (bot/written_numbers.py), but for check digits; each is tried from a word's beginning only.
const PERSONAL = [
  // e-mail
  /(?<![\p{L}\d_.+-])[\p{L}\d_.+-]+@[\p{L}\d-]+(?:\.[\p{L}\d-]+)+/gu,
  // VIN
  /(?<![\p{L}\d_])(?=(?:[A-Z]*\d){6})[A-HJ-NPR-Z\d]{17}(?![\p{L}\d_])/giu,
  // IBAN
  /(?<![\p{L}\d_])[A-Z]{2}\d\d(?: ?\d{4}){4,7}(?: ?\d{1,3})?(?![\p{L}\d_])/giu,
  // Czech birth number
  /(?<!\d)\d\d(?:[05][1-9]|[16][0-2])(?:0[1-9]|[12]\d|3[01])\/\d{3,4}(?!\d)/g,
  // telephone
  /(?<![\w+])(?:(?:\+|00)\s?[1-9](?:[ ()./-]{0,2}\d){6,14}|[2-9]\d\d[ .-]?\d{3}[ .-]?\d{3}|[2-9]\d\d(?: \d\d){3}|0\d{2,4}[ /-]?\d{3,4}[ -]?\d{3,4}|(?:\(\d{3}\) ?|\d{3}-)\d{3}-\d{4})(?![\w/-])/g,
];
// "718 991 992" are models and no telephone number.
const MODELS = /^(?:(?:9\d\d|718)\D*)+$/;
// Of what is being typed, what may become personal data.
const BEGUN = /@|\d(?:[ .\/-]?\d){5}|(?<![\p{L}\d])(?=\p{L}*\d)[\p{L}\d]{8}/u;

/** `text` with dots for all but the last four digits of card numbers. */
export function masked(text) {
  return text.replace(NUMBERS, (run) => {
    const digits = run.replace(/\D/g, "");
    const card = found(digits, starts(run));
    if (!card) return run;
    let at = -1;
    return run.replace(/\d/g, (digit) => {
      at += 1;
      return at >= card.start && at < card.end - SHOWN ? "•" : digit;
    });
  });
}

/** `text` as it may be kept: with dots for personal data. */
export function hidden(text) {
  return masked(PERSONAL.reduce((rest, kind) => rest.replace(kind, (found) => (MODELS.test(found) ? found : "•••")), text));
}

/** Whether `text` holds what is personal data, or may become it. */
export function isPersonal(text) {
  return BEGUN.test(text);
}

function found(digits, from) {
  const places = LENGTHS.flatMap((length) => from.map((start) => ({ start, end: start + length })));
  return places.find(({ start, end }) => end <= digits.length && passes(digits.slice(start, end)));
}

/** Where groups of digits begin, counted in digits. */
function starts(run) {
  return run.split(/[ -]/).reduce((begun, group) => [...begun, begun.at(-1) + group.length], [0]);
}

/** Luhn's check. */
function passes(digits) {
  const sum = [...digits].reverse().reduce((total, digit, at) => {
    const doubled = digit * (1 + (at % 2));
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}
