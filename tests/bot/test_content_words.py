"""The content's words, counted once and kept in the index folder."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bot.content_words import FILE_NAME, ContentWords, keep_words
from bot.lexicon import load_lexicon
from bot.reader import Reader
from kb.load import load
from kb.model import Language

BASE = load()
LEXICON = load_lexicon()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("index")
    keep_words(BASE, made)
    return made


def test_kept_words_are_those_that_are_counted(folder: Path) -> None:
    kept, counted = ContentWords.kept(folder, BASE, LEXICON), ContentWords.of(BASE, LEXICON)
    assert (kept.known, kept.in_english) == (counted.known, counted.in_english)
    assert (kept.vocabulary.names, kept.vocabulary.pairs) == (counted.vocabulary.names, counted.vocabulary.pairs)
    assert kept.vocabulary.counts == counted.vocabulary.counts
    assert (kept.letters.codes, kept.letters.grams) == (counted.letters.codes, counted.letters.grams)
    assert np.array_equal(kept.letters.logs, counted.letters.logs)


def test_words_that_are_kept_already_are_not_counted_again(folder: Path) -> None:
    before = (folder / FILE_NAME).stat().st_mtime_ns
    keep_words(BASE, folder)
    assert (folder / FILE_NAME).stat().st_mtime_ns == before


def test_nothing_but_the_words_is_left_in_the_folder(folder: Path) -> None:
    assert [path.name for path in folder.iterdir()] == [FILE_NAME]


def test_words_of_other_content_are_counted_anew(folder: Path) -> None:
    known = "roamingu"
    other = replace(BASE, version="other", entries=(), out_of_scope=())
    assert known in ContentWords.kept(folder, BASE, LEXICON).known
    assert known not in ContentWords.kept(folder, other, LEXICON).known


@pytest.mark.parametrize("size", [0, 1000, 500_000])
def test_words_whose_file_is_cut_off_are_counted_anew(folder: Path, tmp_path: Path, size: int) -> None:
    (tmp_path / FILE_NAME).write_bytes((folder / FILE_NAME).read_bytes()[:size])
    assert Reader(BASE, tmp_path).read("jak zapnu roaming").language.language is Language.CS
