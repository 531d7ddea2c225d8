"""Which encoder a name stands for."""

import json
from pathlib import Path

from index.encoder import ONNX_FILE, SentenceTransformerEncoder
from index.onnx_encoder import OnnxEncoder

ChosenEncoder = OnnxEncoder | SentenceTransformerEncoder


def load_encoder(name: str) -> ChosenEncoder:
    """The encoder of a folder or hub name, loaded. Raises IndexingError where it can't be."""
    encoder = open_encoder(name)
    encoder.load()
    return encoder


def open_encoder(name: str) -> ChosenEncoder:
    """The encoder of a folder or hub name; it is loaded when first used.

    A folder with an exported graph and without prompts is served by ONNX Runtime, all else by sentence-transformers.
    Raises IndexingError for a folder that holds no model.
    """
    folder = Path(name)
    if (folder / ONNX_FILE).is_file() and not _has_prompts(folder):
        return OnnxEncoder(folder)
    return SentenceTransformerEncoder(name)


def _has_prompts(folder: Path) -> bool:
    path = folder / "config_sentence_transformers.json"
    if not path.is_file():
        return False
    return any(json.loads(path.read_text(encoding="utf-8")).get("prompts", {}).values())
