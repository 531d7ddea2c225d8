"""What the server tells who runs it: numbers of all workers, logs without personal data."""

import json
import logging
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import requests
from flask import Flask
from gunicorn.config import Config
from prometheus_client.parser import text_string_to_metric_families

from bot.assistant import Assistant
from tests.servers import Server, serving
from web.app import create_app
from web.logs import REQUESTS, SECURITY, GunicornLogger, configure_logs
from web.settings import Settings

SECRET = "nezaměnitelné tajemství, VIN WP0ZZZ99ZTS392124, jan.novak@example.com"


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory, index_dir: Path) -> Iterator[Server]:
    """A server of two workers that has answered: all kinds of request, and one that broke."""
    folder = tmp_path_factory.mktemp("worked")
    settings = {"RADCE_INDEX_DIR": str(index_dir), "DATABASE_URL": f"sqlite:///{folder}/radce.db"}
    with serving(folder, settings) as server:
        for _ in range(8):  # connections of their own, so that both workers get some
            requests.post(f"{server.url}/api/v1/chat", json={"message": "Dobrý den"}, timeout=30)
        requests.post(f"{server.url}/api/v1/chat", json={"message": SECRET}, timeout=30)
        requests.post(f"{server.url}/api/v1/chat", json={"message": "hi", "conversation_id": SECRET}, timeout=30)
        requests.post(f"{server.url}/api/v1/chat", data=SECRET.encode(), timeout=30)
        requests.get(f"{server.url}/api/v1/search", params={"q": SECRET, "language": "en"}, timeout=30)
        requests.get(f"{server.url}/{SECRET}", headers={"User-Agent": SECRET.encode()}, timeout=30)
        host, port = server.url.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port)), timeout=30) as connection:
            connection.sendall(f"GET {SECRET}\r\n\r\n".encode())
            connection.recv(1 << 16)
        yield server


def numbers(text: str) -> dict[str, float]:
    """Every number by its name and labels, as Prometheus reads them."""
    return {
        sample.name + json.dumps(sample.labels, sort_keys=True): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def logged(server: Server) -> list[dict[str, Any]]:
    lines = (server.errors.parent / "stdout.txt").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if not line.startswith("Radce answers at")]


def test_the_numbers_are_those_of_all_workers(worked: Server) -> None:
    for _ in range(4):  # whichever worker answers
        told = numbers(requests.get(f"{worked.url}/metrics", timeout=30).text)
        assert told['radce_turns_total{"kind": "smalltalk", "language": "cs"}'] == 8
        assert told['radce_request_seconds_count{"route": "chat.chat", "status": "200"}'] == 9
        assert told['radce_request_seconds_count{"route": "none", "status": "404"}'] == 1
        assert told['radce_stage_seconds_count{"route": "chat.chat", "stage": "think"}'] == 9
        assert told['radce_stage_seconds_count{"route": "chat.chat", "stage": "store"}'] == 9
        assert told['radce_stage_seconds_count{"route": "search.search", "stage": "wait"}'] == 1
    (index,) = [name for name, value in told.items() if name.startswith("radce_index{") and value == 1]
    version = requests.get(f"{worked.url}/health/ready", timeout=30).json()["kb_version"]
    assert f'"kb_version": "{version}"' in index


def test_the_numbers_are_for_private_networks_only(assistant: Assistant) -> None:
    client = create_app(Settings(trusted_proxies=1), assistant).test_client()
    statuses = {
        address: client.get("/metrics", headers={"X-Forwarded-For": address}).status_code
        for address in ("127.0.0.1", "10.1.2.3", "fd00::1", "8.8.8.8", "2a00:1450::1", "nobody")
    }
    assert statuses == {
        "127.0.0.1": 200, "10.1.2.3": 200, "fd00::1": 200, "8.8.8.8": 404, "2a00:1450::1": 404, "nobody": 404,
    }  # fmt: skip


def test_every_request_is_a_line_of_json(worked: Server) -> None:
    lines = [line for line in logged(worked) if line["event"] == "request" and line["route"] == "chat.chat"]
    assert [line["status"] for line in lines] == [200] * 9 + [404, 415]
    for line in lines:
        assert line.keys() == {
            "event", "logger", "level", "timestamp", "request_id", "method", "route", "status", "milliseconds",
        }  # fmt: skip
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z", line["timestamp"])
    assert len({line["request_id"] for line in lines}) == len(lines)


def test_a_response_names_the_request_of_the_log(worked: Server) -> None:
    request_id = requests.get(f"{worked.url}/health/live", timeout=30).headers["X-Request-ID"]
    assert request_id in {line.get("request_id") for line in logged(worked)}


def test_nothing_that_was_typed_and_no_address_is_logged(worked: Server) -> None:
    written = (worked.errors.parent / "stdout.txt").read_text(encoding="utf-8") + worked.errors.read_text()
    assert "tajemstv" not in written
    assert "WP0" not in written
    assert "novak" not in written
    assert "127.0.0.1" not in re.sub("Radce answers at .*", "", written)


def test_a_request_that_can_not_be_read_is_told_by_what_is_wrong_with_it(worked: Server) -> None:
    (line,) = [line for line in logged(worked) if line["logger"] == "gunicorn.error"]
    assert (line["event"], line["level"]) == ("a request can't be read: 400", "warning")


def test_what_libraries_say_in_passing_is_not_logged(worked: Server) -> None:
    assert {line["logger"] for line in logged(worked)} == {"radce.requests", "gunicorn.error"}


@contextmanager
def logging_as_served(*, requests: bool = True) -> Iterator[None]:
    """The logs of this process written as those of the server."""
    loggers = [logging.getLogger(name) for name in (None, REQUESTS, SECURITY)]
    before, levels = loggers[0].handlers, [logger.level for logger in loggers]
    configure_logs(requests=requests)
    yield
    loggers[0].handlers = before
    for logger, level in zip(loggers, levels, strict=True):
        logger.setLevel(level)


@pytest.mark.parametrize(
    ("words", "arguments", "told"),
    [
        ("Worker (pid:%s) was sent %s!", (7, "SIGKILL"), "Worker (pid:7) was sent SIGKILL!"),
        ("WORKER TIMEOUT (pid:%s)", (7,), "WORKER TIMEOUT (pid:7)"),
        ("Error handling request %s %s", ("GET", f"/?q={SECRET}"), "Error handling request ... ..."),
        ("nothing is told of %s", ([SECRET],), "nothing is told of ..."),
        ("nor of %(this)s", ({"this": SECRET},), "nor of %(this)s"),
        (f"Invalid request from ip=192.0.2.1: {SECRET} 100%s", (), "test_operation.tell"),
    ],
)  # fmt: skip
def test_gunicorn_is_logged_with_its_words_and_without_what_they_are_about(
    capsys: pytest.CaptureFixture[str], words: str, arguments: tuple[object, ...], told: str
) -> None:
    with logging_as_served():
        log = GunicornLogger(Config())

        def tell() -> None:
            log.warning(words, *arguments)

        tell()
    (line,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert (line["event"], line["logger"], line["level"]) == (told, "gunicorn.error", "warning")


def broken(assistant: Assistant) -> Flask:
    """The application with a route that fails with what a customer typed in its error."""
    app = create_app(Settings(), assistant)

    @app.get("/broken")
    def fail() -> None:
        raise RuntimeError(SECRET)

    return app


def test_an_error_is_logged_by_its_kind_and_place_and_told_to_nobody(
    assistant: Assistant, capsys: pytest.CaptureFixture[str]
) -> None:
    with logging_as_served():
        response = broken(assistant).test_client().get("/broken")
    assert response.status_code == 500
    assert response.content_type == "application/problem+json"
    (told,) = [line for line in map(json.loads, capsys.readouterr().out.splitlines()) if line["level"] == "error"]
    assert told["error"] == "builtins.RuntimeError"
    assert told["places"][-1].endswith(" fail")
    assert told["request_id"] == response.headers["X-Request-ID"]
    assert "tajemstv" not in json.dumps(told, ensure_ascii=False) + response.text


def test_a_line_break_in_a_request_makes_no_line_in_the_log(
    assistant: Assistant, capsys: pytest.CaptureFixture[str]
) -> None:
    with logging_as_served():
        create_app(Settings(), assistant).test_client().get("/a%0d%0a{}?b=%0a", headers={"User-Agent": "a"})
    (line,) = capsys.readouterr().out.splitlines()
    assert json.loads(line)["status"] == 404
