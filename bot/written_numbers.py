"""How telephone numbers, addresses, cards and other numbers of persons are written, for all their readers."""

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet

# Each run of letters is tried from its beginning only: from everywhere, a long one would take seconds.
EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@(?P<domain>[\w-]+(?:\.[\w-]+)+)")
# Whatever stands in an address of the web or of a mailbox, even where it is cut off.
ADDRESS = re.compile(r"(?<!\S)\S+@\S+|https?://\S+|www\.\S+", re.IGNORECASE)
# ISO 3779: 17 digits and capital letters without I, O and Q; with at least six digits it is no word.
VIN = re.compile(r"\b(?=(?:[A-Z]*\d){6})[A-HJ-NPR-Z0-9]{17}\b", re.IGNORECASE)

_TELEPHONE = re.compile(
    r"(?<![\w+])(?:"
    r"(?:\+|00)\s?(?P<international>[1-9](?:[ ()./-]{0,2}\d){6,14})"
    r"|[2-9]\d{2}[ .-]?\d{3}[ .-]?\d{3}|[2-9]\d{2}(?: \d{2}){3}"
    r"|0\d{2,4}[ /-]?\d{3,4}[ -]?\d{3,4}"
    r"|\(\d{3}\) ?\d{3}-\d{4}|\d{3}-\d{3}-\d{4}"
    r")(?![\w/-])"
)
_CARD = re.compile(r"(?<![\w+])\d(?:[ .-]?\d){12,18}(?![\w-])")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b")
# A Czech or Slovak birth number: year, month (women's 50 higher), day.
_BIRTH = re.compile(r"\b\d{2}(?:[05][1-9]|[16][0-2])(?:0[1-9]|[12]\d|3[01])/\d{3,4}\b")
# ISO/IEC 7812: payment cards begin with these digits; one of 15 digits is an American Express, or else a device's IMEI.
_CARD_FIRST = frozenset("23456")
_FIFTEEN = ("34", "37")


def telephones(text: str, car_codes: AbstractSet[str] = frozenset()) -> Iterator[re.Match[str]]:
    """The telephone numbers of a text; "718 991 992" is none where these are all `car_codes`.

    The group "international" holds what stands behind "+" or "00"; it is empty in a national number.
    """
    for match in _TELEPHONE.finditer(text):
        if not set(re.findall(r"\d+", match[0])) <= car_codes:
            yield match


def cards(text: str) -> Iterator[re.Match[str]]:
    """The numbers of payment cards, with a check digit that holds."""
    return (match for match in _CARD.finditer(text) if _is_card(re.sub(r"\D", "", match[0])))


def identifiers(text: str) -> Iterator[re.Match[str]]:
    """The other numbers that belong to one person: of a vehicle, a bank account, a birth."""
    yield from VIN.finditer(text)
    yield from (match for match in _IBAN.finditer(text) if _is_iban(match[0].replace(" ", "")))
    yield from _BIRTH.finditer(text)


def _is_card(digits: str) -> bool:
    if digits[0] not in _CARD_FIRST or (len(digits) == 15 and not digits.startswith(_FIFTEEN)):
        return False
    return _luhn(digits)


def _luhn(digits: str) -> bool:
    """Whether the check digit holds (Luhn, US patent 2950048)."""
    doubled = (int(sign) * (1 + place % 2) for place, sign in enumerate(reversed(digits)))
    return sum(number - 9 if number > 9 else number for number in doubled) % 10 == 0


def _is_iban(account: str) -> bool:
    """Whether the check digits hold (ISO 13616: the number, with its head at its end, is 1 modulo 97)."""
    return int("".join(str(int(sign, 36)) for sign in account[4:] + account[:4])) % 97 == 1
