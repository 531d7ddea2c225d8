"""Highlights: positions in the text as it stands, of words that share a stem with the query."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.highlights import WORD, Highlighter
from index.text import Tokenizer
from kb.load import load
from kb.model import Language

BASE = load()
QUESTIONS = [
    text
    for entry in BASE.entries
    for language in Language
    for text in (entry.question.text(language), *entry.alternates.texts(language))
]
HIGHLIGHTER = Highlighter()
TOKENIZER = Tokenizer()


def marked(query: str, text: str) -> list[str]:
    return [text[start:end] for start, end in HIGHLIGHTER.spans(query, text)]


@pytest.mark.parametrize(
    ("query", "text", "found"),
    [
        ("faktura", "Kde najdu své faktury za nabíjení?", ["faktury"]),
        ("NABIJENI", "Kde najdu své faktury za nabíjení?", ["nabíjení"]),
        ("services", "Which service? Services!", ["service", "Services"]),
        ("přes e-mail", "E-mail (PŘES web)", ["E", "mail", "PŘES"]),
        ("nabi\u0301jeni\u0301", "po nabíjení", ["nabíjení"]),
        ("nabíjení", "po nabi\u0301jeni\u0301!", ["nabi\u0301jeni\u0301"]),
        ("<b>", "a <b>bold</b> b", ["b", "b", "b"]),
        ("roaming", "PIN", []),
        ("", "PIN", []),
        ("?!", "PIN?!", []),
    ],
)
def test_words_are_found_whatever_their_case_accents_and_endings(query: str, text: str, found: list[str]) -> None:
    assert marked(query, text) == found


def stems(text: str) -> set[str]:
    return {stem for word in WORD.findall(text) for stem in TOKENIZER.stems(unicodedata.normalize("NFC", word))}


def assert_sound(query: str, text: str) -> None:
    wanted = stems(query)
    spans = HIGHLIGHTER.spans(query, text)
    assert list(spans) == sorted(set(spans))
    for start, end in spans:
        assert 0 <= start < end <= len(text)
        assert WORD.fullmatch(text[start:end])
        assert wanted & stems(text[start:end])


@given(st.sampled_from(QUESTIONS), st.sampled_from(QUESTIONS))
def test_what_is_marked_shares_a_stem_with_the_query(query: str, text: str) -> None:
    assert_sound(query, text)


@given(st.text(max_size=80), st.text(max_size=80))
@settings(max_examples=300)
def test_positions_hold_in_any_text(query: str, text: str) -> None:
    assert_sound(query, text)


@given(st.sampled_from(QUESTIONS))
def test_a_text_is_marked_whole_by_itself(text: str) -> None:
    assert marked(text, text) == WORD.findall(text)
