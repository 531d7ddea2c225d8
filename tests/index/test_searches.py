"""The searches over a handful of passages: by meaning, by words, by classifier, with slips put right."""

from pathlib import Path

import numpy as np
import pytest

from index.classifier import QuestionClassifier
from index.dense import NEAREST, DenseIndex
from index.encoder import Vectors
from index.lexical import LexicalIndex
from index.spelling import Speller

TEXTS = ["jak zapnu roaming", "kde najdu faktury za nabíjení", "how do I pay", "vypovědět smlouvu", "pay by card"]


def test_dense_scores_are_the_cosines_in_the_order_of_the_passages(tmp_path: Path) -> None:
    vectors = np.eye(3, dtype=np.float32)
    index = DenseIndex.build(vectors)
    assert index.scores(vectors[1]).tolist() == [0, 1, 0]
    index.save(tmp_path)
    assert DenseIndex.open(tmp_path).scores(vectors[2]).tolist() == [0, 0, 1]


def unit_vectors(*, seed: int, count: int = 3 * NEAREST) -> Vectors:
    """Random directions of 16 dimensions that lean to one side, so that most cosines are above 0."""
    vectors = np.random.default_rng(seed).standard_normal((count, 16), dtype=np.float32) + 0.5
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


def ten_nearest(scores: Vectors) -> set[int]:
    return set(np.argsort(-scores)[:10].tolist())


EXACT_AND_APPROXIMATE = pytest.mark.parametrize("exact_up_to", [3 * NEAREST, 0], ids=["exact", "approximate"])


@EXACT_AND_APPROXIMATE
def test_dense_search_finds_the_nearest_passages(exact_up_to: int) -> None:
    vectors, queries = unit_vectors(seed=1), unit_vectors(seed=2, count=50)
    index = DenseIndex.build(vectors, exact_up_to=exact_up_to)
    shared = [len(ten_nearest(index.scores(query)) & ten_nearest(vectors @ query)) for query in queries]
    assert np.mean(shared) >= 9.5


@EXACT_AND_APPROXIMATE
def test_the_passages_that_are_found_score_their_cosines(exact_up_to: int) -> None:
    vectors, query = unit_vectors(seed=1), unit_vectors(seed=2, count=1)[0]
    scores = DenseIndex.build(vectors, exact_up_to=exact_up_to).scores(query)
    found = np.argsort(-scores)[:NEAREST]
    assert np.allclose(scores[found], (vectors @ query)[found], atol=0.02)


@EXACT_AND_APPROXIMATE
def test_a_saved_dense_index_gives_the_same_scores(exact_up_to: int, tmp_path: Path) -> None:
    query = unit_vectors(seed=2, count=1)[0]
    index = DenseIndex.build(unit_vectors(seed=1), exact_up_to=exact_up_to)
    index.save(tmp_path)
    assert np.array_equal(DenseIndex.open(tmp_path).scores(query), index.scores(query))


@EXACT_AND_APPROXIMATE
def test_a_small_dense_index_scores_every_passage(exact_up_to: int) -> None:
    vectors = unit_vectors(seed=1, count=20)
    index = DenseIndex.build(vectors, exact_up_to=exact_up_to)
    assert np.allclose(index.scores(vectors[3]), vectors @ vectors[3], atol=0.02)


@pytest.mark.parametrize("direction", [1, -1], ids=["near to the passages", "far from them"])
def test_no_passage_that_an_approximate_search_leaves_out_is_before_one_that_it_finds(direction: int) -> None:
    vectors = unit_vectors(seed=1)
    query = direction * vectors.mean(axis=0) / np.linalg.norm(vectors.mean(axis=0))
    scores = DenseIndex.build(vectors, exact_up_to=0).scores(query)
    found = np.argsort(-scores, kind="stable")[:NEAREST]
    left_out = np.delete(scores, found)
    assert len(set(left_out.tolist())) == 1
    assert left_out[0] == min(0, scores[found].min())
    assert len(ten_nearest(scores) & ten_nearest(vectors @ query)) >= 9


@pytest.fixture
def lexical() -> LexicalIndex:
    return LexicalIndex.build(TEXTS)


@pytest.mark.parametrize(
    ("query", "best"), [("roamingu", 0), ("faktura nabijeni", 1), ("payment by cards", 4), ("smlouva", 3)]
)
def test_stems_find_inflected_and_unaccented_words(lexical: LexicalIndex, query: str, best: int) -> None:
    assert int(lexical.stem_scores(query).argmax()) == best


def test_ngrams_find_misspelt_words(lexical: LexicalIndex) -> None:
    assert int(lexical.ngram_scores("romaing").argmax()) == 0


def test_scores_lie_between_nothing_and_everything(lexical: LexicalIndex) -> None:
    for query in [*TEXTS, "", "zzz", "?!"]:
        for scores in (lexical.stem_scores(query), lexical.ngram_scores(query)):
            assert scores.shape == (len(TEXTS),)
            assert (scores >= 0).all()
            assert (scores <= 1.03).all()


def test_exact_accents_win_a_tie() -> None:
    lexical = LexicalIndex.build(["platba kartou", "plátba kartou"])
    assert int(lexical.stem_scores("plátba").argmax()) == 1


def test_a_saved_lexical_index_gives_the_same_scores(lexical: LexicalIndex, tmp_path: Path) -> None:
    lexical.save(tmp_path)
    opened = LexicalIndex.open(tmp_path)
    assert np.allclose(opened.stem_scores("nabíjení"), lexical.stem_scores("nabíjení"))
    assert np.allclose(opened.ngram_scores("nabijeni"), lexical.ngram_scores("nabijeni"))


def test_the_classifiers_tell_the_classes_they_were_taught(tmp_path: Path) -> None:
    labels = np.array([0, 1, 2, 1, 2])
    vectors = np.eye(5, dtype=np.float32)
    classifier = QuestionClassifier.fit(TEXTS, vectors, labels)
    classifier.save(tmp_path)
    opened = QuestionClassifier.open(tmp_path)
    for text, vector, label in zip(TEXTS, vectors, labels, strict=True):
        assert int(opened.words(text).argmax()) == label
        assert int(opened.meaning(vector).argmax()) == label
        assert np.isclose(np.exp(opened.words(text)).sum(), 1, atol=1e-4)


def test_the_classifiers_take_a_text_without_any_known_ngram() -> None:
    classifier = QuestionClassifier.fit(TEXTS, np.eye(5, dtype=np.float32), np.array([0, 1, 2, 1, 2]))
    assert np.isfinite(classifier.words("😀")).all()


@pytest.mark.parametrize(
    ("typed", "mended"),
    [
        ("jak zapnu romaing?", "jak zapnu roaming?"),
        ("faktruy za nabijeni", "faktury za nabijeni"),
        ("Nabíjení", "Nabíjení"),
        ("olej", "olej"),
        ("xyzabc", "xyzabc"),
        ("pya", "pya"),
    ],
)
def test_only_words_that_do_not_exist_are_mended(typed: str, mended: str) -> None:
    assert Speller.build(TEXTS, {"olej"}).correct(typed) == mended
