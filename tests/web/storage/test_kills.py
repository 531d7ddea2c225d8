"""Processes that are killed while they write or send: nothing is lost, and nothing is done twice."""

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.servers import ROOT
from tests.web.mail.mailbox import mail_server
from tests.web.mail.test_delivery import SENDER, delivery, hand_off
from tests.web.storage.conftest import Execute
from tests.web.storage.turns import country_of
from web.storage.conversations import ConversationStore
from web.storage.database import Database
from web.storage.mail_queue import LEASE

pytestmark = pytest.mark.slow

# Takes turn after turn of one conversation, and says when each is written.
TALKER = """
import sys
from tests.web.storage.turns import saying
from web.storage.conversations import ConversationStore, MessageKey
from web.storage.database import Database
from web.storage.retention import Retention
store = ConversationStore(Database(sys.argv[1]), Retention(90))
talk = store.take_turn(MessageKey(None), saying(""))
while True:
    print(talk, flush=True)
    store.take_turn(MessageKey(talk), saying("x"))
"""
SENDING = """
import sys
from tests.web.mail.test_delivery import delivery
from web.storage.database import Database
delivery(Database(sys.argv[1]), sys.argv[2]).deliver_due()
"""


@contextmanager
def python(source: str, *arguments: str) -> Iterator["subprocess.Popen[str]"]:
    """A process that is killed at the end."""
    command = [sys.executable, "-c", source, *arguments]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        yield process
        process.send_signal(signal.SIGKILL)


def test_every_turn_that_was_told_is_there_after_a_kill(url: str, store: ConversationStore, execute: Execute) -> None:
    for turns in (1, 10, 40):
        with python(TALKER, url) as talker:
            assert talker.stdout is not None
            told = [talker.stdout.readline().strip() for _ in range(turns)]
            talker.send_signal(signal.SIGKILL)
            told += talker.stdout.read().split()
        noted = country_of(store, told[0])
        # The last turn may have been written and not been told.
        assert len(noted or "") in {len(told) - 1, len(told)}
        numbers = [row[0] for row in execute("SELECT number FROM turns WHERE conversation_id = :id", id=told[0])]
        assert sorted(numbers) == list(range(1, len(noted or "") + 3))


def test_a_killed_process_holds_up_nobody(url: str, store: ConversationStore) -> None:
    holding = "import sys, time; from web.storage.database import Database; from sqlalchemy import text\n"
    holding += "with Database(sys.argv[1]).writing() as connection:\n"
    holding += "    connection.execute(text(\"UPDATE conversations SET turn = 99, state = 'lost'\"))\n"
    holding += "    print('holds', flush=True); time.sleep(100)\n"
    with python(TALKER, url) as talker:
        assert talker.stdout is not None
        talk = talker.stdout.readline().strip()
        talker.send_signal(signal.SIGKILL)
    with python(holding, url) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "holds\n"
    assert set(country_of(store, talk) or "") <= {"x"}


def test_a_mail_whose_sender_is_killed_is_sent_by_another_once(url: str, database: Database, execute: Execute) -> None:
    case = hand_off(database)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        with python(SENDING, url, f"smtp://127.0.0.1:{silent.getsockname()[1]}"):
            taken, _ = silent.accept()  # the sender has claimed the mail, and waits for a greeting
        taken.close()
    with mail_server() as mailbox:
        assert delivery(database, mailbox.url).deliver_due() == (0, 0), "the killed process's claim still holds"
        execute("UPDATE mail_queue SET claimed_until = claimed_until - :lease", lease=LEASE + 1)
        assert delivery(database, mailbox.url).deliver_due() == (1, 0)
        assert delivery(database, mailbox.url).deliver_due() == (0, 0)
    assert [mail["Message-ID"] for mail in mailbox.mails] == [f"<handoff-{case}@{SENDER.partition('@')[2]}>"]


def test_a_mail_that_a_server_took_from_a_process_that_lives_is_not_sent_again_after_a_kill(
    url: str, database: Database, execute: Execute
) -> None:
    hand_off(database)
    with mail_server() as mailbox:
        with python(SENDING + "\nprint('sent', flush=True); import time; time.sleep(100)", url, mailbox.url) as sender:
            assert sender.stdout is not None
            assert sender.stdout.readline() == "sent\n"
        execute("UPDATE mail_queue SET claimed_until = 0, next_attempt = 0")
        assert delivery(database, mailbox.url).deliver_due() == (0, 0)
    assert len(mailbox.mails) == 1
