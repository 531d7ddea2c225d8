"""Mail that waits: who sends one claims its row first, for a while, and writes what became of it."""

import secrets
import time
from dataclasses import dataclass

from sqlalchemy import Connection, and_, or_, select, update

from web.storage.database import Database
from web.storage.records import StoredTurn, turns_of
from web.storage.tables import HANDOFFS, MAIL_QUEUE

# Seconds for which a claim holds: longer than a mail server may take (web/mail/smtp.py), so that no mail is sent by
# two; who dies meanwhile delays the mail by as much.
LEASE = 300
# Seconds until the next attempt: after each failure twice as many.
FIRST_PAUSE = 60
LONGEST_PAUSE = 6 * 60 * 60


@dataclass(frozen=True, slots=True)
class WaitingMail:
    """A mail that is claimed: who gets it, the case that it tells of, and the turns until then."""

    handoff_id: str
    recipient: str
    attempts: int
    claim: str
    created: int
    reply_to: str
    name: str
    message: str
    country: str | None
    language: str
    turns: tuple[StoredTurn, ...]


@dataclass(frozen=True, slots=True)
class MailQueue:
    """The mail of a database."""

    database: Database

    def claim(self) -> WaitingMail | None:
        """The mail that has waited longest of those that are due, which no other gets until LEASE is over."""
        if not self._is_any_due():  # the usual case: nobody has to wait for it
            return None
        now = int(time.time())
        claim = secrets.token_urlsafe(16)
        with self.database.writing() as connection:
            handoff_id = _next(connection, now)
            if handoff_id is None:
                return None
            taken = {"claim": claim, "claimed_until": now + LEASE, "attempts": MAIL_QUEUE.c.attempts + 1}
            connection.execute(update(MAIL_QUEUE).where(MAIL_QUEUE.c.handoff_id == handoff_id).values(taken))
            return _read(connection, handoff_id)

    def mark_sent(self, mail: WaitingMail) -> None:
        """The mail was taken by a server: nobody sends it again."""
        self._end(mail, {"sent": int(time.time()), "failure": None})

    def put_back(self, mail: WaitingMail, failure: str) -> None:
        """The mail could not be sent: it is tried again, after each failure later."""
        # A shift and not a power: attempts may be many.
        pause = min(FIRST_PAUSE << min(mail.attempts - 1, 20), LONGEST_PAUSE)
        self._end(mail, {"next_attempt": int(time.time()) + pause, "failure": failure[:500]})

    def _end(self, mail: WaitingMail, changed: dict[str, object]) -> None:
        own = (MAIL_QUEUE.c.handoff_id == mail.handoff_id, MAIL_QUEUE.c.claim == mail.claim)
        with self.database.writing() as connection:
            connection.execute(update(MAIL_QUEUE).where(*own).values(**changed, claim=None, claimed_until=None))

    def _is_any_due(self) -> bool:
        with self.database.reading() as connection:
            return _next(connection, int(time.time()), locked=False) is not None


def _next(connection: Connection, now: int, *, locked: bool = True) -> str | None:
    free = or_(MAIL_QUEUE.c.claimed_until.is_(None), MAIL_QUEUE.c.claimed_until < now)
    due = and_(MAIL_QUEUE.c.sent.is_(None), MAIL_QUEUE.c.next_attempt <= now, free)
    query = select(MAIL_QUEUE.c.handoff_id).where(due).order_by(MAIL_QUEUE.c.next_attempt).limit(1)
    if locked:
        query = query.with_for_update(skip_locked=True)
    return connection.execute(query).scalar_one_or_none()


def _read(connection: Connection, handoff_id: str) -> WaitingMail:
    query = select(MAIL_QUEUE, HANDOFFS).join(HANDOFFS).where(MAIL_QUEUE.c.handoff_id == handoff_id)
    row = connection.execute(query).mappings().one()
    return WaitingMail(
        handoff_id=handoff_id,
        recipient=row[MAIL_QUEUE.c.recipient],
        attempts=row[MAIL_QUEUE.c.attempts],
        claim=row[MAIL_QUEUE.c.claim],
        created=row[HANDOFFS.c.created],
        reply_to=row[HANDOFFS.c.reply_to],
        name=row[HANDOFFS.c.name],
        message=row[HANDOFFS.c.message],
        country=row[HANDOFFS.c.country],
        language=row[HANDOFFS.c.language],
        turns=turns_of(connection, row[HANDOFFS.c.conversation_id], most=row[HANDOFFS.c.turns]),
    )
