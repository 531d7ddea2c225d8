"""From a YAML file to typed content, with faults that name line, field and remedy."""

from typing import TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from kb.errors import Fault, FieldPath
from kb.yaml_file import YamlFile

T = TypeVar("T")

_NAMES = "remove it, or write its name as docs/content.md has it"

# What pydantic calls a fault, and how an editor is told: what is wrong, and what to do.
_WORDS = {
    "missing": ("is missing", "add the field"),
    "unexpected_keyword_argument": ("is no field here", _NAMES),
    "too_short": ("has {actual_length}, but must have {min_length} or more", "add more"),
    "string_type": ("must be a text", "put words such as OFF, NO or 991 in quotes"),
    "tuple_type": ("must be a list", "write [a, b], or each in a line of its own after a hyphen"),
    "dataclass_type": ("must have fields", "write name: value, each in a line of its own"),
    "dict_type": ("must have fields", "write name: value, each in a line of its own"),
    "bool_type": ("must be true or false", "write true or false"),
    "bool_parsing": ("must be true or false", "write true or false"),
    "int_type": ("must be a whole number", "write a number"),
    "int_parsing": ("must be a whole number", "write a number"),
    "greater_than_equal": ("must be {ge} or more", "correct the number"),
    "less_than_equal": ("must be {le} or less", "correct the number"),
    "date_type": ("must be a day", "write it as 2026-01-31, without quotes"),
    "enum": ("must be {expected}", "use one of these names"),
}


def validate(file: YamlFile, kind: TypeAdapter[T], faults: list[Fault]) -> T | None:
    """The file's tree as that type; None, and every fault added, where it does not fit."""
    try:
        return kind.validate_python(file.tree)
    except ValidationError as error:
        problems = {_path_in_file(file, problem): problem for problem in error.errors(include_url=False)}
        for path, problem in problems.items():
            # What holds a broken value is not well, either; the value alone says what to mend.
            if not any(other[: len(path)] == path and other != path for other in problems):
                faults.append(_fault(file, path, problem))
        return None


def _fault(file: YamlFile, path: FieldPath, problem: ErrorDetails) -> Fault:
    context = problem.get("ctx", {})
    if problem["type"] == "content":
        return file.fault(path, problem["msg"], context["remedy"])
    if problem["input"] is None:
        return file.fault(path, "is empty", "see docs/content.md for what belongs there")
    what, remedy = _WORDS.get(problem["type"], (problem["msg"], "see docs/content.md"))
    return file.fault(path, what.format(**context), remedy)


def _path_in_file(file: YamlFile, problem: ErrorDetails) -> FieldPath:
    """pydantic's location without the names of union branches, which stand in no file."""
    path: FieldPath = ()
    for step in problem["loc"]:
        longer = (*path, step)
        if longer in file.lines:
            path = longer
    return (*path, problem["loc"][-1]) if problem["type"] == "missing" else path
