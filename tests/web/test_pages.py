"""The page, the files it needs, the health checks, and the headers of all of them."""

import re

import pytest
import requests

from web.headers import SECURITY_HEADERS


@pytest.mark.parametrize(
    ("path", "accept", "language"),
    [
        ("/?language=cs", "en", "cs"),
        ("/?language=en", "cs", "en"),
        ("/", "en-GB,en;q=0.9,cs;q=0.5", "en"),
        ("/", "cs-CZ,cs;q=0.9,en;q=0.5", "cs"),
        ("/", "sk,en;q=0.5", "cs"),
        ("/", "de,en;q=0.5", "en"),
        ("/", "de", "cs"),
        ("/", "", "cs"),
        ("/?language=xx", "en", "en"),
    ],
)
def test_the_page_is_in_the_language_that_the_visitor_asks_for(
    server_url: str, path: str, accept: str, language: str
) -> None:
    response = requests.get(server_url + path, headers={"Accept-Language": accept}, timeout=30)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    assert f'<html lang="{language}">' in response.text
    assert {"cs": "<title>Rádce", "en": "<title>Radce"}[language] in response.text
    assert response.headers["Content-Language"] == language
    assert "Accept-Language" in response.headers["Vary"]


def test_every_file_that_the_page_names_is_served(server_url: str) -> None:
    page = requests.get(server_url, timeout=30).text
    named = re.findall(r'(?:src|href)="(/[^"]+)"', page)
    assert "/widget.js" in named
    for path in named:
        assert requests.get(server_url + path, timeout=30).status_code == 200, path


def test_the_page_says_without_scripts_what_it_needs(server_url: str) -> None:
    page = requests.get(f"{server_url}/?language=cs", timeout=30).text
    assert "JavaScript" in page.partition("<noscript>")[2].partition("</noscript>")[0]


@pytest.mark.parametrize(
    "path", ["/", "/widget.js", "/widget/texts/cs", "/health/live", "/health/ready", "/nothing", "/api/v1/chat"]
)
def test_every_response_carries_the_security_headers(server_url: str, path: str) -> None:
    response = requests.get(server_url + path, timeout=30)
    for name, value in SECURITY_HEADERS.items():
        assert response.headers[name] == value


def test_no_header_lets_foreign_scripts_run(server_url: str) -> None:
    policy = requests.get(server_url, timeout=30).headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


def test_the_process_lives_and_is_ready(server_url: str) -> None:
    live = requests.get(f"{server_url}/health/live", timeout=30)
    assert (live.status_code, live.json()) == (200, {"status": "ok"})
    ready = requests.get(f"{server_url}/health/ready", timeout=30)
    assert ready.status_code == 200
    reply = requests.post(f"{server_url}/api/v1/chat", json={"message": "hi"}, timeout=30).json()
    assert ready.json() == {"status": "ok", "kb_version": reply["kb_version"]}
