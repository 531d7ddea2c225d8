"""Talking to the server of the session."""

from collections.abc import Callable
from typing import Any

import pytest
import requests

Reply = dict[str, Any]
Ask = Callable[..., Reply]


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
