"""Search by meaning: inner product over the passages' vectors, with FAISS; exact for as many as that is quick for.

Which index, and from which size on: `docs/evaluation/sizes.md`, measured by `python -m bench.sizes`.
"""

import math
from pathlib import Path

import faiss
import numpy as np
import numpy.typing as npt

from index.encoder import Vectors

FILE_NAME = "dense.faiss"

# Exact search of every passage takes 6 ms at 50,000 and twice that at 100,000 (docs/evaluation/sizes.md).
EXACT_UP_TO = 50_000
# Passages beyond that size that get their own score.
NEAREST = 1_000
# Of the inverted lists, twice the square root of the passages, so many are searched: they find 98 % of the ten nearest
# or more, at every size that was measured.
SEARCHED_LISTS = 96
# Vectors a list that k-means sees: FAISS's least without a warning.
TRAINED_ON = 40


class DenseIndex:
    """The passages' vectors; a passage's number is its place in the list of passages."""

    def __init__(self, index: faiss.Index) -> None:
        # One thread: OpenMP's pool does not survive a fork.
        faiss.omp_set_num_threads(1)
        self._index = index

    @classmethod
    def build(cls, vectors: Vectors, *, exact_up_to: int = EXACT_UP_TO) -> "DenseIndex":
        """An index of unit vectors, shape (passages, dimensions): exact, or for more passages approximate."""
        return cls(_flat(vectors) if len(vectors) <= exact_up_to else _inverted_lists(vectors))

    @classmethod
    def open(cls, folder: Path) -> "DenseIndex":
        """The index saved in a folder."""
        return cls(faiss.read_index(str(folder / FILE_NAME)))

    def save(self, folder: Path) -> None:
        """Write the index into a folder."""
        faiss.write_index(self._index, str(folder / FILE_NAME))

    def scores(self, vector: Vectors) -> npt.NDArray[np.float32]:
        """The cosine of every passage with one unit vector, shape (passages,).

        An approximate index gives the NEAREST passages that it finds their cosines, to about 0.0001. All others get 0,
        as a passage that shares no word with the query gets from the lexical index, or the least cosine found where
        that is below 0: none of them comes before one that was found.
        """
        if isinstance(self._index, faiss.IndexFlat):
            return self._exact(vector)
        similarities, numbers = self._nearest(vector)
        scores = np.full(self._index.ntotal, similarities.min(initial=0), dtype=np.float32)
        scores[numbers] = similarities
        return scores

    def _exact(self, vector: Vectors) -> npt.NDArray[np.float32]:
        # What FAISS's search itself calls, to the last digit, in two thirds of its time: nothing is collected.
        scores = np.empty(self._index.ntotal, dtype=np.float32)
        query = np.ascontiguousarray(vector, dtype=np.float32)
        faiss.fvec_inner_products_ny(  # type: ignore[attr-defined]  # which the stubs lack
            faiss.swig_ptr(scores),
            faiss.swig_ptr(query),
            self._index.get_xb(),  # type: ignore[attr-defined]
            self._index.d,
            self._index.ntotal,
        )
        return scores

    def _nearest(self, vector: Vectors) -> tuple[Vectors, npt.NDArray[np.int64]]:
        similarities, numbers = self._index.search(vector.reshape(1, -1), min(NEAREST, self._index.ntotal))
        found = numbers[0] >= 0  # -1 stands where the searched lists hold fewer
        return similarities[0][found], numbers[0][found]


def _flat(vectors: Vectors) -> faiss.Index:
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors)
    return index


def _inverted_lists(vectors: Vectors) -> faiss.Index:
    """Vectors of 16 bits a dimension, in lists around the centres that k-means finds."""
    lists = math.ceil(2 * math.sqrt(len(vectors)))
    centres = faiss.IndexFlatIP(vectors.shape[1])
    coding = faiss.ScalarQuantizer.QT_fp16
    index = faiss.IndexIVFScalarQuantizer(centres, vectors.shape[1], lists, coding, faiss.METRIC_INNER_PRODUCT)
    index.cp.spherical = True
    index.cp.min_points_per_centroid = 1  # a small set in a test warns of nothing
    sample = np.random.default_rng(0).choice(len(vectors), min(len(vectors), TRAINED_ON * lists), replace=False)
    index.train(vectors[np.sort(sample)])
    index.add(vectors)
    index.nprobe = SEARCHED_LISTS
    return index
