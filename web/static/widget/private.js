/** Numbers of payment cards are not shown and not kept in the browser; the server blanks them out of what it gets. */

const NUMBERS = /(?<![\w+])\d(?:[ -]?\d){12,}/g;
// The lengths of ISO/IEC 7812; those of most cards first, for what stands beside a card may be digits, too: its date.
const LENGTHS = [16, 15, 19, 18, 17, 14, 13];
const SHOWN = 4;

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
