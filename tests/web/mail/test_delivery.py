"""Mail about hand-offs, through a real SMTP server: sent once, kept while the server is dead, and safe to read."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.web.mail.mailbox import Mailbox, mail_server
from tests.web.storage.turns import saying
from web.mail.delivery import Delivery
from web.mail.smtp import SmtpServer
from web.storage.conversations import ConversationStore, MessageKey
from web.storage.database import Database
from web.storage.handoffs import HandoffRequest, HandoffStore
from web.storage.mail_queue import MailQueue
from web.storage.retention import Retention

SENDER = "radce@example.com"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(f"sqlite:///{tmp_path}/radce.db")
    yield opened
    opened.close()


def hand_off(database: Database, *, name: str = "Jan Novák", message: str = "Prosím o radu.") -> str:
    """A case whose mail waits."""
    talk = ConversationStore(database, Retention(90)).take_turn(MessageKey(None), saying("CZ"))
    store = HandoffStore(database, Retention(90), lambda _country: "team@example.com")
    return store.add(HandoffRequest(talk, "jan@example.com", name, message))


def delivery(database: Database, url: str) -> Delivery:
    return Delivery(MailQueue(database), SmtpServer.of(url), SENDER)


def all_due(database: Database) -> None:
    with database.writing() as connection:
        connection.execute(text("UPDATE mail_queue SET next_attempt = 0"))


def test_a_mail_tells_who_asks_and_what_was_said(database: Database) -> None:
    case = hand_off(database)
    with mail_server() as mailbox:
        assert delivery(database, mailbox.url).deliver_due() == (1, 0)
    (envelope,), (mail,) = mailbox.envelopes, mailbox.mails
    assert (envelope.mail_from, envelope.rcpt_tos) == (SENDER, ["team@example.com"])
    assert mail["Reply-To"] == "Jan Novák <jan@example.com>"
    assert mail["Subject"] == f"Zákazník žádá o odpověď ({case[:8]})"
    assert mail["Message-ID"] == f"<handoff-{case}@example.com>"
    body = mail.get_content()
    for told in ("Jméno: Jan Novák", "E-mail: jan@example.com", "Země: CZ", "Prosím o radu.", "Zákazník: jak?", case):
        assert told in body


def test_a_mail_is_sent_once_by_any_number_of_processes(database: Database) -> None:
    cases = {hand_off(database) for _ in range(6)}
    with mail_server() as mailbox, ThreadPoolExecutor(4) as threads:
        done = list(threads.map(lambda _: delivery(database, mailbox.url).deliver_due(), range(4)))
    assert sum(sent for sent, _ in done) == len(mailbox.mails) == 6
    assert {mail["Message-ID"] for mail in mailbox.mails} == {f"<handoff-{case}@example.com>" for case in cases}
    all_due(database)
    assert delivery(database, mailbox.url).deliver_due() == (0, 0)


def test_mail_waits_for_a_dead_server_and_for_one_that_refuses(database: Database) -> None:
    hand_off(database)
    mailbox = Mailbox(refusal="451 try again later")
    sending = delivery(database, mailbox.url)
    assert sending.deliver_due() == (0, 1)
    assert sending.deliver_due() == (0, 0), "it is tried again later, and not at once"
    all_due(database)
    with mail_server(mailbox):
        assert sending.deliver_due() == (0, 1)
        all_due(database)
        mailbox.refusal = ""
        assert sending.deliver_due() == (1, 0)
    assert len(mailbox.mails) == 1


def test_a_mail_that_can_not_be_written_does_not_hold_up_the_others(database: Database) -> None:
    broken, good = hand_off(database), hand_off(database)
    with database.writing() as connection:
        spoilt = text("UPDATE handoffs SET reply_to = 'no address' WHERE id = :id")
        connection.execute(spoilt, {"id": broken})
    with mail_server() as mailbox:
        assert delivery(database, mailbox.url).deliver_due() == (1, 1)
    assert [mail["Message-ID"] for mail in mailbox.mails] == [f"<handoff-{good}@example.com>"]


def test_a_password_is_sent_to_no_server_without_encryption(database: Database) -> None:
    hand_off(database)
    with mail_server() as mailbox:
        url = mailbox.url.replace("smtp://", "smtp://radce:hunter2@")
        assert delivery(database, url).deliver_due() == (0, 1)
    assert mailbox.mails == []


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mail.example.com", SmtpServer("mail.example.com", 25)),
        ("smtp://mail:587", SmtpServer("mail", 587)),
        ("smtps://a%40b:p%3Aq@mail", SmtpServer("mail", 465, encrypted=True, user="a@b", password="p:q")),
    ],
)
def test_the_address_of_a_server_is_read(url: str, server: SmtpServer) -> None:
    assert SmtpServer.of(url) == server


@pytest.mark.parametrize("url", ["mail.example.com", "http://mail", "smtp://", "smtp://mail:x", "smtp://mail/path"])
def test_what_is_no_address_of_a_server_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"smtp|[Pp]ort"):
        SmtpServer.of(url)
