"""Personal data in a message: card numbers, VINs, e-mail addresses, telephone numbers; blanked out before reading."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum


class PersonalKind(StrEnum):
    """What a customer wrote of himself that is not needed here."""

    CARD = "card"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Blanked:
    """A message with spaces in place of personal data, and what kinds of them there were."""

    text: str
    kinds: frozenset[PersonalKind]


_CARD = re.compile(r"(?<![\w+])\d(?:[ -]?\d){12,18}(?![\w-])")
# Each run of letters is tried from its beginning only: from everywhere, a long one would take minutes.
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# ISO 3779: 17 digits and capital letters without I, O and Q; with at least six digits it is no word.
_VIN = re.compile(r"\b(?=(?:[A-Z]*\d){6})[A-HJ-NPR-Z0-9]{17}\b", re.IGNORECASE)
_PHONE = re.compile(
    r"(?<![\w+])(?:(?:\+|00)[1-9]\d{0,2}(?:[ ()./-]{0,2}\d){6,12}|[2-7]\d{2}[ .-]?\d{3}[ .-]?\d{3})(?![\w/-])"
)
# ISO/IEC 7812: payment cards begin with these digits; one of 15 digits is an American Express, or else a device's IMEI.
_CARD_FIRST = frozenset("23456")
_FIFTEEN = ("34", "37")


def blank_personal(text: str, public: Iterable[str] = ()) -> Blanked:
    """The message without personal data; `public` e-mail addresses stay, such as those of the knowledge base."""
    kinds: set[PersonalKind] = set()
    for first, end, kind in list(_found(text, frozenset(public))):
        text = text[:first] + " " * (end - first) + text[end:]
        kinds.add(kind)
    return Blanked(text, frozenset(kinds))


def _found(text: str, public: frozenset[str]) -> Iterator[tuple[int, int, PersonalKind]]:
    cards = [match for match in _CARD.finditer(text) if _is_card(re.sub(r"\D", "", match[0]))]
    yield from ((*match.span(), PersonalKind.CARD) for match in cards)
    for match in _EMAIL.finditer(text):
        if match[0].casefold() not in public:
            yield *match.span(), PersonalKind.OTHER
    places = {place for match in cards for place in range(*match.span())}
    for pattern in (_VIN, _PHONE):
        for match in pattern.finditer(text):
            if match.start() not in places:
                yield *match.span(), PersonalKind.OTHER


def _is_card(digits: str) -> bool:
    if digits[0] not in _CARD_FIRST or (len(digits) == 15 and not digits.startswith(_FIFTEEN)):
        return False
    return _luhn(digits)


def _luhn(digits: str) -> bool:
    """Whether the check digit holds (Luhn, US patent 2950048)."""
    doubled = (int(sign) * (1 + place % 2) for place, sign in enumerate(reversed(digits)))
    return sum(number - 9 if number > 9 else number for number in doubled) % 10 == 0
