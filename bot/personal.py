"""Personal data in a message: cards, VINs, bank accounts, e-mail addresses, telephones; blanked out before reading."""

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum

from bot.words import frozen
from bot.written_numbers import EMAIL, cards, identifiers, telephones


class PersonalKind(StrEnum):
    """What a customer wrote of himself that is not needed here."""

    CARD = "card"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Blanked:
    """A message with spaces in place of personal data, and what kinds of them there were."""

    text: str
    kinds: frozenset[PersonalKind]


def blank_personal(text: str, public: Iterable[str] = (), *, car_codes: AbstractSet[str] = frozenset()) -> Blanked:
    """The message without personal data.

    `public` e-mail addresses stay, such as those of the knowledge base; three `car_codes` are no telephone number.
    """
    kinds: set[PersonalKind] = set()
    for first, end, kind in list(_found(text, frozenset(public), car_codes)):
        text = text[:first] + " " * (end - first) + text[end:]
        kinds.add(kind)
    return Blanked(text, frozen(kinds))


def _found(text: str, public: AbstractSet[str], car_codes: AbstractSet[str]) -> Iterator[tuple[int, int, PersonalKind]]:
    card_places: set[int] = set()
    for match in cards(text):
        card_places |= {*range(*match.span())}
        yield *match.span(), PersonalKind.CARD
    for match in EMAIL.finditer(text):
        if match[0].casefold() not in public:
            yield *match.span(), PersonalKind.OTHER
    for match in (*identifiers(text), *telephones(text, car_codes)):
        if match.start() not in card_places:
            yield *match.span(), PersonalKind.OTHER
