"""Completion while typing: which questions are suggested, in which order, and what of them is marked."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from index.suggest import Completion, Suggester
from index.text import fold, words
from kb.knowledge_base import KnowledgeBase
from kb.load import load
from kb.model import Bilingual, BilingualLists, Entry, Language

BASE = load()
REAL = Suggester.of(BASE)
TITLES = [entry.question.text(language) for entry in BASE.entries for language in Language]


def base_of(*entries: Entry) -> KnowledgeBase:
    return replace(BASE, entries=entries)


def entry(name: str, cs: str, en: str, *alternates: str, asked: int = 1) -> Entry:
    """An entry with these titles, these Czech alternates and no English ones."""
    return Entry(name, "store", Bilingual(cs, en), BilingualLists(alternates, ()), asked=asked)


SMALL = Suggester.of(
    base_of(
        entry("roaming", "Jak zapnout roaming?", "How do I activate roaming?", "roaming v autě"),
        entry("invoice", "Kde najdu faktury za nabíjení?", "Where are my invoices?", "dobíjení a účet"),
        entry("street", "Straße", "Street", "kde je ta ulice"),
    )
)


def suggested(typed: str, suggester: Suggester = SMALL, **options: object) -> list[str]:
    return [row.question for row in suggester.suggest(typed, **options)]  # type: ignore[arg-type]


def marked(row: Completion) -> list[str]:
    return [row.question[start:end] for start, end in row.highlights]


@pytest.mark.parametrize(
    ("typed", "question", "highlights"),
    [
        ("roam", "Jak zapnout roaming?", ["roam"]),
        ("ROAM", "Jak zapnout roaming?", ["roam"]),
        ("nabij", "Kde najdu faktury za nabíjení?", ["nabíj"]),
        ("nabíj", "Kde najdu faktury za nabíjení?", ["nabíj"]),
        ("zapnout ro", "Jak zapnout roaming?", ["zapnout", "ro"]),
        ("ro zapnout", "Jak zapnout roaming?", ["zapnout", "ro"]),
        ("aming", "Jak zapnout roaming?", ["aming"]),
        ("romaing", "Jak zapnout roaming?", ["roaming"]),
        ("fakutry za", "Kde najdu faktury za nabíjení?", ["faktury", "za"]),
        ("do I act", "How do I activate roaming?", ["do", "I", "act"]),
        ("strass", "Straße", ["Straß"]),
        ("stras", "Straße", ["Stra"]),
        ("roaming?!", "Jak zapnout roaming?", ["roaming"]),
    ],
)
def test_a_question_is_found_by_what_is_typed_of_it(typed: str, question: str, highlights: list[str]) -> None:
    first = SMALL.suggest(typed)[0]
    assert first.question == question
    assert marked(first) == highlights


@pytest.mark.parametrize("typed", ["", " ", "?!", "\x00", "xyz", "roaming xyz", "romiang x", "rao", "😀", "x" * 2000])
def test_nothing_is_suggested_where_a_word_is_in_no_question(typed: str) -> None:
    assert suggested(typed) == []


def test_the_beginning_of_a_word_goes_before_its_inside() -> None:
    suggester = Suggester.of(
        base_of(entry("inside", "dobíjení vozu", "none"), entry("beginning", "bíjení dlouhého drátu", "none"))
    )
    assert suggested("bij", suggester) == ["bíjení dlouhého drátu", "dobíjení vozu"]


def test_an_entry_is_suggested_once_with_its_title_where_that_matches_as_well() -> None:
    assert [row.entry_id for row in SMALL.suggest("roam")] == ["roaming"]
    assert suggested("roaming v") == ["roaming v autě"]


def test_the_language_decides_between_questions_that_match_equally() -> None:
    assert suggested("roam", language=Language.EN) == ["How do I activate roaming?"]
    assert suggested("roam", language=Language.CS) == ["Jak zapnout roaming?"]
    assert suggested("roaming zap", language=Language.EN) == ["Jak zapnout roaming?"]


def test_what_is_asked_more_often_goes_first_among_equals_only() -> None:
    rare, often = entry("rare", "platba kartou", "none"), entry("often", "platba účtem", "none", asked=9)
    inside = entry("inside", "předplatba", "none", asked=99)
    suggester = Suggester.of(base_of(rare, inside, often))
    assert suggested("plat", suggester) == ["platba účtem", "platba kartou", "předplatba"]


def test_words_side_by_side_go_before_the_same_words_apart() -> None:
    suggester = Suggester.of(base_of(entry("apart", "za jak", "none"), entry("beside", "řekni jak zapnout", "none")))
    assert suggested("jak za", suggester) == ["řekni jak zapnout", "za jak"]


def test_a_finished_word_is_rather_a_whole_one() -> None:
    suggester = Suggester.of(base_of(entry("longer", "pinzeta", "none"), entry("whole", "nový velký pin", "none")))
    assert suggested("pin", suggester) == ["pinzeta", "nový velký pin"]
    assert suggested("pin ", suggester) == ["nový velký pin", "pinzeta"]


def test_no_more_are_given_than_asked_for() -> None:
    assert len(REAL.suggest("a", limit=3)) == 3
    assert len(REAL.suggest("a", limit=50)) == len(BASE.entries)


def test_a_knowledge_base_without_entries_suggests_nothing() -> None:
    assert Suggester.of(base_of()).suggest("a") == ()


@given(st.sampled_from(TITLES), st.integers(1, 200), st.booleans())
def test_the_beginning_of_a_title_suggests_its_entry_where_all_are_shown(title: str, size: int, bare: bool) -> None:
    typed = fold(title[:size]) if bare else title[:size]
    found = REAL.suggest(typed, limit=len(BASE.entries))
    entries = {row.id for row in BASE.entries if title in (row.question.cs, row.question.en)}
    assert entries <= {row.entry_id for row in found}


@given(st.one_of(st.text(max_size=30), st.sampled_from(TITLES).map(lambda title: title[3:17])))
def test_what_is_marked_holds_or_nearly_is_a_typed_word(typed: str) -> None:
    wanted = [fold(word) for word in words(typed)]
    for row in REAL.suggest(typed):
        assert row.highlights
        for start, end in row.highlights:
            assert 0 <= start < end <= len(row.question)
            part = fold(row.question[start:end])
            assert any(word in part or OSA.distance(word, part) == 1 for word in wanted)
