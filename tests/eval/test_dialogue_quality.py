"""Follow-ups and long messages on the rows that nothing was chosen on. A drop fails.

The figures stand in docs/evaluation.md; the bounds here are a row or two below them.
"""

from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.assistant import Assistant
from web.conversations import in_process
from web.evaluation import Question, faults, read_questions

FOLDER = Path(__file__).parent / "dialogue"
Played = list[tuple[Question, Mapping[str, object], list[str]]]


@pytest.fixture(scope="module")
def played(assistant: Assistant) -> Played:
    play = in_process(assistant)
    rows = [row for path in sorted(FOLDER.glob("*.jsonl")) for row in read_questions(path, split="test")]
    replies = [(row, play(row.turns)) for row in rows]
    return [(row, reply, faults(row, reply)) for row, reply in replies]


@pytest.mark.parametrize(
    ("tag", "least"),
    [
        ("follow-up", 0.78),
        ("one-question", 0.9),
        ("two-questions", 0.95),
        ("oos-story", 0.8),
        ("framed", 0.9),
        ("framed-oos", 0.85),
    ],
)
def test_messages_of_a_kind_get_the_right_reply(played: Played, tag: str, least: float) -> None:
    wrong = [told for row, _, told in played if tag in row.tags]
    assert wrong
    assert sum(not told for told in wrong) / len(wrong) >= least


def test_a_follow_up_about_something_else_is_never_answered_with_the_topic(played: Played) -> None:
    shown = [(row.qid, reply["entry_id"]) for row, reply, _ in played if "other" in row.tags]
    assert shown
    assert [pair for pair in shown if pair[1]] == []


def test_a_story_with_one_question_never_gets_two_answers(played: Played) -> None:
    counts = [len(list(reply["sources"])) for row, reply, _ in played if "one-question" in row.tags]  # type: ignore[call-overload]
    assert counts
    assert max(counts) == 1
