"""What docs/operation.md has for PostgreSQL: a backup of a working server, and one that goes on from it."""

import re
import shlex
import subprocess
from pathlib import Path

import pytest

from tests.postgresql import PostgreSQL
from tests.servers import ROOT, serving
from tests.web.test_backup import say

pytestmark = pytest.mark.slow

OPERATION = (ROOT / "docs/operation.md").read_text(encoding="utf-8")


def run(postgresql: PostgreSQL, program: str, url: str, dump: Path) -> None:
    """The documented command with this server's own program, and this database in place of the container's."""
    (written,) = re.findall(rf"exec -T database {program} (.+?) [<>] radce\.dump`", OPERATION)
    arguments = [url if word == "radce" else word for word in shlex.split(written.replace("-U radce ", ""))]
    command = [postgresql.programs / program, *arguments]
    with dump.open("wb" if program == "pg_dump" else "rb") as file:
        pipe = {"stdout": file} if program == "pg_dump" else {"stdin": file}
        done = subprocess.run(command, stderr=subprocess.PIPE, timeout=60, check=False, **pipe)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("lost", [True, False], ids=["lost", "to be put back"])
def test_a_server_goes_on_from_a_dump(tmp_path: Path, index_dir: Path, postgresql: PostgreSQL, lost: bool) -> None:
    url, dump = postgresql.fresh_database(), tmp_path / "radce.dump"
    settings = {"RADCE_INDEX_DIR": str(index_dir), "DATABASE_URL": url}
    with serving(tmp_path, settings, workers=1) as server:
        first = say(server.url, message="jak zapnu roaming", client_message_id="a")
        talk = first["conversation_id"]
        run(postgresql, "pg_dump", url, dump)
        say(server.url, message="Macan", conversation_id=talk)
    settings["DATABASE_URL"] = postgresql.fresh_database() if lost else url
    run(postgresql, "pg_restore", settings["DATABASE_URL"], dump)
    with serving(tmp_path, settings, workers=1) as server:
        assert say(server.url, message="jak zapnu roaming", client_message_id="a") == first
        second = say(server.url, message="Taycan", conversation_id=talk)
        assert (second["entry_id"], second["kind"]) == ("roaming-activate", "answer")
