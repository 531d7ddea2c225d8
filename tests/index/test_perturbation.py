"""Perturbed texts: the same for the same seed, and no more changed than the perturbation says."""

import re
import unicodedata
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import DamerauLevenshtein

from index.perturbation import Perturbation, perturb, with_typos, without_accents
from index.text import fold

TEXTS = st.text(max_size=80) | st.lists(
    st.sampled_from(["jak", "roaming,", "Nabíjení?", "e-mail", "PŘI", "(cestě)", "žluťoučký", "992", "my.porsche.com"])
).map(" ".join)
LATIN = st.text(st.characters(max_codepoint=0x24F))
SEEDS = st.integers(0, 2**32 - 1)

QUESTION = "Jak v Macanu zapnu roaming, když jedu na dovolenou do Řecka? (e-mail nechci)"


@given(TEXTS, st.sampled_from(Perturbation), SEEDS)
def test_the_same_seed_gives_the_same_text(text: str, perturbation: Perturbation, seed: int) -> None:
    assert perturb(text, perturbation, seed) == perturb(text, perturbation, seed)


@pytest.mark.parametrize("perturbation", [Perturbation.ONE_TYPO, Perturbation.TWO_TYPOS])
def test_another_seed_gives_other_typos(perturbation: Perturbation) -> None:
    assert len({perturb(QUESTION, perturbation, seed) for seed in range(20)}) > 10


@given(TEXTS, SEEDS)
def test_clean_text_stays_as_it_is(text: str, seed: int) -> None:
    assert perturb(text, Perturbation.CLEAN, seed) == text


@given(LATIN | TEXTS.filter(lambda text: "\u0345" not in unicodedata.normalize("NFD", text)), SEEDS)
def test_accents_dropped_are_those_that_folding_drops(text: str, seed: int) -> None:
    # Case folding makes a letter of the Greek iota subscript (U+0345), which is an accent otherwise.
    bare = perturb(text, Perturbation.ACCENTS_DROPPED, seed)
    assert fold(bare) == fold(text)
    assert without_accents(bare) == bare


@given(TEXTS, SEEDS, st.integers(0, 4))
def test_typos_are_at_most_so_many_edits_and_change_every_text_that_has_a_word_for_them(
    text: str, seed: int, count: int
) -> None:
    typed = with_typos(text, np.random.default_rng(seed), count)
    assert DamerauLevenshtein.distance(text, typed) <= count
    assert (typed != text) == bool(re.search(r"[^\W\d_]{3}", text) and count)


@pytest.mark.parametrize("seed", range(30))
def test_two_typos_are_in_two_words(seed: int) -> None:
    typed = perturb("prvni druhe treti", Perturbation.TWO_TYPOS, seed).split()
    assert sum(one != other for one, other in zip(typed, ["prvni", "druhe", "treti"], strict=True)) == 2


def test_slips_are_letters_dropped_doubled_swapped_and_neighbouring_keys_of_a_czech_keyboard() -> None:
    typed = {with_typos("Yes", np.random.default_rng(seed), 1) for seed in range(500)}
    dropped = {"es", "Ys", "Ye"}
    doubled = {"YYes", "Yees", "Yess"}
    swapped = {"eYs", "Yse"}
    # On a QWERTZ keyboard Y stands below A and S, and Z where Y is in English.
    neighbours = {"Aes", "Ses", "Xes"} | {f"Y{key}s" for key in "wrsdšč"} | {f"Ye{key}" for key in "adweyx"}
    assert typed == dropped | doubled | swapped | neighbours


@given(TEXTS, SEEDS)
def test_swapped_words_are_the_same_and_move_by_one_place_at_most(text: str, seed: int) -> None:
    words, swapped = text.split(), perturb(text, Perturbation.WORDS_SWAPPED, seed).split()
    assert Counter(swapped) == Counter(words)
    for place, word in enumerate(swapped):
        assert word in words[max(0, place - 1) : place + 2]


def test_two_words_change_places() -> None:
    assert {perturb("a b", Perturbation.WORDS_SWAPPED, seed) for seed in range(9)} == {"b a"}


def test_upper_case_keeps_every_letter() -> None:
    assert perturb("Jak zapnu žárovku?", Perturbation.UPPER_CASE, 1) == "JAK ZAPNU ŽÁROVKU?"


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("Jak, prosím, na to?!", "Jak prosím na to"),
        ("e-mail a@b.cz, 24/7", "e-mail a@b.cz 24/7"),
        ("(kde) – „tady“", "kde tady"),
        ("?!", ""),
        ("", ""),
    ],
)
def test_punctuation_is_dropped_but_for_what_stands_inside_words(text: str, bare: str) -> None:
    assert perturb(text, Perturbation.PUNCTUATION_DROPPED, 1) == bare


@given(TEXTS, SEEDS)
def test_dropping_punctuation_keeps_letters_and_numbers(text: str, seed: int) -> None:
    bare = perturb(text, Perturbation.PUNCTUATION_DROPPED, seed)
    assert [sign for sign in bare if sign.isalnum()] == [sign for sign in text if sign.isalnum()]
