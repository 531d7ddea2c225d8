"""Hand-offs, the mail that waits for them, and what is told and erased of a conversation."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.web.clock import set_clock
from tests.web.storage.conftest import Execute
from tests.web.storage.turns import DAY, naming, saying
from web.storage.conversations import ConversationStore, MessageKey
from web.storage.database import Database
from web.storage.errors import UnknownConversationError
from web.storage.handoffs import HandoffRequest, HandoffStore
from web.storage.mail_queue import FIRST_PAUSE, LEASE, LONGEST_PAUSE, MailQueue
from web.storage.purge import BATCH, Purged, purge
from web.storage.ratings import Rating, RatingStore
from web.storage.records import RecordStore
from web.storage.retention import Retention

TABLES = ("conversations", "turns", "feedback", "handoffs", "mail_queue")


@pytest.fixture
def handoffs(database: Database) -> HandoffStore:
    """Hand-offs whose mail goes to the country's address; there is none without a country."""
    return HandoffStore(database, Retention(90), lambda country: f"{country}@example.com" if country else None)


@pytest.fixture
def queue(database: Database) -> MailQueue:
    return MailQueue(database)


@pytest.fixture
def records(database: Database) -> RecordStore:
    return RecordStore(database, Retention(90))


def counts(execute: Execute) -> dict[str, object]:
    return {table: execute(f"SELECT count(*) FROM {table}")[0][0] for table in TABLES}


def test_a_case_has_what_the_conversation_knew_and_its_mail_waits(
    store: ConversationStore, handoffs: HandoffStore, queue: MailQueue
) -> None:
    talk = store.take_turn(MessageKey(None), saying("AT"))
    case = handoffs.add(HandoffRequest(talk, "jan@example.com", "Jan", "Prosím o radu."))
    store.take_turn(MessageKey(talk), saying(""))
    mail = queue.claim()
    assert mail is not None
    assert (mail.handoff_id, mail.recipient, mail.reply_to) == (case, "AT@example.com", "jan@example.com")
    assert (mail.name, mail.message, mail.country, mail.language) == ("Jan", "Prosím o radu.", "AT", "cs")
    assert [(turn.number, turn.message, turn.reply) for turn in mail.turns] == [(1, "jak?", talk)]


def test_without_a_recipient_there_is_a_case_and_no_mail(
    store: ConversationStore, handoffs: HandoffStore, execute: Execute
) -> None:
    handoffs.add(HandoffRequest(store.take_turn(MessageKey(None), saying("")), "jan@example.com"))
    assert execute("SELECT state FROM handoffs") == [("open",)]
    assert execute("SELECT * FROM mail_queue") == []


@pytest.mark.parametrize("name", [None, "page-1"])
def test_the_same_request_again_is_the_same_case(
    store: ConversationStore, handoffs: HandoffStore, execute: Execute, name: str | None
) -> None:
    talk = store.take_turn(MessageKey(None), saying("AT"))
    request = HandoffRequest(talk, "jan@example.com", message="Prosím.", client_message_id=name)
    with ThreadPoolExecutor(4) as threads:
        cases = set(threads.map(lambda _: handoffs.add(request), range(8)))
    assert len(cases) == 1
    assert handoffs.add(HandoffRequest(talk, "jan@example.com", message="Ještě něco.")) not in cases
    assert execute("SELECT count(*) FROM mail_queue") == [(2,)]


def test_a_conversation_that_is_unknown_or_expired_has_no_case(
    store: ConversationStore, handoffs: HandoffStore, execute: Execute
) -> None:
    talk = store.take_turn(MessageKey(None), saying("AT"))
    execute("UPDATE conversations SET updated = updated - :days", days=91 * DAY)
    for unknown in (talk, "nothing"):
        with pytest.raises(UnknownConversationError):
            handoffs.add(HandoffRequest(unknown, "jan@example.com"))


def test_a_mail_is_claimed_by_one_of_many(
    store: ConversationStore, handoffs: HandoffStore, queue: MailQueue, execute: Execute
) -> None:
    talk = store.take_turn(MessageKey(None), saying("AT"))
    cases = {handoffs.add(HandoffRequest(talk, "jan@example.com", message=str(number))) for number in range(5)}
    with ThreadPoolExecutor(8) as threads:
        claimed = [mail.handoff_id for mail in threads.map(lambda _: queue.claim(), range(16)) if mail]
    assert len(claimed) == len(set(claimed)) <= 5
    claimed += [mail.handoff_id for mail in iter(queue.claim, None)]
    assert sorted(claimed) == sorted(cases)


def test_a_claim_holds_for_a_while_and_only_its_owner_ends_it(
    store: ConversationStore, handoffs: HandoffStore, queue: MailQueue, execute: Execute
) -> None:
    handoffs.add(HandoffRequest(store.take_turn(MessageKey(None), saying("AT")), "jan@example.com"))
    first = queue.claim()
    assert first is not None
    assert queue.claim() is None
    execute("UPDATE mail_queue SET claimed_until = claimed_until - :lease", lease=LEASE + 1)
    second = queue.claim()
    assert second is not None
    queue.put_back(first, "too late")
    assert execute("SELECT claim, failure FROM mail_queue") == [(second.claim, None)]
    queue.mark_sent(second)
    execute("UPDATE mail_queue SET next_attempt = 0")
    assert queue.claim() is None


def test_each_failure_makes_the_next_attempt_later(
    store: ConversationStore,
    handoffs: HandoffStore,
    queue: MailQueue,
    execute: Execute,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    set_clock(monkeypatch, "web.storage.handoffs", "web.storage.mail_queue")
    handoffs.add(HandoffRequest(store.take_turn(MessageKey(None), saying("AT")), "jan@example.com"))
    pauses = []
    for _ in range(12):
        mail = queue.claim()
        assert mail is not None
        execute("UPDATE mail_queue SET next_attempt = 0")
        queue.put_back(mail, "the server is down")
        assert queue.claim() is None
        ((due, failure),) = execute("SELECT next_attempt, failure FROM mail_queue")
        assert failure == "the server is down"
        pauses.append(int(str(due)) - mail.created)
        execute("UPDATE mail_queue SET next_attempt = 0")
    assert pauses == sorted(pauses)
    assert (pauses[0], pauses[-1]) == (FIRST_PAUSE, LONGEST_PAUSE)


def test_all_of_a_conversation_is_told_and_erased(
    store: ConversationStore, handoffs: HandoffStore, ratings: RatingStore, records: RecordStore, execute: Execute
) -> None:
    talk, other = (store.take_turn(MessageKey(None), saying("AT")) for _ in range(2))
    told = store.take_turn(MessageKey(talk), naming)
    ratings.rate(Rating(told, "up", "díky"))
    case = handoffs.add(HandoffRequest(talk, "jan@example.com"))
    handoffs.add(HandoffRequest(other, "eva@example.com"))
    kept = records.conversation(talk)
    assert [(turn.number, turn.reply, turn.rating, turn.comment) for turn in kept.turns] == [
        (1, talk, None, None),
        (2, told, "up", "díky"),
    ]
    assert [(one.id, one.state, one.reply_to) for one in kept.handoffs] == [(case, "open", "jan@example.com")]
    records.erase(talk)
    assert counts(execute) == {"conversations": 1, "turns": 1, "feedback": 0, "handoffs": 1, "mail_queue": 1}
    for asked in (records.conversation, records.erase):
        with pytest.raises(UnknownConversationError):
            asked(talk)
    with pytest.raises(UnknownConversationError):
        store.take_turn(MessageKey(talk), naming)
    assert records.conversation(other).handoffs


def test_a_conversation_that_is_erased_while_a_turn_is_answered_stays_erased(
    store: ConversationStore, records: RecordStore, execute: Execute
) -> None:
    talk = store.take_turn(MessageKey(None), saying("AT"))

    def answer(state: object, ids: object) -> object:
        records.erase(talk)
        return saying("x")(state, ids)  # type: ignore[arg-type]

    with pytest.raises(UnknownConversationError):
        store.take_turn(MessageKey(talk), answer)  # type: ignore[arg-type]
    assert execute("SELECT count(*) FROM turns") == [(0,)]


def test_a_purge_deletes_what_has_expired_and_nothing_else(
    store: ConversationStore, handoffs: HandoffStore, database: Database, execute: Execute
) -> None:
    old = [store.take_turn(MessageKey(None), saying("AT")) for _ in range(3)]
    handoffs.add(HandoffRequest(old[0], "jan@example.com"))
    execute("UPDATE conversations SET updated = updated - :days", days=91 * DAY)
    with database.writing() as connection:
        connection.exec_driver_sql(
            "INSERT INTO conversations (id, state, turn, created, updated) "
            + " UNION ALL ".join(f"SELECT 'old-{number}', '', 1, 0, 0" for number in range(BATCH + 1))
        )
    execute("INSERT INTO users (id, name, password_hash, role, created) VALUES (1, 'eva', '', 'agent', 0)")
    for token, expires in (("a", 0), ("b", 4_000_000_000)):
        execute("INSERT INTO sessions VALUES (:token, 1, 0, 0, :expires)", token=token, expires=expires)
    execute("INSERT INTO conversations (id, state, turn, created, updated) VALUES ('new', '', 1, 0, 4000000000)")
    assert purge(database, Retention(90)) == Purged(conversations=3 + BATCH + 1, sessions=1)
    assert counts(execute) == {"conversations": 1, "turns": 0, "feedback": 0, "handoffs": 0, "mail_queue": 0}
    assert execute("SELECT token_hash FROM sessions") == [("b",)]
    assert purge(database, Retention(90)) == Purged(conversations=0, sessions=0)
