"""Reading what was asked in vain while nobody waits for it, so that a page only has to group what is read."""

import hashlib
import time
from contextlib import AbstractContextManager
from threading import Event

from index.retriever import Query, Retriever
from index.text import fold
from web.storage.day_shares import LATE
from web.storage.meanings import Meaning, MeaningStore, UnreadMessage
from web.storage.period import Span

# What is read before something else is done: messages, and different texts that are new among them (a second or two).
MOST_MESSAGES = 500
MOST_TEXTS = 32
# Seconds after which a process that has begun to read counts as dead.
CLAIM = 60
# Seconds that a message may need until others see it. What comes later still is found by a look that goes back further,
# which costs more and is made only so often.
JUST_WRITTEN = 15
LATE_PAUSE = 60
_DAY = 24 * 60 * 60


class MeaningReader:
    """Reads the messages of a database, the newest first; `thinking` is held for one text at a time.

    It thinks no more than half of the time, so that customers are answered meanwhile; `ended` stops it.
    """

    def __init__(
        self, store: MeaningStore, retriever: Retriever, thinking: AbstractContextManager[None], ended: Event
    ) -> None:
        self._store = store
        self._retriever = retriever
        self._thinking = thinking
        self._ended = ended
        self._looked = self._looked_late = 0
        self._spans: list[Span] = []  # still to be looked through, the next one last

    def read_some(self) -> bool:
        """Read a portion; False: there was nothing to read, or another process reads."""
        self._look_again()
        while self._spans and not self._ended.is_set():
            if unread := self._store.unread(self._spans[-1], MOST_MESSAGES):
                return self._read(unread)
            self._spans.pop()
        return False

    def read_all(self) -> None:
        """Read everything."""
        while self.read_some():
            pass

    def _look_again(self) -> None:
        """Note what may have come since the last look: first the days that are kept, from then on a little."""
        now = int(time.time()) + 1
        if not self._looked:
            edges = [*range(self._store.retention.oldest(), now, _DAY), now]
            self._spans = list(map(Span, edges, edges[1:]))
            self._looked_late = now
        elif 0 <= now - self._looked_late < LATE_PAUSE:
            self._spans.append(Span(self._looked - JUST_WRITTEN, now))
        else:
            self._spans.append(Span(self._looked_late - LATE, now))
            self._looked_late = now
        self._looked = now

    def _read(self, unread: tuple[UnreadMessage, ...]) -> bool:
        if not self._store.claim(CLAIM):
            return False
        try:
            key_of = {row.message_id: _key(row.message) for row in unread}
            made = {"": Meaning("", "", 0.0, b"")} | self._store.of_keys(set(key_of.values()))
            known = len(made)
            for row in unread:
                key = key_of[row.message_id]
                if key not in made and len(made) - known < MOST_TEXTS and not self._ended.is_set():
                    made[key] = self._made(key, row.message)
            self._store.add({name: made[key] for name, key in key_of.items() if key in made})
        finally:
            self._store.release()
        return True

    def _made(self, key: str, message: str) -> Meaning:
        began = time.perf_counter()
        with self._thinking:
            vector = self._retriever.meaning(message)
            (best,) = self._retriever.search(Query(message), limit=1).candidates
        self._ended.wait(time.perf_counter() - began)
        return Meaning.of(key, best.entry_id, best.confidence, vector)


def _key(message: str) -> str:
    """The same for the same words, however they are written; empty where there are none."""
    words = " ".join(fold(message).split())
    return hashlib.sha256(words.encode()).hexdigest()[:32] if words else ""
