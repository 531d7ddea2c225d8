"""The OpenAPI document (version 3.1), made of the table of operations and the models behind it."""

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from importlib.metadata import version
from typing import Literal

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from web.openapi.operations import OPERATIONS, Operation
from web.openapi.service_replies import Problem

Json = dict[str, object]
Mode = Literal["validation", "serialization"]

_DESCRIPTION = (
    "Answers of a curated knowledge base, in Czech and in English. Beside what each operation tells, any address may "
    "answer 400, 405, 408, 413, 414, 417, 431 or 500, with problem details (RFC 9457) as all errors are."
)
_REFERENCE = "#/components/schemas/{model}"
# Statuses that say when to come again.
_WAITING = frozenset({429, 503})


def openapi_document() -> Json:
    """The whole document, as plain JSON values."""
    schemas = _schemas(OPERATIONS)
    asked = {operation.parameters.__name__ for operation in OPERATIONS if operation.parameters}
    paths: dict[str, Json] = {}
    for operation in OPERATIONS:
        paths.setdefault(operation.path, {})[operation.method] = _operation(operation, schemas)
    return {
        "openapi": "3.1.1",
        "info": {
            "title": "Radce",
            "version": version("radce"),
            "description": _DESCRIPTION,
        },
        "paths": paths,
        "components": {"schemas": {name: schema for name, schema in schemas.items() if name not in asked}},
    }


def _schemas(operations: Iterable[Operation]) -> dict[str, Json]:
    """The schemas of all models by name: of what comes in as it is taken, of what goes out as it is sent."""
    taken = {model for operation in operations for model in operation.models}
    sent = {operation.reply for operation in operations if operation.reply} | {Problem}
    modes: list[tuple[type[BaseModel], Mode]] = [
        *((model, "validation") for model in taken),
        *((model, "serialization") for model in sent),
    ]
    ordered = sorted(modes, key=lambda row: row[0].__name__)
    _, definitions = models_json_schema(ordered, by_alias=True, ref_template=_REFERENCE)
    schemas: dict[str, Json] = definitions["$defs"]
    return schemas


def _operation(operation: Operation, schemas: Mapping[str, Json]) -> Json:
    told: Json = {
        "operationId": operation.name,
        "summary": operation.summary,
        "responses": {
            str(operation.status): _response(operation.status, "application/json", operation.reply),
            **{
                str(status): _response(status, "application/problem+json", Problem)
                for status in sorted(operation.problems)
            },
        },
    }
    parameters = [*_in_path(operation.path_parameters), *_in_query(operation.parameters, schemas)]
    if parameters:
        told["parameters"] = parameters
    if operation.body:
        content = {
            name: row for kind in operation.content_types for name, row in _content(kind, operation.body).items()
        }
        told["requestBody"] = {"required": True, "content": content}
    return told


def _response(status: int, content_type: str, model: type[BaseModel] | None) -> Json:
    response: Json = {"description": HTTPStatus(status).phrase}
    if model:
        response["content"] = _content(content_type, model)
    if status in _WAITING:
        seconds = {"type": "integer", "minimum": 0}
        response["headers"] = {"Retry-After": {"description": "Seconds.", "required": True, "schema": seconds}}
    return response


def _content(content_type: str, model: type[BaseModel]) -> Json:
    return {content_type: {"schema": {"$ref": _REFERENCE.format(model=model.__name__)}}}


def _in_path(names: Mapping[str, str]) -> list[Json]:
    return [
        {"name": name, "in": "path", "required": True, "description": text, "schema": {"type": "string"}}
        for name, text in names.items()
    ]


def _in_query(model: type[BaseModel] | None, schemas: Mapping[str, Json]) -> list[Json]:
    """The fields of a model as parameters of an address, in which nothing is null."""
    if model is None:
        return []
    schema = schemas[model.__name__]
    properties, required = schema["properties"], schema.get("required", [])
    assert isinstance(properties, dict)
    assert isinstance(required, list)
    return [
        {"name": name, "in": "query", "required": name in required, "schema": _not_null(field)}
        for name, field in properties.items()
    ]


def _not_null(field: Mapping[str, object]) -> Json:
    kept = {name: value for name, value in field.items() if name not in {"anyOf", "default", "title"}}
    choices = field.get("anyOf", [])
    assert isinstance(choices, list)
    some = [choice for choice in choices if choice != {"type": "null"}]
    default = field.get("default")
    told: Json = {**kept, **(some[0] if some else {})}
    return told if default is None else {**told, "default": default}
