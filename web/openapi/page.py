"""The OpenAPI document as rows for a page: operations with their fields and replies."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from pydantic import BaseModel

from web.openapi.document import Json
from web.openapi.operations import OPERATIONS, Operation

_LIMITS = {
    "minLength": "at least {} characters",
    "maxLength": "at most {} characters",
    "minimum": "from {}",
    "maximum": "to {}",
    "pattern": "like {}",
}


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A field or parameter: its name, its type in words, and whether it must be there."""

    name: str
    type: str
    required: bool
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """An operation as the page shows it."""

    operation: Operation
    takes: tuple[FieldRow, ...]
    gives: tuple[FieldRow, ...]
    problems: tuple[tuple[int, str], ...]


def sections(document: Json) -> tuple[Section, ...]:
    """Every operation, with fields as the document's schemas tell them."""
    components, paths = document["components"], document["paths"]
    assert isinstance(components, dict)
    assert isinstance(paths, dict)
    schemas = components["schemas"]
    return tuple(_section(operation, schemas, paths[operation.path][operation.method]) for operation in OPERATIONS)


def _section(operation: Operation, schemas: Mapping[str, Json], told: Mapping[str, list[Json]]) -> Section:
    path = [_parameter_row(parameter) for parameter in told.get("parameters", [])]
    taken = _rows(operation.body, schemas) if operation.body else []
    problems = tuple((status, HTTPStatus(status).phrase) for status in sorted(operation.problems))
    given = _rows(operation.reply, schemas) if operation.reply else []
    return Section(operation, (*path, *taken), tuple(given), problems)


def _parameter_row(parameter: Json) -> FieldRow:
    schema = parameter["schema"]
    assert isinstance(schema, dict)
    text = "; ".join(filter(None, (str(parameter.get("description", "")), _remarks(schema))))
    return FieldRow(str(parameter["name"]), type_in_words(schema), bool(parameter["required"]), text)


def _rows(model: type[BaseModel], schemas: Mapping[str, Json]) -> list[FieldRow]:
    schema = schemas[model.__name__]
    if "properties" not in schema:  # of several forms
        return [FieldRow("body", type_in_words(schema), required=True, text="")]
    properties, required = schema["properties"], schema.get("required", [])
    assert isinstance(properties, dict)
    assert isinstance(required, list)
    return [
        FieldRow(name, type_in_words(field), name in required, _remarks(field)) for name, field in properties.items()
    ]


def type_in_words(field: Mapping[str, object]) -> str:
    """A schema's type on one line, such as "list of Source" or "string or null"."""
    match field:
        case {"$ref": str(reference)}:
            return reference.rpartition("/")[2]
        case {"enum": list(values)}:
            return ", ".join(f'"{value}"' for value in values)
        case {"const": value}:
            return f'"{value}"'
        case {"anyOf": list(choices)} | {"oneOf": list(choices)}:
            return " or ".join(map(type_in_words, choices))
        case {"type": "array", "items": dict(one)}:
            return f"list of {type_in_words(one)}"
        case {"type": str(name)}:
            return name
    return "any"


def _remarks(field: Mapping[str, object]) -> str:
    limits = {name: value for part in (field, *_choices(field)) for name, value in part.items()}
    told = [words.format(limits[name]) for name, words in _LIMITS.items() if name in limits]
    text = field.get("description")
    return "; ".join([*([text.rstrip(".")] if isinstance(text, str) else []), *told])


def _choices(field: Mapping[str, object]) -> list[Mapping[str, object]]:
    choices = field.get("anyOf", [])
    return choices if isinstance(choices, list) else []
