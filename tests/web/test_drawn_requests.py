"""Requests drawn from the OpenAPI document, right and wrong: no route breaks, and every reply is one that is told."""

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import (
    content_type_conformance,
    not_a_server_error,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from bot.assistant import Assistant
from web.app import create_app
from web.openapi.operations import OPERATIONS, Operation
from web.settings import Settings

schemathesis.serializer.alias("application/csp-report", "application/json")

# Examples a route and kind; each takes a few milliseconds.
EXAMPLES = 25
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


@pytest.fixture(scope="module")
def document(assistant: Assistant, tmp_path_factory: pytest.TempPathFactory) -> schemathesis.BaseSchema:
    folder = tmp_path_factory.mktemp("drawn")
    app = create_app(Settings(database_url=f"sqlite:///{folder}/radce.db", rate_limits=False), assistant)
    return schemathesis.openapi.from_wsgi("/openapi.json", app)


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_a_drawn_request_gets_a_reply_that_is_told(
    document: schemathesis.BaseSchema, operation: Operation, mode: GenerationMode
) -> None:
    if mode is GenerationMode.NEGATIVE and not operation.models:
        pytest.skip("nothing that is sent can be wrong")
    drawn = document[operation.path][operation.method].as_strategy(generation_mode=mode)

    @settings(max_examples=EXAMPLES, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(case=drawn)
    def answers(case: schemathesis.Case) -> None:
        case.call_and_validate(checks=CHECKS)

    answers()
