"""The kinds of field that content files have, with messages that an editor understands."""

import re
from dataclasses import dataclass
from typing import Annotated, LiteralString

from pydantic import AfterValidator, BeforeValidator, Field, PlainValidator
from pydantic_core import PydanticCustomError

_EMAIL = re.compile(r"[a-z0-9._+-]+@[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}")


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


def _fault(message: LiteralString) -> PydanticCustomError:
    return PydanticCustomError("content", message)


def _text(value: object) -> Phrasing:
    if isinstance(value, str) and value.strip():
        return value.strip()
    if isinstance(value, list) and value and all(isinstance(line, str) and line.strip() for line in value):
        return tuple(line.strip() for line in value)
    if isinstance(value, dict) and set(value) <= {"before", "path", "after"}:
        return _menu_path(value)
    raise _fault("must be a text, a list of texts, or {before, path, after}; quote words such as OFF or 991")


def _menu_path(value: dict[str, object]) -> MenuPath:
    path, before, after = value.get("path"), value.get("before", ""), value.get("after", "")
    if not isinstance(path, list) or not path or not all(isinstance(word, str) and word for word in path):
        raise _fault("path must be a list of menu words; quote words such as OFF or 991")
    if not isinstance(before, str) or not isinstance(after, str):
        raise _fault("before and after must be texts")
    return MenuPath(tuple(path), before, after)


def _line_numbers(value: object) -> tuple[int, ...]:
    if isinstance(value, int) and not isinstance(value, bool) and value > 0:
        return (value,)
    if isinstance(value, str) and (match := re.fullmatch(r"\s*(\d+)\s*-\s*(\d+)\s*", value)):
        return tuple(range(int(match[1]), int(match[2]) + 1))
    if isinstance(value, list):
        return tuple(number for row in value for number in _line_numbers(row))
    raise _fault("must be line numbers of the source: 179, 82-83 or [171, 173]")


def _not_empty(value: str) -> str:
    if not value.strip():
        raise _fault("is empty")
    return value.strip()


def _text_from_number(value: object) -> object:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _email(value: str) -> str:
    if not _EMAIL.fullmatch(value):
        raise _fault("is no e-mail address")
    return value


Text = Annotated[Phrasing, PlainValidator(_text)]
LineNumbers = Annotated[tuple[int, ...], PlainValidator(_line_numbers)]
NonEmpty = Annotated[str, BeforeValidator(_text_from_number), AfterValidator(_not_empty)]
Identifier = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
CountryCode = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
EmailAddress = Annotated[str, AfterValidator(_email)]
ModelYear = Annotated[int, Field(ge=1948, le=2100)]
