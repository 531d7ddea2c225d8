"""Reading the training texts."""

import gzip
from pathlib import Path

import numpy as np
import pytest

from index.errors import IndexingError
from index.training.batches import by_length, endless
from index.training.corpus import read_answered_questions, read_own_pairs, read_own_questions, read_pairs
from index.training.question_answer import with_typo
from index.training.recipe import OWN_HELD_OUT
from kb.model import Language


def test_pairs_of_a_source_can_be_left_out(corpus: Path) -> None:
    assert len(read_pairs(corpus)) == 6
    assert read_pairs(corpus, without={"a/b"}) == []


def test_a_question_has_both_languages(corpus: Path) -> None:
    question = read_answered_questions(corpus)[0]
    assert question.questions[Language.CS] == ("Jak zaplatím??",)
    assert question.answers[Language.EN].startswith("How do I pay?")


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("{", r"parallel\.jsonl\.gz:7: .*mend or remove the row"),
        ('{"en": "a", "source": "a/b"}', r"parallel\.jsonl\.gz:7: needs en, cs, source"),
        ('{"en": "a", "cs": " ", "source": "a/b"}', r"parallel\.jsonl\.gz:7: needs en, cs, source"),
        ("[]", r"parallel\.jsonl\.gz:7: "),
    ],
)
def test_a_broken_row_is_told_with_its_line(corpus: Path, row: str, message: str) -> None:
    with gzip.open(corpus / "parallel.jsonl.gz", "at", encoding="utf-8") as lines:
        lines.write(row + "\n")
    with pytest.raises(IndexingError, match=message):
        read_pairs(corpus)


def test_a_missing_and_a_cut_file_are_told(corpus: Path) -> None:
    path = corpus / "parallel.jsonl.gz"
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(IndexingError, match=r"parallel\.jsonl\.gz:"):
        read_pairs(corpus)
    path.unlink()
    with pytest.raises(IndexingError, match="no such file; --corpus"):
        read_pairs(corpus)


def test_the_own_questions_are_whole_in_both_languages() -> None:
    questions = read_own_questions()
    sources = {question.source for question in questions}
    assert sources >= OWN_HELD_OUT
    for question in questions:
        assert len(question.questions[Language.CS]) == len(question.questions[Language.EN]) >= 2
        assert all(question.answers[language] for language in Language)


def test_no_own_question_has_two_answers() -> None:
    asked: dict[tuple[str, str], set[str]] = {}
    for question in read_own_questions():
        for language in Language:
            for text in question.questions[language]:
                asked.setdefault((question.source, text.casefold()), set()).add(question.answers[language])
    assert [text for text, answers in asked.items() if len(answers) > 1] == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Q: a\nb\n", r"x\.txt:2: begin the line with"),
        ("Q: a\nA: b\nq: c\n", r"x\.txt:4: the question above needs"),
    ],
)
def test_a_broken_own_question_is_told_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "x.txt").write_text(text, encoding="utf-8")
    with pytest.raises(IndexingError, match=message):
        read_own_questions(tmp_path)


def test_a_folder_without_texts_is_told(tmp_path: Path) -> None:
    with pytest.raises(IndexingError, match="holds no questions"):
        read_own_questions(tmp_path)
    with pytest.raises(IndexingError, match="holds no sentences"):
        read_own_pairs(tmp_path)


def test_the_own_sentences_stand_once_and_differ_between_the_languages() -> None:
    pairs = read_own_pairs()
    assert len({pair.czech for pair in pairs}) == len(pairs)
    assert [pair for pair in pairs if pair.czech == pair.english] == []


@pytest.mark.parametrize("line", ["Kde je klíč?", "Kde je klíč?\t ", "Kde je klíč?\tWhere is the key?\tx"])
def test_a_broken_sentence_pair_is_told_with_its_line(tmp_path: Path, line: str) -> None:
    (tmp_path / "x.tsv").write_text(f"Ano.\tYes.\n{line}\n", encoding="utf-8")
    with pytest.raises(IndexingError, match=r"x\.tsv:2: write the Czech sentence, a tab and"):
        read_own_pairs(tmp_path)


def test_batches_are_the_same_for_the_same_seed_and_use_each_row_once() -> None:
    lengths = [number % 7 for number in range(40)]
    batches = list(by_length(lengths, 8, seed=1))
    assert batches == list(by_length(lengths, 8, seed=1))
    assert sorted(number for batch in batches for number in batch) == list(range(40))


def test_endless_batches_use_each_row_once_before_any_comes_again() -> None:
    batches = endless(list("abcdef"), 4, seed=1)
    drawn = [*next(batches), *next(batches), *next(batches)]
    assert sorted(drawn[:6]) == sorted(drawn[6:12]) == list("abcdef")


@pytest.mark.parametrize("text", ["", "a", "12 34", "Jak zaplatím?"])
def test_a_typo_changes_one_place_at_most(text: str) -> None:
    slipped = with_typo(text, np.random.default_rng(1), share=1.0)
    assert abs(len(slipped) - len(text)) <= 1
    assert (slipped != text) == any(letter.isalpha() for letter in text[1:])
