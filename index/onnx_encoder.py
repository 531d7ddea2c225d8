"""The fast encoder: ONNX Runtime over the int8 graph that `index.training.export` writes, without PyTorch."""

import json
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from tokenizers import Tokenizer

from index.encoder import ONNX_FILE, Vectors, cannot_load, folder_hash, readable
from index.errors import IndexingError
from index.text import fold

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

# Set before onnxruntime is imported: it would start a thread that reports to its maker, and hangs forked processes.
NO_TELEMETRY = {"ORT_DISABLE_TELEMETRY": "1"}
# Of a text, for each token that is encoded, so many characters are read: a longer text is cut before it is tokenised.
CHARACTERS_PER_TOKEN = 64
# Where the most tokens of a text may stand; the least counts.
LIMITS = (
    ("sentence_bert_config.json", "max_seq_length"),
    ("tokenizer_config.json", "model_max_length"),
    ("config.json", "max_position_embeddings"),
)


@dataclass(frozen=True, slots=True)
class _Model:
    session: "InferenceSession"
    tokenizer: Tokenizer
    most_characters: int


class OnnxEncoder:
    """The int8 graph of a sentence-transformers folder on one CPU thread; loaded when first used."""

    def __init__(self, folder: Path) -> None:
        """Raises IndexingError for a folder without the graph."""
        self._folder = folder
        if not (folder / ONNX_FILE).is_file():
            raise IndexingError(cannot_load(str(folder), f"the folder has no {ONNX_FILE}"))
        self.fingerprint = folder_hash(folder, ONNX_FILE.suffix)

    @cached_property
    def _model(self) -> _Model:
        try:
            most_tokens = _most_tokens(self._folder)
            tokenizer = _tokenizer(self._folder, most_tokens)
            return _Model(_session(self._folder), tokenizer, most_tokens * CHARACTERS_PER_TOKEN)
        except Exception as error:  # ONNX Runtime's and the tokenizer's errors have no root of their own
            raise IndexingError(cannot_load(str(self._folder), str(error))) from error

    def load(self) -> None:
        """Load the model now, as before a fork. Raises IndexingError where it can't be loaded."""
        _ = self._model

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """The unit vectors of queries, one after the other.

        On one thread batches are no faster, and padding changes the last digits, so that a value may round otherwise.
        """
        vectors = np.empty((len(texts), _dimensions(self._model)), dtype=np.float32)
        for row, text in enumerate(texts):
            vectors[row] = self._vector(text)
        return vectors

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """The unit vectors of passages, which are encoded as queries are, on every core.

        Never called before a fork: the threads end with the call.
        """
        model = self._model  # loaded by one thread
        with ThreadPoolExecutor(os.cpu_count()) as threads:
            vectors = list(threads.map(self._vector, texts, chunksize=1))
        return np.stack(vectors) if vectors else np.empty((0, _dimensions(model)), dtype=np.float32)

    def words(self) -> frozenset[str]:
        """The pieces of its vocabulary that are whole words of letters."""
        return frozenset(fold(piece) for piece in self._model.tokenizer.get_vocab() if piece.isalpha())

    def _vector(self, text: str) -> Vectors:
        tokens = self._model.tokenizer.encode(readable(text[: self._model.most_characters]))
        ids = np.array([tokens.ids], dtype=np.int64)
        inputs = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
        return np.asarray(self._model.session.run(None, inputs)[0][0], dtype=np.float32)


def _dimensions(model: _Model) -> int:
    return int(model.session.get_outputs()[0].shape[1])


def _session(folder: Path) -> "InferenceSession":
    os.environ.update(NO_TELEMETRY)
    from onnxruntime import InferenceSession, SessionOptions

    options = SessionOptions()
    # One thread and no pool: a pool does not survive a fork.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    # Without VNNI, sums of signed weights overflow 16 bits; this reads them as unsigned there, and only there.
    options.add_session_config_entry("session.x64quantprecision", "1")
    return InferenceSession(
        folder / ONNX_FILE,
        options,
        providers=["CPUExecutionProvider"],
        # On a CPU the joined operator is slower than its parts: docs/evaluation/encoder-serving.md.
        disabled_optimizers=["SkipLayerNormFusion"],
    )


def _tokenizer(folder: Path, most_tokens: int) -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.enable_truncation(most_tokens)
    tokenizer.no_padding()
    return tokenizer


def _most_tokens(folder: Path) -> int:
    settings = [(json.loads((folder / name).read_text(encoding="utf-8")), key) for name, key in LIMITS]
    return min(int(values[key]) for values, key in settings if values.get(key))
