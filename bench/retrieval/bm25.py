"""BM25 alone: bm25s over this project's stems."""

import bm25s
import numpy as np

from bench.retrieval.system import Content, Found
from index.text import Tokenizer


class Bm25:
    """BM25 over Czech and English stems."""

    def __init__(self, content: Content) -> None:
        self._content = content
        self._tokenizer = Tokenizer()
        self._index = bm25s.BM25()
        self._index.index([self._tokenizer.stems(text) for text in content.texts], show_progress=False)

    def search(self, text: str) -> list[Found]:
        """The entries by BM25."""
        known = [stem for stem in self._tokenizer.stems(text) if stem in self._index.vocab_dict]
        scores = self._index.get_scores(known) if known else np.zeros(len(self._content.texts))
        return self._content.by_scores(np.asarray(scores, dtype=np.float32))
