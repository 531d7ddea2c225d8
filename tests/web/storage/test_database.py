"""One database: made by its first use, brought up to date, by several processes at once."""

import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from tests.servers import ROOT
from tests.web.storage.conftest import Execute
from web.errors import WebError
from web.storage.database import Database
from web.storage.migrate import NEWEST
from web.storage.tables import METADATA

PREPARE = "import sys; from web.storage.database import Database; Database(sys.argv[1]).prepare()"


def test_a_database_that_is_not_used_makes_no_file(tmp_path: Path) -> None:
    Database(f"sqlite:///{tmp_path}/folder/radce.db")
    assert not (tmp_path / "folder").exists()


def test_the_first_use_makes_the_tables(database: Database) -> None:
    database.prepare()
    with database.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM conversations")).scalar() == 0


def test_the_migrations_make_the_tables_that_the_stores_use(database: Database) -> None:
    database.check()
    with database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []


def test_the_newest_migration_is_the_last_one() -> None:
    assert ScriptDirectory(str(ROOT / "web/storage/migrations")).get_heads() == [NEWEST]


def test_several_processes_may_make_the_tables_at_once(url: str, execute: Execute) -> None:
    command = [sys.executable, "-c", PREPARE, url]
    processes = [subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) for _ in range(4)]
    assert [(process.communicate()[1], process.returncode) for process in processes] == [("", 0)] * 4
    assert execute("SELECT version_num FROM alembic_version") == [(NEWEST,)]


def test_a_database_of_a_newer_version_is_refused(database: Database, execute: Execute) -> None:
    database.prepare()
    execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(WebError, match="newer version"):
        database.prepare()


def test_a_file_is_read_while_it_is_written_and_forgets_what_is_deleted(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/radce.db")
    with database.reading() as connection:
        pragmas = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "secure_delete")]
    database.close()
    assert pragmas == ["wal", 1]


# What the console asks of all turns, and the index that has all of it.
ASKED = {
    "SELECT message_id FROM turns WHERE kind = 'x' AND created > 0 AND confidence < 0.5 ORDER BY created DESC": (
        "turns_kind (kind=? AND created>?)"
    ),
    "SELECT conversation_id FROM turns WHERE entry_id = 'x'": "turns_entry (entry_id=?)",
    "SELECT conversation_id FROM turns WHERE entry_id = 'x' AND kind = 'y'": "turns_entry (entry_id=? AND kind=?)",
    "SELECT message_id FROM turns WHERE conversation_id = 'x' AND number < 3 AND kind = 'y' ORDER BY number DESC": (
        "turns_said (conversation_id=? AND number<?)"
    ),
}


@pytest.mark.parametrize("query", ASKED)
def test_lists_of_turns_are_read_from_an_index_alone(tmp_path: Path, query: str) -> None:
    database = Database(f"sqlite:///{tmp_path}/radce.db")
    with database.reading() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}").fetchall()
    database.close()
    assert [row.detail for row in plan] == [f"SEARCH turns USING COVERING INDEX {ASKED[query]}"]


def test_a_folder_that_can_not_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(WebError, match="DATABASE_URL"):
        Database(f"sqlite:///{tmp_path}/file/deep/radce.db").prepare()


@pytest.mark.parametrize("address", ["radce:hunter2@/radce?host={}", "/radce?host={}&password=hunter2&user=radce"])
def test_a_server_that_does_not_answer_is_told_without_the_password(tmp_path: Path, address: str) -> None:
    with pytest.raises(WebError, match="DATABASE_URL") as told:
        Database("postgresql://" + address.format(tmp_path)).prepare()
    assert "hunter2" not in str(told.value)
