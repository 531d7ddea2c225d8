"""The kinds of field that content files have, with messages that an editor understands."""

import re
from dataclasses import dataclass
from string import Formatter
from typing import Annotated, Literal, LiteralString

from pydantic import AfterValidator, BeforeValidator, Field, PlainValidator
from pydantic_core import PydanticCustomError

_EMAIL = re.compile(r"[a-z0-9._+-]+@[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}")
_IDENTIFIER = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_COUNTRY = re.compile(r"[A-Z]{2}")
_RANGE = re.compile(r"\s*(\d{1,6})\s*-\s*(\d{1,6})\s*")


@dataclass(frozen=True, slots=True)
class MenuPath:
    """Words of a menu, one inside the other, with the words of the sentence around them."""

    path: tuple[str, ...]
    before: str = ""
    after: str = ""

    def __str__(self) -> str:
        text = " ".join(filter(None, (self.before, " > ".join(self.path))))
        return text + ("" if not self.after or self.after[0] in ".,;:" else " ") + self.after


Phrasing = str | tuple[str, ...] | MenuPath


def _fault(what: LiteralString, remedy: str = "see docs/content.md") -> PydanticCustomError:
    return PydanticCustomError("content", what, {"remedy": remedy})


def _text(value: object) -> Phrasing:
    if value is None:
        raise _fault("is empty", "add its text")
    if isinstance(value, str) and value.strip():
        return value.strip()
    if isinstance(value, list) and value and all(isinstance(line, str) and line.strip() for line in value):
        return tuple(line.strip() for line in value)
    if isinstance(value, dict) and set(value) <= {"before", "path", "after"}:
        return _menu_path(value)
    raise _fault("must be a text, a list of texts, or {before, path, after}", _QUOTE)


def _menu_path(value: dict[str, object]) -> MenuPath:
    path, before, after = value.get("path"), value.get("before", ""), value.get("after", "")
    if not isinstance(path, list) or not path or not all(isinstance(word, str) and word for word in path):
        raise _fault("has a path that is no list of menu words", _QUOTE)
    if not isinstance(before, str) or not isinstance(after, str):
        raise _fault("has a before or after that is no text", _QUOTE)
    return MenuPath(tuple(path), before.strip(), after.strip())


_QUOTE = "put words such as OFF, NO or 991 in quotes"


def _line_numbers(value: object) -> tuple[int, ...]:
    if isinstance(value, int) and not isinstance(value, bool) and value > 0:
        return (value,)
    if isinstance(value, str) and (match := _RANGE.fullmatch(value)):
        first, last = int(match[1]), int(match[2])
        if 0 < first <= last:
            return tuple(range(first, last + 1))
    if isinstance(value, list) and value:
        return tuple(number for row in value for number in _line_numbers(row))
    raise _fault("must be line numbers of the source", "write 179, 82-83 or [171, 173]")


def _not_empty(value: str) -> str:
    if not value.strip():
        raise _fault("is empty", "add its text")
    return value.strip()


def _text_from_number(value: object) -> object:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _email(value: str) -> str:
    if not _EMAIL.fullmatch(value):
        raise _fault("is no e-mail address", "copy it from the source")
    return value


def _identifier(value: str) -> str:
    if not _IDENTIFIER.fullmatch(value):
        raise _fault("is no id", "use lower-case letters, digits and hyphens")
    return value


def _country(value: str) -> str:
    if not _COUNTRY.fullmatch(value):
        raise _fault("is no country code", 'use ISO 3166-1 alpha-2: two capitals, "NO" in quotes')
    return value


def _condition(value: object) -> object:
    if value == "all" or (isinstance(value, list) and value and all(isinstance(name, str) for name in value)):
        return value if value == "all" else tuple(value)
    raise _fault("must be all, or a list of variants", "write all, or ids of variants in square brackets")


def _names_country(value: str) -> str:
    try:
        names = {name for _, name, _, _ in Formatter().parse(value) if name is not None}
    except ValueError:
        names = set()
    if names != {"country"}:
        raise _fault("must have {country} where the country's name goes, and no other braces", "add it")
    return value


Text = Annotated[Phrasing, PlainValidator(_text)]
LineNumbers = Annotated[tuple[int, ...], PlainValidator(_line_numbers)]
NonEmpty = Annotated[str, BeforeValidator(_text_from_number), AfterValidator(_not_empty)]
Identifier = Annotated[str, AfterValidator(_identifier)]
CountryCode = Annotated[str, AfterValidator(_country)]
EmailAddress = Annotated[str, AfterValidator(_email)]
ModelYear = Annotated[int, Field(ge=1948, le=2100)]
Condition = Annotated[Literal["all"] | tuple[str, ...], PlainValidator(_condition)]
CountryPhrase = Annotated[NonEmpty, AfterValidator(_names_country)]
