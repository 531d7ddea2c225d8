"""Synonyms: what customers say is read as what it means, whatever its ending, and nothing else is touched."""

from pathlib import Path

import pytest

from index.synonyms import Synonyms
from index.text import fold
from kb.knowledge_base import KnowledgeBase
from kb.load import load
from kb.model import Language

SYNONYMS = Synonyms.of(
    {
        Language.CS: {"předplatné": ["abonmá", "členský poplat*"], "faktura": ["účten*"]},
        Language.EN: {"cancel": ["call off"], "car": ["jalop*"]},
    }
)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Jak zruším abonmá?", "Jak zruším předplatné?"),
        ("jak zrusim ABONMA", "jak zrusim předplatné"),
        ("Kde najdu účtenku, prosím?", "Kde najdu faktura, prosím?"),
        ("kde jsou uctenky", "kde jsou faktura"),
        ("Neodešel mi členský poplatek.", "Neodešel mi předplatné."),
        ("Členský klub", "Členský klub"),
        ("How do I call off the order?", "How do I cancel the order?"),
        ("Call me off hours", "Call me off hours"),
        ("two jalopies", "two car"),
        ("účet, účtenkováním", "účet, účtenkováním"),
        ("abonmánský", "abonmánský"),
        ("", ""),
        ("?!  ...", "?!  ..."),
    ],
)
def test_what_is_said_is_read_as_what_it_means(typed: str, read: str) -> None:
    assert SYNONYMS.replace(typed) == read


def test_without_synonyms_nothing_changes() -> None:
    assert Synonyms.of({}).replace("Jak zruším abonmá?") == "Jak zruším abonmá?"


def test_synonyms_are_the_same_after_saving(tmp_path: Path) -> None:
    SYNONYMS.save(tmp_path)
    assert Synonyms.open(tmp_path) == SYNONYMS


@pytest.fixture(scope="module")
def base() -> KnowledgeBase:
    return load()


def test_every_synonym_of_the_content_is_read_as_what_it_means(base: KnowledgeBase) -> None:
    synonyms = Synonyms.of(base.synonyms)
    for language, meant in base.synonyms.items():
        for means, said in meant.items():
            for phrase in (row.replace("*", "") for row in said):
                assert synonyms.replace(phrase) == means, f"{language}: {phrase}"
                assert synonyms.replace(fold(phrase).upper()) == means, f"{language}: {phrase} in capitals"


def test_titles_of_the_content_are_left_as_they_are(base: KnowledgeBase) -> None:
    synonyms = Synonyms.of(base.synonyms)
    for entry in base.entries:
        for language in Language:
            title = entry.question.text(language)
            assert synonyms.replace(title) == title


@pytest.mark.parametrize("language", Language)
def test_no_question_is_changed_by_a_synonym_of_the_other_language(base: KnowledgeBase, language: Language) -> None:
    others = Synonyms.of({other: meant for other, meant in base.synonyms.items() if other is not language})
    for entry in base.entries:
        for text in entry.alternates.texts(language):
            assert others.replace(text) == text
