"""Search by meaning: exact inner product over the passages' vectors, with FAISS."""

from pathlib import Path

import faiss
import numpy as np
import numpy.typing as npt

from index.encoder import Vectors

FILE_NAME = "dense.faiss"


class DenseIndex:
    """The passages' vectors; a passage's number is its place in the list of passages."""

    def __init__(self, index: faiss.Index) -> None:
        # One thread: OpenMP's pool does not survive a fork.
        faiss.omp_set_num_threads(1)
        self._index = index

    @classmethod
    def build(cls, vectors: Vectors) -> "DenseIndex":
        """An index of unit vectors, shape (passages, dimensions)."""
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(vectors)
        return cls(index)

    @classmethod
    def open(cls, folder: Path) -> "DenseIndex":
        """The index saved in a folder."""
        return cls(faiss.read_index(str(folder / FILE_NAME)))

    def save(self, folder: Path) -> None:
        """Write the index into a folder."""
        faiss.write_index(self._index, str(folder / FILE_NAME))

    def scores(self, vector: Vectors) -> npt.NDArray[np.float32]:
        """The cosine of every passage with one unit vector, shape (passages,)."""
        similarities, numbers = self._index.search(vector.reshape(1, -1), self._index.ntotal)
        scores = np.empty(self._index.ntotal, dtype=np.float32)
        scores[numbers[0]] = similarities[0]
        return scores
