"""From a YAML file to typed content, with faults that name line, field and remedy."""

import dataclasses
from collections.abc import Sequence
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from kb.errors import Fault
from kb.yaml_file import FieldPath, YamlFile

T = TypeVar("T")

_REMEDIES = {
    "missing": "add the field",
    "unexpected_keyword_argument": "remove it, or write its name as docs/content.md has it",
    "extra_forbidden": "remove it, or write its name as docs/content.md has it",
    "too_short": "add more",
    "string_type": "write a text; put words such as OFF, NO or 991 in quotes",
    "string_pattern_mismatch": "use lower-case letters, digits and hyphens (a country: two capitals)",
    "enum": "use one of the names given",
}


def validate(file: YamlFile, kind: type[T], faults: list[Fault]) -> T | None:
    """The file's tree as that type; None, and every fault added, where it does not fit."""
    try:
        return TypeAdapter(kind).validate_python(file.tree)
    except ValidationError as error:
        for problem in error.errors(include_url=False):
            faults.append(_fault(file, problem))
        return None


def _fault(file: YamlFile, problem: ErrorDetails) -> Fault:
    path = _path_in_file(file, problem["loc"])
    remedy = _REMEDIES.get(problem["type"], "see docs/content.md")
    return file.fault(path, problem["msg"][0].lower() + problem["msg"][1:], remedy)


def _path_in_file(file: YamlFile, location: Sequence[str | int]) -> FieldPath:
    """pydantic's location without the names of union branches, which stand in no file."""
    path: FieldPath = ()
    for number, step in enumerate(location):
        longer = (*path, step)
        if longer in file.lines or number == len(location) - 1:
            path = longer
    return path


def field_names(kind: type) -> set[str]:
    """The names of a dataclass's fields."""
    return {field.name for field in dataclasses.fields(kind)}
