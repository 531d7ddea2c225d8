"""This project's encoder alone, as it is served: ONNX Runtime, FAISS, the cosine of the nearest passage."""

from bench.retrieval.system import Content, Found
from index.dense import DenseIndex
from index.encoder import BUNDLED_ENCODER
from index.encoders import open_encoder


class BundledFaiss:
    """Vectors of the bundled encoder in a flat FAISS index."""

    def __init__(self, content: Content) -> None:
        self._content = content
        self._encoder = open_encoder(str(BUNDLED_ENCODER))
        self._index = DenseIndex.build(self._encoder.encode_passages(content.texts))

    def search(self, text: str) -> list[Found]:
        """The entries by cosine."""
        return self._content.by_scores(self._index.scores(self._encoder.encode_queries([text])[0]))
