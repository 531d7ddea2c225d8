"""Talking to the server of the session, and running commands."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import requests
from click.testing import CliRunner, Result
from flask.testing import FlaskClient

from bot.assistant import Assistant
from tests.kb.conftest import entry, tiny  # noqa: F401
from tests.web.clock import Clock, set_clock
from web.app import create_app
from web.cli import main
from web.settings import Settings

Reply = dict[str, Any]
Ask = Callable[..., Reply]
Run = Callable[..., Result]


@pytest.fixture
def run(index_dir: Path, tmp_path: Path) -> Run:
    """Runs a command in this process, in which the encoder's library is loaded already."""
    settings = {"RADCE_INDEX_DIR": str(index_dir), "DATABASE_URL": f"sqlite:///{tmp_path}/radce.db"}

    def command(*arguments: str, **more: str) -> Result:
        return CliRunner(env={**settings, **more}).invoke(main, arguments)

    return command


@pytest.fixture(scope="session")
def client(assistant: Assistant) -> FlaskClient:
    """The application in this process, without a server: for tests that visit many pages."""
    return create_app(Settings(rate_limits=False), assistant).test_client()


@pytest.fixture
def limits_clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock that rate limits are counted by: their minute would be over on a busy machine."""
    return set_clock(monkeypatch, "web.moving_window", "web.rate_limits")


@pytest.fixture
def post(server_url: str) -> Callable[..., requests.Response]:
    """Posts the fields of a chat request, and gives the response."""

    def send(**fields: object) -> requests.Response:
        return requests.post(f"{server_url}/api/v1/chat", json=fields, timeout=30)

    return send


@pytest.fixture
def ask(post: Callable[..., requests.Response]) -> Ask:
    """Posts the fields of a chat request that is right, and gives the reply."""

    def send(message: str, **fields: object) -> Reply:
        response = post(message=message, **fields)
        assert response.status_code == 200, response.text
        return dict(response.json())

    return send
