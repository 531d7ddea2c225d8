"""The naive build: all-MiniLM-L6-v2 through sentence-transformers, FAISS, the cosine of the nearest passage."""

import faiss
from sentence_transformers import SentenceTransformer

from bench.retrieval.system import Content, Found


class MiniLmFaiss:
    """Vectors of a sentence-transformers folder in a flat FAISS index."""

    def __init__(self, content: Content, model: str) -> None:
        self._content = content
        self._model = SentenceTransformer(model, device="cpu")
        vectors = self._model.encode(list(content.texts), normalize_embeddings=True, show_progress_bar=False)
        self._index = faiss.IndexFlatIP(vectors.shape[1])
        self._index.add(vectors)

    def search(self, text: str) -> list[Found]:
        """The entries by cosine."""
        query = self._model.encode([text], normalize_embeddings=True, show_progress_bar=False)
        similarities, rows = self._index.search(query, len(self._content.texts))
        return self._content.entries(zip(rows[0].tolist(), similarities[0].tolist(), strict=True))
