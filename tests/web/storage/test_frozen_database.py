"""A PostgreSQL whose processes all stand still for a while: nobody waits for it for long, and nothing is lost."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path

import pytest
import requests
from sqlalchemy import delete, func, select
from sqlalchemy.exc import OperationalError

from tests.postgresql import PostgreSQL
from tests.servers import Server, serving
from web.storage.database import Database
from web.storage.direct import Prepared
from web.storage.tables import CONVERSATIONS

READ = Prepared(select(func.count()).select_from(CONVERSATIONS))
ERASE = Prepared(delete(CONVERSATIONS))
CUSTOMERS = 40
# Seconds; the database stands still until all that is asked meanwhile is answered, however busy the machine is.
PATIENCE = 60


@contextmanager
def opened(postgresql: PostgreSQL) -> Iterator[Database]:
    database = Database(postgresql.fresh_database())
    database.check()
    yield database
    database.close()


def assert_is_well(database: Database) -> None:
    """It answers again, though on a busy machine not at once."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return database.check()
        except OperationalError:
            assert time.monotonic() < end


def test_a_check_ends_while_the_database_is_frozen_and_the_next_one_after_it_is_well(postgresql: PostgreSQL) -> None:
    with opened(postgresql) as database:
        with postgresql.frozen():
            for _ in range(2):
                with pytest.raises(OperationalError):
                    database.check()
        assert_is_well(database)


def freeze_within_a_turn(database: Database, postgresql: PostgreSQL, statement: Prepared) -> None:
    with database.directly(writes=True) as connection:
        connection.first(READ, {})
        with postgresql.frozen():
            connection.change(statement, {})


@pytest.mark.parametrize("statement", [READ, ERASE])
def test_a_statement_that_gets_no_answer_ends_and_its_connection_is_not_used_again(
    statement: Prepared, postgresql: PostgreSQL
) -> None:
    with opened(postgresql) as database:
        with pytest.raises(OperationalError):
            freeze_within_a_turn(database, postgresql, statement)
        assert_is_well(database)


def test_a_database_that_is_frozen_when_it_is_opened_holds_no_thread_up(postgresql: PostgreSQL) -> None:
    database = Database(postgresql.fresh_database())
    with postgresql.frozen(), ThreadPoolExecutor(8) as threads:
        errors = [future.exception() for future in [threads.submit(database.check) for _ in range(8)]]
    assert {type(error) for error in errors} == {OperationalError}
    assert_is_well(database)
    database.close()


def at_once(number: int, ask: Callable[[int], requests.Response]) -> list[requests.Response]:
    """The responses to that many requests, sent at once."""
    with ThreadPoolExecutor(number) as threads:
        return list(threads.map(ask, range(number)))


def say(server: Server, message: str, number: int, talk: str | None = None) -> requests.Response:
    fields = {"message": message, "client_message_id": f"{message}-{number}"}
    fields |= {"conversation_id": talk} if talk else {}
    return requests.post(f"{server.url}/api/v1/chat", json=fields, timeout=PATIENCE)


def again(ask: Callable[[int], requests.Response], number: int) -> requests.Response:
    """The response to a request that is sent again while the server says to come again, as the widget does."""
    end = time.monotonic() + PATIENCE
    while (response := ask(number)).status_code == HTTPStatus.SERVICE_UNAVAILABLE and time.monotonic() < end:
        time.sleep(0.1)
    return response


@pytest.mark.slow
def test_customers_of_a_frozen_database_are_told_to_come_again_and_nothing_is_lost(
    tmp_path: Path, index_dir: Path, postgresql: PostgreSQL
) -> None:
    settings = {"RADCE_INDEX_DIR": str(index_dir), "DATABASE_URL": postgresql.fresh_database()}
    with serving(tmp_path, settings) as server:
        first = at_once(CUSTOMERS, lambda number: say(server, "jak zapnu roaming", number))
        talks = [response.json()["conversation_id"] for response in first]

        def go_on(number: int) -> requests.Response:
            return say(server, "Taycan", number, talks[number])

        with postgresql.frozen(), ThreadPoolExecutor(1) as aside:
            asked = aside.submit(at_once, CUSTOMERS, go_on)
            ready = [requests.get(f"{server.url}/health/ready", timeout=PATIENCE) for _ in range(3)]
            refused = asked.result()
            live = requests.get(f"{server.url}/health/live", timeout=PATIENCE)
        assert {response.status_code for response in (*ready, *refused)} == {503}
        assert all("Retry-After" in response.headers for response in refused)
        assert live.status_code == 200
        assert {again(go_on, number).json()["entry_id"] for number in range(CUSTOMERS)} == {"roaming-activate"}
        ready_again = again(lambda _: requests.get(f"{server.url}/health/ready", timeout=PATIENCE), 0)
        assert ready_again.status_code == HTTPStatus.OK
        for talk in talks:
            kept = requests.get(f"{server.url}/api/v1/conversations/{talk}", timeout=PATIENCE).json()
            assert [turn["message"] for turn in kept["turns"]] == ["jak zapnu roaming", "Taycan"]
