"""Rankings and their measures: hand-made rankings, and what the retrievers put first."""

import math
from collections.abc import Sequence

import numpy as np
import pytest

from index.beir import BeirSet, JudgedQuery
from index.encoder import Vectors
from index.fusion import hybrid_scores
from index.lexical import LexicalIndex
from index.ranking import RetrieverName, rank
from index.ranking_measures import Ranked, ndcg, ranking_measures, recall, reciprocal_rank

PASSAGES = (
    "Roaming zapnete v nastavení telefonu.",
    "Fakturu za nabíjení najdete v aplikaci.",
    "Platit můžete kartou nebo převodem.",
)


class LetterEncoder:
    """A real encoder, small and without meaning: a vector of counted letters."""

    fingerprint = "letters"

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        counts = np.array([[1 + text.count(letter) for letter in "aeiouy"] for text in texts], dtype=np.float32)
        return np.asarray(counts / np.linalg.norm(counts, axis=1, keepdims=True), dtype=np.float32)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        return self.encode_queries(texts)

    def words(self) -> frozenset[str]:
        return frozenset()


def asked(*texts: str) -> BeirSet:
    return BeirSet("set", PASSAGES, tuple(JudgedQuery(text, text, {0: 1}) for text in texts))


@pytest.mark.parametrize(
    ("passages", "expected"),
    [([7, 1, 2], (1, 1.0)), ([1, 7, 2], (0, 0.5)), ([1, 2, 7], (0, 1 / 3)), ([1, 2, 3], (0, 0.0)), ([], (0, 0.0))],
)
def test_one_answer_counts_by_its_place(passages: list[int], expected: tuple[float, float]) -> None:
    ranked = Ranked(passages, {7: 1})
    assert (recall(ranked, 1), reciprocal_rank(ranked, 10)) == expected


def test_recall_is_a_share_of_all_answers() -> None:
    assert recall(Ranked([7, 1, 8, 2], {7: 1, 8: 1, 9: 1}), 3) == pytest.approx(2 / 3)


def test_a_place_behind_the_tenth_counts_nothing() -> None:
    ranked = Ranked([*range(10), 10], {10: 1})
    assert (recall(ranked, 10), reciprocal_rank(ranked, 10), ndcg(ranked, 10)) == (0, 0, 0)
    assert recall(ranked, 100) == 1


def test_graded_gains_are_discounted_by_their_places() -> None:
    gains = {1: 3, 2: 2, 3: 1}
    best = 3 + 2 / math.log2(3) + 1 / 2
    assert ndcg(Ranked([1, 2, 3], gains), 10) == 1
    assert ndcg(Ranked([3, 9, 1], gains), 10) == pytest.approx((1 + 3 / 2) / best)


def test_measures_are_means_over_the_questions() -> None:
    measures = ranking_measures([Ranked([7], {7: 1}), Ranked([1, 7], {7: 1})])
    assert measures == {
        "recall@1": 0.5, "recall@5": 1.0, "recall@10": 1.0, "recall@100": 1.0, "mrr@10": 0.75, "ndcg@10": 0.8155,
    }  # fmt: skip


def test_words_find_a_passage_and_leave_out_those_that_share_nothing() -> None:
    ranked = list(rank(asked("roamingu", "faktury", "xyz"), RetrieverName.LEXICAL, LetterEncoder()))
    assert [list(one.passages) for one in ranked] == [[0], [1], []]


@pytest.mark.parametrize("retriever", [RetrieverName.DENSE, RetrieverName.HYBRID])
def test_meaning_ranks_every_passage(retriever: RetrieverName) -> None:
    ranked = list(rank(asked(PASSAGES[1], ""), retriever, LetterEncoder()))
    assert ranked[0].passages[0] == 1
    assert all(sorted(one.passages) == [0, 1, 2] for one in ranked)


def test_words_count_beside_meaning_only_where_the_question_is_familiar() -> None:
    index = LexicalIndex.build(PASSAGES)
    cosines = np.array([0.3, 0.29, 0.1], dtype=np.float32)
    assert int(hybrid_scores("faktura za nabíjení", cosines, index).argmax()) == 1
    assert int(hybrid_scores("what is that in the aplikaci", cosines, index).argmax()) == 0


def test_equal_cosines_are_no_division_by_zero() -> None:
    scores = hybrid_scores("", np.ones(3, dtype=np.float32), LexicalIndex.build(PASSAGES))
    assert scores.tolist() == [0, 0, 0]


def test_a_question_in_another_language_is_less_familiar() -> None:
    index = LexicalIndex.build(PASSAGES)
    assert index.familiarity("") == index.familiarity("?!") == index.familiarity("xyz") == 0
    assert index.familiarity(PASSAGES[0]) == pytest.approx(1, abs=0.1)
    assert index.familiarity("kde najdu fakturu") > 2 * index.familiarity("where is my invoice")
