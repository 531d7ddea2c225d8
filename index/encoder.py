"""Encoders: from texts to vectors."""

import hashlib
import os
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt

from index.errors import IndexingError
from index.text import fold

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = npt.NDArray[np.float32]

BUNDLED_ENCODER = Path(__file__).parent / "bundled_encoder"
# Where `index.training.export` writes the graph for fast serving into an encoder's folder.
ONNX_FILE = Path("onnx/model_int8.onnx")


class Encoder(Protocol):
    """Turns texts into unit vectors."""

    @property
    def fingerprint(self) -> str:
        """Names the encoder: indexes made by different encoders can't be mixed."""

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """The vectors of what is asked, shape (texts, dimensions), float32, each of length 1."""

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """The vectors of what is searched, in the same shape."""

    def words(self) -> frozenset[str]:
        """Whole words that the encoder's vocabulary has, folded: they exist, and are no slips of the keyboard."""


def encode_query(encoder: Encoder, text: str) -> Vectors:
    """The unit vector of one query, shape (dimensions,)."""
    return np.asarray(encoder.encode_queries([text])[0])


class SentenceTransformerEncoder:
    """A sentence-transformers model, from a folder or a hub name, on the CPU in float32; loaded when first used.

    Prompts that the model has for queries and documents, such as E5's, are put before the texts.
    """

    def __init__(self, name: str = str(BUNDLED_ENCODER)) -> None:
        """Raises IndexingError for a folder that holds no model."""
        self._name = name
        self._is_folder = Path(name).is_dir()
        if self._is_folder and not (Path(name) / "modules.json").is_file():
            raise IndexingError(cannot_load(name, "the folder has no modules.json"))
        self.fingerprint = folder_hash(Path(name), ".safetensors") if self._is_folder else name

    @cached_property
    def _model(self) -> "SentenceTransformer":
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        if self._is_folder:  # nothing is asked of a hub
            os.environ.setdefault("HF_HUB_OFFLINE", "1")
        import torch
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        # One thread a worker: pools that torch starts before a fork hang the child.
        torch.set_num_threads(1)
        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        options = {"dtype": torch.float32}  # half precision is slow on a CPU
        try:
            return SentenceTransformer(
                self._name, device="cpu", local_files_only=self._is_folder, model_kwargs=options
            ).eval()
        except (OSError, ValueError) as error:
            raise IndexingError(cannot_load(self._name, str(error))) from error

    def load(self) -> None:
        """Load the model now, as before a fork. Raises IndexingError where it can't be loaded."""
        _ = self._model

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """The unit vectors of queries."""
        return self._vectors(self._model.encode_query, texts)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """The unit vectors of passages."""
        return self._vectors(self._model.encode_document, texts)

    def _vectors(self, encode: Callable[..., object], texts: Sequence[str]) -> Vectors:
        vectors = encode([readable(text) for text in texts], normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vectors, dtype=np.float32)

    def words(self) -> frozenset[str]:
        """The pieces of its vocabulary that are whole words of letters."""
        return frozenset(fold(piece) for piece in self._model.tokenizer.get_vocab() if piece.isalpha())


def readable(text: str) -> str:
    """The text with "?" for half characters (lone surrogates), which tokenizers refuse."""
    return text.encode("utf-8", "replace").decode("utf-8")


def cannot_load(name: str, why: str) -> str:
    """The message of an encoder that can't be loaded."""
    return (
        f"the encoder {name!r} can't be loaded: {why}; set RADCE_ENCODER to a sentence-transformers folder or hub name"
    )


def folder_hash(folder: Path, weights: str) -> str:
    """The hash of a folder's configuration and of its weights, files that end in `weights`."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix in {".json", weights}:
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]
