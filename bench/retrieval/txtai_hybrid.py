"""txtai, hybrid: its BM25 of words and dense vectors in FAISS, fused by txtai."""

from txtai import Embeddings

from bench.retrieval.system import Content, Found

# So many passages are asked for, enough for ten entries or nearly; txtai takes ten times as many from each index.
PASSAGES = 100


class TxtaiHybrid:
    """An index of words, and of the vectors of a sentence-transformers folder.

    `tokenizer`: txtai's settings of words; `weight`: that of meaning, the rest is that of words. The fusion is a sum of
    cosine and BM25 brought to 0..1, txtai's own default.
    """

    def __init__(self, content: Content, model: str, *, tokenizer: dict[str, int], weight: float) -> None:
        self._content, self._weight = content, weight
        scoring = {"method": "bm25", "terms": True, "normalize": True, "tokenizer": tokenizer}
        # Weights in half precision are slow on a CPU.
        self._index = Embeddings(path=model, scoring=scoring, vectors={"dtype": "float32"})
        self._index.index(enumerate(content.texts))

    def search(self, text: str) -> list[Found]:
        """The entries by txtai's fused score."""
        return self._content.entries(self._index.search(text, PASSAGES, self._weight))
