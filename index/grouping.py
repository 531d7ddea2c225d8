"""Groups of texts that mean much the same."""

import numpy as np
import numpy.typing as npt

from index.encoder import Vectors

# Largest mean distance (one minus cosine) between the members of two groups that become one. Of the pairs that are then
# in one group 87 % ask for the same entry, and 52 % of all pairs that do are found; at 0.6 it is 75 % and 65 %
# (`python -m bench.grouping`). Who reads the groups is helped more by pure ones.
DISTANCE = 0.5


def group(vectors: Vectors, distance: float = DISTANCE) -> npt.NDArray[np.int64]:
    """The number of each vector's group: agglomerative, average linkage, the same for the same vectors.

    `vectors`: (texts, dimensions), of length one. Groups are numbered by their first member.
    """
    if len(vectors) < 2:
        return np.zeros(len(vectors), dtype=np.int64)
    from sklearn.cluster import AgglomerativeClustering  # a second and 60 MB, which answering does without

    clustering = AgglomerativeClustering(
        n_clusters=None, metric="cosine", linkage="average", distance_threshold=distance
    )
    labels = clustering.fit_predict(np.asarray(vectors, dtype=np.float64))
    _, firsts, numbers = np.unique(labels, return_index=True, return_inverse=True)
    return np.asarray(np.argsort(np.argsort(firsts))[numbers], dtype=np.int64)


def central(vectors: Vectors) -> int:
    """The row that is nearest to the mean of all: the one to show for a group."""
    return int(np.argmax(vectors @ vectors.mean(axis=0)))
