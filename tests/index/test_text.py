"""Folding, stems and n-grams."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text import Tokenizer, character_ngrams, fold, words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Příliš žluťoučký kůň", "prilis zlutoucky kun"),
        ("ŘÍJEN", "rijen"),
        ("naïve café", "naive cafe"),
        ("𝓐", "a"),
        ("", ""),
    ],
)
def test_folding_drops_case_and_accents(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_every_character_folds_to_something_folded() -> None:
    characters = [chr(number) for number in range(sys.maxunicode + 1)]
    assert [one for one in characters if fold(fold(one)) != fold(one)] == []


def test_a_letter_is_folded_alike_whatever_stands_beside_it() -> None:
    letters = [chr(number) for number in range(0x250)]
    assert [one for one in letters if fold(one + "„") != fold(one) + "„"] == []


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_words_are_found_between_signs() -> None:
    assert words("E-mail, prosím: (My Porsche)!") == ["e", "mail", "prosím", "my", "porsche"]


def test_a_czech_word_without_accents_shares_a_stem_with_the_accented_one() -> None:
    tokenizer = Tokenizer()
    assert set(tokenizer.stems("fakturám")) & set(tokenizer.stems("fakturam"))


def test_inflected_words_share_a_stem() -> None:
    tokenizer = Tokenizer()
    assert set(tokenizer.stems("vozidlo")) & set(tokenizer.stems("vozidle"))
    assert set(tokenizer.stems("services")) & set(tokenizer.stems("service"))


def test_ngrams_mark_the_ends_of_words() -> None:
    assert character_ngrams("SIM", 4) == ["_sim", "sim_"]
    assert character_ngrams("a", 4) == ["_a_"]
