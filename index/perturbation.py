"""Ways in which customers type worse than the question sets: fixed changes of a text, by perturbation and seed."""

import re
import unicodedata
from collections.abc import Callable
from enum import StrEnum
from functools import cache
from zlib import crc32

import numpy as np

# The Czech keyboard from the number row down, and how far each row stands to the right, in keys.
ROWS = (" ěščřžýáíé", "qwertzuiopú", "asdfghjklů", "yxcvbnm")
SHIFTS = (0.0, 0.5, 0.75, 1.25)
# Slips are made in words of so many letters or more: no word is lost.
SHORTEST = 3

_WORD = re.compile(r"[^\W\d_]+")


class Perturbation(StrEnum):
    """How a text is changed."""

    CLEAN = "clean"
    ACCENTS_DROPPED = "accents dropped"
    ONE_TYPO = "one typo"
    TWO_TYPOS = "two typos"
    UPPER_CASE = "upper case"
    WORDS_SWAPPED = "words swapped"
    PUNCTUATION_DROPPED = "punctuation dropped"


def perturb(text: str, perturbation: Perturbation, seed: int) -> str:
    """The changed text: the same for the same text, perturbation and seed, whatever else is perturbed."""
    random = np.random.default_rng([seed, crc32(text.encode())])
    return _CHANGES[perturbation](text, random)


def without_accents(text: str) -> str:
    """The text without accents, else as it stands."""
    bare = (letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))
    return unicodedata.normalize("NFC", "".join(bare))


def without_punctuation(text: str) -> str:
    """The text without punctuation marks, but for those inside words (e-mail, 24/7, an address)."""
    kept = [
        sign
        for place, sign in enumerate(text)
        if not unicodedata.category(sign).startswith("P")
        or (0 < place < len(text) - 1 and text[place - 1].isalnum() and text[place + 1].isalnum())
    ]
    return " ".join("".join(kept).split())


def with_typos(text: str, random: np.random.Generator, count: int) -> str:
    """The text with a slip in each of so many of its words, or in all words of three letters or more if there are
    fewer: a letter dropped, doubled, swapped with the next one, or replaced by a neighbour on the keyboard.
    """
    spans = [match.span() for match in _WORD.finditer(text) if match.end() - match.start() >= SHORTEST]
    chosen = random.permutation(len(spans))[:count]
    for number in sorted(chosen, reverse=True):
        start, end = spans[number]
        text = text[:start] + _slip(text[start:end], random) + text[end:]
    return text


def with_words_swapped(text: str, random: np.random.Generator) -> str:
    """The text with its words swapped pairwise, from the first or the second one on: none moves by more than one."""
    words = text.split()
    for place in range(int(random.integers(2)) if len(words) > 2 else 0, len(words) - 1, 2):
        words[place], words[place + 1] = words[place + 1], words[place]
    return " ".join(words)


def _slip(word: str, random: np.random.Generator) -> str:
    """The word with one slip; each kind of slip is as probable, among those that change the word."""
    neighbours = _neighbours()
    kinds = [
        [word[:place] + word[place + 1 :] for place in range(len(word))],
        [word[: place + 1] + word[place:] for place in range(len(word))],
        [
            word[:place] + word[place + 1] + word[place] + word[place + 2 :]
            for place in range(len(word) - 1)
            if word[place] != word[place + 1]
        ],
        [
            word[:place] + (key.upper() if letter.isupper() else key) + word[place + 1 :]
            for place, letter in enumerate(word)
            for key in neighbours.get(letter.lower(), "")
        ],
    ]
    possible = [slips for slips in kinds if slips]
    slips = possible[random.integers(len(possible))]
    return slips[random.integers(len(slips))]


@cache
def _neighbours() -> dict[str, str]:
    """Of each key with a letter, the letters of the keys that touch it."""
    places = {
        key: (height, shift + number)
        for height, (row, shift) in enumerate(zip(ROWS, SHIFTS, strict=True))
        for number, key in enumerate(row)
        if key != " "
    }
    return {
        key: "".join(
            other
            for other, (row, column) in places.items()
            if (row == height and abs(column - place) == 1) or (abs(row - height) == 1 and abs(column - place) < 1)
        )
        for key, (height, place) in places.items()
    }


_CHANGES: dict[Perturbation, Callable[[str, np.random.Generator], str]] = {
    Perturbation.CLEAN: lambda text, _: text,
    Perturbation.ACCENTS_DROPPED: lambda text, _: without_accents(text),
    Perturbation.ONE_TYPO: lambda text, random: with_typos(text, random, 1),
    Perturbation.TWO_TYPOS: lambda text, random: with_typos(text, random, 2),
    Perturbation.UPPER_CASE: lambda text, _: text.upper(),
    Perturbation.WORDS_SWAPPED: with_words_swapped,
    Perturbation.PUNCTUATION_DROPPED: lambda text, _: without_punctuation(text),
}
