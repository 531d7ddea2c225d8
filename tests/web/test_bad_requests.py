"""What the server refuses, and how it says so: problem details, never a stack trace."""

import json
from typing import Any

import pytest
import requests


def send(server_url: str, body: bytes, content_type: str = "application/json") -> requests.Response:
    headers = {"Content-Type": content_type} if content_type else {}
    return requests.post(f"{server_url}/api/v1/chat", data=body, headers=headers, timeout=30)


def assert_problem(response: requests.Response, status: int) -> dict[str, Any]:
    assert response.status_code == status, response.text
    assert response.headers["Content-Type"] == "application/problem+json"
    problem: dict[str, Any] = response.json()
    assert problem.keys() - {"errors"} == {"type", "title", "status", "detail"}
    assert problem["status"] == status
    assert problem["type"] == "about:blank"
    assert problem["title"]
    assert problem["detail"]
    assert "Traceback" not in response.text
    return problem


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({}, "message"),
        ({"message": ""}, "message"),
        ({"message": " \n\t\u00a0"}, "message"),
        ({"message": "\x00\x01"}, "message"),
        ({"message": "a" * 2001}, "message"),
        ({"message": 5}, "message"),
        ({"message": None}, "message"),
        ({"message": ["hello"]}, "message"),
        ({"message": True}, "message"),
        ({"message": "hi", "language": "de"}, "language"),
        ({"message": "hi", "language": "CS"}, "language"),
        ({"message": "hi", "page_language": "auto"}, "page_language"),
        ({"message": "hi", "country": "Czechia"}, "country"),
        ({"message": "hi", "country": "XX"}, "country"),
        ({"message": "hi", "country": "ZZ"}, "country"),
        ({"message": "hi", "country": "EU"}, "country"),
        ({"message": "hi", "country": "ß"}, "country"),
        ({"message": "hi", "country": 420}, "country"),
        ({"message": "hi", "vehicle": "911"}, "vehicle"),
        ({"message": "hi", "vehicle": {}}, "vehicle.model"),
        ({"message": "hi", "vehicle": {"model": "fiat"}}, "vehicle.model"),
        ({"message": "hi", "vehicle": {"model": "taycan", "generation": "992"}}, "vehicle"),
        ({"message": "hi", "vehicle": {"model": "911", "model_year": "2021"}}, "vehicle.model_year"),
        ({"message": "hi", "vehicle": {"model": "911", "model_year": 1947}}, "vehicle.model_year"),
        ({"message": "hi", "vehicle": {"model": "911", "model_year": 2101}}, "vehicle.model_year"),
        ({"message": "hi", "vehicle": {"model": "911", "model_year": 2021.5}}, "vehicle.model_year"),
        ({"message": "hi", "vehicle": {"model": "911", "model_year": True}}, "vehicle.model_year"),
        ({"message": "hi", "conversation_id": 7}, "conversation_id"),
        ({"message": "hi", "client_message_id": ""}, "client_message_id"),
        ({"message": "hi", "client_message_id": "x" * 201}, "client_message_id"),
        ([], "body"),
        ("hello", "body"),
        (None, "body"),
    ],
)
def test_json_of_the_wrong_form_is_422_and_names_the_field(server_url: str, fields: object, field: str) -> None:
    problem = assert_problem(send(server_url, json.dumps(fields).encode()), 422)
    assert [error["field"] for error in problem["errors"]] == [field]
    assert all(error.keys() == {"field", "detail"} and error["detail"] for error in problem["errors"])


def test_all_wrong_fields_are_told_at_once(post: Any) -> None:
    problem = assert_problem(post(message="", country="xx", language="de", vehicle={"model": "vw"}), 422)
    assert {error["field"] for error in problem["errors"]} == {"message", "country", "language", "vehicle.model"}


@pytest.mark.parametrize(
    ("vehicle", "allowed"),
    [
        ({"model": "fiat"}, ["911", "taycan"]),
        ({"model": "911", "generation": "E3"}, ["991", "992"]),
        ({"model": "911", "model_year": 1900}, ["1948"]),
    ],
)
def test_a_refused_vehicle_says_which_values_are_allowed(
    post: Any, vehicle: dict[str, object], allowed: list[str]
) -> None:
    problem = assert_problem(post(message="hi", vehicle=vehicle), 422)
    assert all(value in problem["detail"] for value in allowed)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"hello",
        b'{"message": "hi"',
        b'{"message": "hi"}}',
        b"\xff\xfe\x00",
        b'{"message": "\xe1"}',
        b'{"message": "hi", "vehicle": {"model": "911", "model_year": NaN}}',
        b'{"message": "hi", "vehicle": {"model": "911", "model_year": ' + b"9" * 5000 + b"}}",
        b"[" * 30000 + b"]" * 30000,
    ],
)
def test_what_is_not_json_is_400(server_url: str, body: bytes) -> None:
    assert_problem(send(server_url, body), 400)


@pytest.mark.parametrize("content_type", ["", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
def test_another_content_type_is_415(server_url: str, content_type: str) -> None:
    assert_problem(send(server_url, b'{"message": "hi"}', content_type), 415)


def test_a_charset_in_the_content_type_is_welcome(server_url: str) -> None:
    response = send(server_url, '{"message": "děkuji"}'.encode(), "application/json; charset=utf-8")
    assert response.status_code == 200


@pytest.mark.parametrize("connection", ["keep-alive", "close"])
def test_a_body_of_one_megabyte_is_413(server_url: str, connection: str) -> None:
    body = json.dumps({"message": "a" * 1_000_000}).encode()
    headers = {"Content-Type": "application/json", "Connection": connection}
    assert_problem(requests.post(f"{server_url}/api/v1/chat", data=body, headers=headers, timeout=30), 413)


def test_a_body_of_one_megabyte_in_chunks_is_413(server_url: str) -> None:
    chunks = (b" " * 10_000 for _ in range(100))
    headers = {"Content-Type": "application/json"}
    assert_problem(requests.post(f"{server_url}/api/v1/chat", data=chunks, headers=headers, timeout=30), 413)


@pytest.mark.parametrize("name", ["nobody", "", "\x00", "../../etc/passwd", "x" * 10_000])
def test_an_unknown_conversation_is_404(post: Any, name: str) -> None:
    problem = assert_problem(post(message="hi", conversation_id=name), 404)
    assert "conversation" in problem["detail"]


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH"])
def test_another_method_is_405_in_json(server_url: str, method: str) -> None:
    response = requests.request(method, f"{server_url}/api/v1/chat", timeout=30)
    assert_problem(response, 405)
    assert "POST" in response.headers["Allow"]


@pytest.mark.parametrize("path", ["/nothing", "/api/v1/", "/static/nothing.js", "/static/../app.py", "/%00"])
def test_an_unknown_address_is_404_in_json(server_url: str, path: str) -> None:
    assert_problem(requests.get(server_url + path, timeout=30), 404)
