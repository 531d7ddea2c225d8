"""The quality gate of the language: short queries that nothing was tuned on. A drop fails.

The figures stand in docs/evaluation/language.md; the bounds here are a point or two below them.
"""

import json
from pathlib import Path

import pytest

from bot.assistant import choose_language
from bot.message import Message
from bot.reader import Reader
from bot.state import DialogueState
from kb.load import load
from kb.model import Language

SETS = Path(__file__).parent / "language"
Row = dict[str, str]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(load())


def rows(name: str, *langs: str, split: str | None = "test") -> list[Row]:
    lines = (SETS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [row for row in map(json.loads, lines) if row["lang"] in langs and split in {None, row["split"]}]


def told(reader: Reader, text: str, page: Language | None = None, state: DialogueState | None = None) -> Language:
    message = Message(text, page_language=page)
    return choose_language(message, reader.read(text), state or DialogueState()).language


def share(right: list[bool]) -> float:
    assert right
    return sum(right) / len(right)


def test_czech_and_english_queries_are_told_apart_where_nothing_else_is_known(reader: Reader) -> None:
    assert share([told(reader, row["text"]) == row["lang"] for row in rows("short", "cs", "en")]) >= 0.98


def test_the_words_of_most_queries_win_over_a_page_in_the_other_language(reader: Reader) -> None:
    other = {"cs": Language.EN, "en": Language.CS}
    queries = rows("short", "cs", "en")
    assert share([told(reader, row["text"], other[row["lang"]]) == row["lang"] for row in queries]) >= 0.93


def test_queries_of_common_words_are_in_the_language_of_page_and_conversation(reader: Reader) -> None:
    right = []
    for row in rows("short", "keeps"):
        for language, other in ((Language.CS, Language.EN), (Language.EN, Language.CS)):
            right.append(told(reader, row["text"], page=language) is language)
            right.append(told(reader, row["text"], page=other, state=DialogueState(language)) is language)
    assert share(right) >= 0.96


def test_slovak_is_answered_in_czech(reader: Reader) -> None:
    assert share([told(reader, row["text"]) is Language.CS for row in rows("other", "cs")]) >= 0.99


def test_most_short_queries_in_third_languages_are_noticed(reader: Reader) -> None:
    assert share([reader.read(row["text"]).language.other for row in rows("other", "other")]) >= 0.75


def test_no_short_czech_or_english_query_is_taken_for_a_third_language(reader: Reader) -> None:
    queries = [*rows("short", "cs", "en", "keeps", split=None), *rows("other", "cs", split=None)]
    assert [row["text"] for row in queries if reader.read(row["text"]).language.other] == []


def test_the_sets_are_whole_and_about_half_of_their_rows_are_for_tuning() -> None:
    every = [*rows("short", "cs", "en", "keeps", split=None), *rows("other", "cs", "other", split=None)]
    assert len({row["qid"] for row in every}) == len({row["text"] for row in every}) == len(every) == 589
    assert 0.5 <= share([row["split"] == "fit" for row in every]) <= 0.6
