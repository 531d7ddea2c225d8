"""What browsers report of the content security policy is counted by bounded names, whatever is sent."""

import json
import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from bot.assistant import Assistant
from web.app import create_app
from web.headers import POLICY_REPORTS
from web.policy_reports import BLOCKED, DIRECTIVES, MOST_REPORTS, OTHER
from web.settings import Settings

REPORTS, OLD_REPORT = "application/reports+json", "application/csp-report"


@pytest.fixture
def client(assistant: Assistant) -> Iterator[FlaskClient]:
    """An application that has counted nothing yet."""
    with create_app(Settings(rate_limits=False), assistant).test_client() as client:
        yield client


def report(directive: str, blocked: str | None, kind: str = "csp-violation") -> dict[str, object]:
    told = {"effectiveDirective": directive, "blockedURL": blocked, "documentURL": "https://x.example/?q=Jana"}
    return {"type": kind, "age": 3, "url": "https://x.example/", "user_agent": "Mozilla/5.0", "body": told}


def old_report(**fields: str) -> dict[str, object]:
    return {"csp-report": {"document-uri": "https://x.example/", "disposition": "enforce", **fields}}


def send(client: FlaskClient, body: object, content_type: str = REPORTS) -> TestResponse:
    return client.post(POLICY_REPORTS, data=json.dumps(body), content_type=content_type)


def counted(client: FlaskClient) -> dict[tuple[str, str], int]:
    """Violations by blocked thing and directive."""
    row = re.compile(r'^radce_policy_violations_total\{blocked="(.*)",directive="(.*)"\} (\d+)', re.MULTILINE)
    return {(blocked, directive): int(count) for blocked, directive, count in row.findall(client.get("/metrics").text)}


def test_each_response_says_where_reports_go(client: FlaskClient) -> None:
    headers = client.get("/").headers
    name = re.search(r"report-to (\w+)", headers["Content-Security-Policy"])
    assert name
    assert headers["Reporting-Endpoints"] == f'{name[1]}="{POLICY_REPORTS}"'
    assert f"report-uri {POLICY_REPORTS};" in headers["Content-Security-Policy"]


def test_violations_are_counted_by_directive_and_by_what_was_blocked(client: FlaskClient) -> None:
    sent = [
        report("script-src-elem", "inline"),
        report("script-src-elem", "inline"),
        report("script-src", "eval"),
        report("img-src", "https://evil.example/pixel?q=Jana"),
        report("img-src", "http://localhost"),
        report("font-src", "data"),
        report("connect-src", "https://localhost.evil.example/"),
    ]
    response = send(client, sent)
    assert (response.status_code, response.data) == (204, b"")
    assert counted(client) == {
        ("inline", "script-src-elem"): 2,
        ("eval", "script-src"): 1,
        ("elsewhere", "img-src"): 1,
        ("own", "img-src"): 1,
        ("data", "font-src"): 1,
        ("elsewhere", "connect-src"): 1,
    }


@pytest.mark.parametrize(
    "named", [{"effective-directive": "style-src-attr"}, {"violated-directive": "style-src-attr 'self'"}]
)
def test_browsers_that_only_know_the_older_form_are_understood(client: FlaskClient, named: dict[str, str]) -> None:
    assert send(client, old_report(**named, **{"blocked-uri": "inline"}), OLD_REPORT).status_code == 204
    assert counted(client) == {("inline", "style-src-attr"): 1}


def test_reports_of_something_else_are_not_counted(client: FlaskClient) -> None:
    assert send(client, [report("script-src", "inline", "deprecation")]).status_code == 204
    assert counted(client) == {}


@given(st.text(max_size=80), st.one_of(st.none(), st.text(max_size=80), st.sampled_from(["https://", "http://["])))
def test_whatever_a_report_names_makes_no_new_name(assistant: Assistant, directive: str, blocked: str | None) -> None:
    client = create_app(Settings(rate_limits=False), assistant).test_client()
    assert send(client, [report(directive, blocked)]).status_code == 204
    ((kind, name),) = counted(client)
    assert kind in {*BLOCKED, OTHER, "own", "elsewhere"}
    assert name in {*DIRECTIVES, OTHER}


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        ([report("script-src", "inline")], "application/json", 415),
        ({"reports": []}, REPORTS, 422),
        ([report("script-src", "inline")] * (MOST_REPORTS + 1), REPORTS, 422),
        ([{"type": "csp-violation"}], REPORTS, 422),
    ],
)
def test_what_is_no_report_is_refused(client: FlaskClient, body: object, content_type: str, status: int) -> None:
    response = send(client, body, content_type)
    assert response.status_code == status
    assert response.get_json()["status"] == status
    assert counted(client) == {}
