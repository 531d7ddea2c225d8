"""The passages' vectors kept with an index, so that a build encodes only the texts that are new."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from index.encoder import Encoder, Vectors

TEXTS_FILE_NAME = "passages.json"
VECTORS_FILE_NAME = "passages.npy"

KnownVectors = Mapping[str, Vectors]


def encode_new(texts: Sequence[str], known: KnownVectors, encoder: Encoder) -> Vectors:
    """The vectors of passages, shape (texts, dimensions); those that are known are not computed again."""
    new = [text for text in dict.fromkeys(texts) if text not in known]
    vectors = {**known, **dict(zip(new, encoder.encode_passages(new), strict=True))}
    return np.stack([vectors[text] for text in texts])


def save_vectors(texts: Sequence[str], vectors: Vectors, folder: Path) -> None:
    """Write texts and their vectors into a folder."""
    (folder / TEXTS_FILE_NAME).write_text(json.dumps(list(texts), ensure_ascii=False), encoding="utf-8")
    np.save(folder / VECTORS_FILE_NAME, vectors)


def known_vectors(folder: Path) -> KnownVectors:
    """The vectors saved in a folder, by text; none where they can't be read."""
    try:
        texts = json.loads((folder / TEXTS_FILE_NAME).read_text(encoding="utf-8"))
        return dict(zip(texts, np.load(folder / VECTORS_FILE_NAME), strict=True))
    except (OSError, ValueError, EOFError, TypeError):
        return {}
