"""The contract: the OpenAPI document is right, whole, and what the routes answer."""

import json
import re
from typing import Any

import jsonschema_rs
import pytest
import requests
from flask.testing import FlaskClient
from pydantic import TypeAdapter

from bot.assistant import Assistant
from kb.knowledge_base import KnowledgeBase
from tests.web.test_chat import MESSAGES
from web.app import create_app
from web.openapi.document import openapi_document
from web.openapi.operations import OPERATIONS, Operation
from web.settings import Settings

DOCUMENT: dict[str, Any] = json.loads(json.dumps(openapi_document()))
# Pages and files: not for programs, and described in words (docs/api.md).
NOT_FOR_PROGRAMS = re.compile(
    r"/(console.*|help.*|widget.*|docs|metrics|openapi\.json|sitemap\.xml|robots\.txt|static.*)?"
)
BY_NAME = {operation.name: operation for operation in OPERATIONS}


@pytest.fixture(scope="module")
def base(assistant: Assistant) -> KnowledgeBase:
    return assistant.index.base


def assert_fits(operation: Operation, response: requests.Response) -> None:
    """The reply is one that the document tells, and has no field that the document does not tell."""
    told = DOCUMENT["paths"][operation.path][operation.method]["responses"]
    assert str(response.status_code) in told, (response.status_code, response.text)
    if "content" not in told[str(response.status_code)]:
        assert response.content == b""
        return
    content_type = response.headers["Content-Type"].partition(";")[0]
    schema = told[str(response.status_code)]["content"][content_type]["schema"]
    fields = response.json()
    jsonschema_rs.validator_for({**schema, "components": DOCUMENT["components"]}).validate(fields)
    if response.ok and operation.reply:
        read = TypeAdapter(operation.reply).validate_python(fields)
        assert read.model_dump(mode="json", by_alias=True, exclude_unset=True) == fields


def get(server_url: str, name: str, **parameters: object) -> requests.Response:
    path = BY_NAME[name].path
    return requests.get(
        server_url + path.format(**parameters), params=parameters if "{" not in path else {}, timeout=30
    )


def test_the_document_is_openapi(server_url: str) -> None:
    served = requests.get(f"{server_url}/openapi.json", timeout=30)
    assert served.headers["Content-Type"] == "application/json"
    assert served.json() == DOCUMENT
    assert DOCUMENT["openapi"].startswith("3.1.")
    for schema in DOCUMENT["components"]["schemas"].values():
        jsonschema_rs.validator_for({**schema, "components": DOCUMENT["components"]})


def test_every_reference_leads_somewhere_and_every_schema_is_used() -> None:
    referred = set(re.findall(r'"#/components/schemas/(\w+)"', json.dumps(DOCUMENT)))
    assert referred == set(DOCUMENT["components"]["schemas"])


def test_every_route_for_programs_is_in_the_document(assistant: Assistant) -> None:
    routes = {
        (method.lower(), re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule))
        for rule in create_app(Settings(), assistant).url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if not NOT_FOR_PROGRAMS.fullmatch(rule.rule)
    }
    assert routes == {(operation.method, operation.path) for operation in OPERATIONS}


@pytest.mark.parametrize("kind", MESSAGES)
def test_a_reply_of_each_kind_fits(server_url: str, post: Any, kind: str) -> None:
    response = post(message=MESSAGES[kind], country="AT", vehicle={"model": "911", "generation": "992"})
    assert_fits(BY_NAME["chat"], response)


def test_a_rating_fits(server_url: str, ask: Any) -> None:
    message_id = ask("Jak zapnu roaming?", client_message_id="openapi")["message_id"]
    rated = requests.post(f"{server_url}/api/v1/feedback", json={"message_id": message_id, "rating": "up"}, timeout=30)
    assert_fits(BY_NAME["feedback"], rated)


def test_what_is_kept_of_a_conversation_fits_until_it_is_erased(server_url: str, ask: Any) -> None:
    reply = ask("Jak zapnu roaming?", client_message_id="kept", vehicle={"model": "macan"})
    talk = {"conversation_id": reply["conversation_id"]}
    rating = {"message_id": reply["message_id"], "rating": "down", "comment": "proč?"}
    requests.post(f"{server_url}/api/v1/feedback", json=rating, timeout=30)
    wish = {**talk, "reply_to": "jan@example.com", "name": "Jan"}
    assert_fits(BY_NAME["handoff"], requests.post(f"{server_url}/api/v1/handoff", json=wish, timeout=30))
    kept = get(server_url, "conversation", **talk)
    assert kept.json()["turns"][0]["feedback"]
    assert kept.json()["handoffs"]
    assert_fits(BY_NAME["conversation"], kept)
    path = BY_NAME["erase"].path.format(**talk)
    for status in (204, 404):
        erased = requests.delete(server_url + path, timeout=30)
        assert erased.status_code == status
        assert_fits(BY_NAME["erase"], erased)


@pytest.mark.parametrize(
    ("name", "parameters"),
    [
        ("search", {"q": "jak zapnu roaming", "model": "taycan", "country": "AT"}),
        ("search", {"q": "roaming", "explain": "true", "language": "en"}),
        ("search", {"q": "911", "model": "911", "generation": "991"}),
        ("suggest", {"q": "roam"}),
        ("entries", {}),
        ("contacts", {"language": "en"}),
        ("vehicles", {}),
        ("live", {}),
        ("ready", {}),
    ],
)
def test_a_reply_to_a_right_request_fits(server_url: str, name: str, parameters: dict[str, object]) -> None:
    response = get(server_url, name, **parameters)
    assert response.status_code == 200
    assert_fits(BY_NAME[name], response)


def test_every_entry_fits(server_url: str, base: KnowledgeBase) -> None:
    for entry in base.entries:
        assert_fits(BY_NAME["entry"], get(server_url, "entry", entry_id=entry.id))


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_a_wrong_request_gets_a_problem_that_the_document_tells(server_url: str, operation: Operation) -> None:
    if operation.body:
        for body, content_type in ((b"{", "application/json"), (b"{}", "application/json"), (b"{}", "text/plain")):
            headers = {"Content-Type": content_type}
            refused = requests.post(server_url + operation.path, data=body, headers=headers, timeout=30)
            assert refused.status_code in {400, 415, 422}
            assert_fits(operation, refused)
    if operation.parameters:
        refused = requests.get(server_url + operation.path, params={"language": "de"}, timeout=30)
        assert refused.status_code == 422
        assert_fits(operation, refused)
    if operation.path_parameters:
        refused = requests.request(operation.method, server_url + operation.path, timeout=30)
        assert refused.status_code == 404
        assert_fits(operation, refused)


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_another_method_of_any_route_is_a_problem(server_url: str, operation: Operation) -> None:
    for method in {"PUT", "PATCH", "TRACE"}:
        response = requests.request(method, server_url + operation.path, timeout=30)
        assert response.status_code == 405
        assert response.headers["Content-Type"] == "application/problem+json"
        assert operation.method.upper() in response.headers["Allow"]


def test_the_page_shows_every_operation_and_its_fields_without_scripts(server_url: str) -> None:
    page = requests.get(f"{server_url}/docs", timeout=30).text
    assert "<script" not in page
    assert not re.search(r'(?:src|href)="(?!/|#)', page)
    for operation in OPERATIONS:
        assert f'id="{operation.name}"' in page
        taken = [name for model in operation.models for name in model.model_fields if name != "root"]
        for name in taken:
            assert f"<code>{name}</code>" in page.partition(f'id="{operation.name}"')[2].partition("</section>")[0]


def test_page_and_document_are_asked_for_again_by_their_tag(client: FlaskClient) -> None:
    for path in ("/docs", "/openapi.json"):
        tag = client.get(path).headers["ETag"]
        assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
