"""A whole server on PostgreSQL: two workers, a restart, and every route that stores something."""

from pathlib import Path
from typing import Any

import pytest
import requests

from tests.postgresql import PostgreSQL
from tests.servers import serving

pytestmark = pytest.mark.slow


def post(address: str, **fields: object) -> dict[str, Any]:
    response = requests.post(address, json=fields, timeout=30)
    response.raise_for_status()
    return dict(response.json())


def test_conversations_go_on_over_a_restart_and_can_be_erased(
    tmp_path: Path, index_dir: Path, postgresql: PostgreSQL
) -> None:
    settings = {"RADCE_INDEX_DIR": str(index_dir), "DATABASE_URL": postgresql.fresh_database()}
    with serving(tmp_path, settings) as server:
        api = f"{server.url}/api/v1"
        first = post(f"{api}/chat", message="jak zapnu roaming", client_message_id="a")
        assert requests.get(f"{server.url}/health/ready", timeout=30).status_code == 200
    with serving(tmp_path, settings) as server:
        api = f"{server.url}/api/v1"
        assert post(f"{api}/chat", message="jak zapnu roaming", client_message_id="a") == first
        talk = first["conversation_id"]
        second = post(f"{api}/chat", message="Taycan", conversation_id=talk)
        post(f"{api}/feedback", message_id=second["message_id"], rating="up", comment="díky")
        case = post(f"{api}/handoff", conversation_id=talk, reply_to="jan@example.com")
        told = requests.get(f"{api}/conversations/{talk}", timeout=30).json()
        assert [turn["reply"] for turn in told["turns"]] == [first, second]
        assert told["turns"][1]["feedback"] == {"rating": "up", "comment": "díky"}
        assert told["handoffs"][0]["handoff_id"] == case["handoff_id"]
        assert requests.delete(f"{api}/conversations/{talk}", timeout=30).status_code == 204
        assert requests.get(f"{api}/conversations/{talk}", timeout=30).status_code == 404
    assert server.process.returncode == 0
    assert server.errors.read_text() == ""
