"""A backup that is made while the server answers, and a server that goes on from it."""

import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest
import requests

from tests.servers import radce, serving
from tests.web.conftest import Run

pytestmark = pytest.mark.slow


def say(url: str, **fields: object) -> dict[str, object]:
    response = requests.post(f"{url}/api/v1/chat", json=fields, timeout=30)
    assert response.status_code == 200, response.text
    return dict(response.json())


def test_a_server_goes_on_from_a_backup(tmp_path: Path, index_dir: Path) -> None:
    copy = tmp_path / "copy.db"
    settings = {"RADCE_INDEX_DIR": str(index_dir), "DATABASE_URL": f"sqlite:///{tmp_path}/radce.db"}
    with serving(tmp_path, settings, workers=1) as server:
        first = say(server.url, message="jak zapnu roaming", client_message_id="a")
        made = radce("backup", str(copy), settings=settings)
        assert made.returncode == 0, made.stderr
        say(server.url, message="Macan", conversation_id=first["conversation_id"])
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    for path in tmp_path.glob("radce.db*"):  # the disaster
        path.unlink()
    copy.rename(tmp_path / "radce.db")  # docs/operation.md: restore
    with serving(tmp_path, settings, workers=1) as server:
        assert say(server.url, message="jak zapnu roaming", client_message_id="a") == first
        second = say(server.url, message="Taycan", conversation_id=first["conversation_id"])
        assert (second["entry_id"], second["kind"]) == ("roaming-activate", "answer")


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("sqlite:///{0}/nothing.db", "no database"),
        ("sqlite:///{0}/broken.db", "can't be copied"),
    ],
)
def test_what_can_not_be_copied_is_told(run: Run, tmp_path: Path, url: str, told: str) -> None:
    (tmp_path / "broken.db").write_bytes(b"this is no database" * 1000)
    copied = run("backup", str(tmp_path / "copy.db"), DATABASE_URL=url.format(tmp_path))
    assert copied.exit_code == 1
    assert told in copied.stderr
    assert not (tmp_path / "copy.db").exists()


def test_no_file_is_written_over(run: Run, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "radce.db")) as database:
        database.execute("CREATE TABLE one (two)")
    (tmp_path / "copy.db").write_text("precious")
    assert run("backup", str(tmp_path / "copy.db")).exit_code == 1
    assert (tmp_path / "copy.db").read_text() == "precious"
