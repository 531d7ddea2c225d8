"""`radce mail`, `radce purge`, and a server that sends the mail itself."""

import json
from pathlib import Path

import pytest
import requests

from tests.servers import radce, serving
from tests.web.mail.mailbox import mail_server
from tests.web.mail.test_delivery import hand_off
from web.storage.database import Database
from web.upkeep import MAIL_PAUSE

pytestmark = pytest.mark.slow


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/radce.db"


def test_the_command_sends_what_is_due(url: str) -> None:
    database = Database(url)
    hand_off(database)
    database.close()
    with mail_server() as mailbox:
        settings = {"DATABASE_URL": url, "RADCE_SMTP_URL": mailbox.url, "RADCE_MAIL_FROM": "radce@example.com"}
        for sent in (1, 0):
            run = radce("mail", "--once", "--json", settings=settings)
            assert (run.stderr, run.returncode) == ("", 0)
            assert json.loads(run.stdout) == {"sent": sent, "failed": 0}
    assert len(mailbox.mails) == 1


def test_the_command_needs_a_mail_server(url: str) -> None:
    run = radce("mail", "--once", settings={"DATABASE_URL": url})
    assert run.returncode == 1
    assert "RADCE_SMTP_URL is not set" in run.stderr


def test_the_command_purges_what_has_expired(url: str) -> None:
    database = Database(url)
    hand_off(database)
    with database.writing() as connection:
        connection.exec_driver_sql("UPDATE conversations SET updated = updated - 8 * 86400")
    database.close()
    kept = radce("purge", settings={"DATABASE_URL": url})
    assert kept.stdout == "deleted: 0 conversations, 0 sessions\n"
    run = radce("purge", "--json", settings={"DATABASE_URL": url, "RADCE_CONVERSATION_DAYS": "7"})
    assert json.loads(run.stdout) == {"conversations": 1, "sessions": 0}


def test_a_server_sends_the_mail_of_a_hand_off_once(url: str, tmp_path: Path, index_dir: Path) -> None:
    with mail_server() as mailbox:
        mail = {"RADCE_SMTP_URL": mailbox.url, "RADCE_MAIL_FROM": "radce@example.com"}
        settings = {"RADCE_INDEX_DIR": str(index_dir), "DATABASE_URL": url, **mail}
        with serving(tmp_path, settings) as server:
            asked = requests.post(f"{server.url}/api/v1/chat", json={"message": "Hello", "country": "DE"}, timeout=30)
            form = {"conversation_id": asked.json()["conversation_id"], "reply_to": "jan@example.com"}
            requests.post(f"{server.url}/api/v1/handoff", json=form, timeout=30).raise_for_status()
            assert mailbox.received.wait(60)
            assert not mailbox.received_twice.wait(2 * MAIL_PAUSE), "the other worker sent it, too"
    assert [envelope.rcpt_tos for envelope in mailbox.envelopes] == [["smartmobility@de.porsche.com"]]
