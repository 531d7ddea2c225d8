"""The graph for fast serving, exported from a small model: near to it, and only from a model that it can hold."""

import json
import shutil
from pathlib import Path

import pytest

from index.encoder import SentenceTransformerEncoder
from index.encoders import open_encoder
from index.errors import IndexingError
from index.onnx_encoder import OnnxEncoder

export = pytest.importorskip("index.training.export", reason="needs the extra `train`", exc_type=ImportError)

pytestmark = pytest.mark.filterwarnings("ignore:::torch", "ignore:.*LeafSpec:FutureWarning")


@pytest.fixture
def folder(teacher: Path, tmp_path: Path) -> Path:
    """A copy of the small model."""
    return Path(shutil.copytree(teacher, tmp_path / "encoder"))


def test_an_exported_folder_is_served_by_the_graph_and_near_to_float32(folder: Path) -> None:
    assert export.export_onnx(folder).is_file()
    encoder = open_encoder(str(folder))
    assert isinstance(encoder, OnnxEncoder)
    texts = ["How do I pay?", "key", "The map shows the way. " * 30, ""]
    exact = SentenceTransformerEncoder(str(folder)).encode_passages(texts)
    assert (encoder.encode_passages(texts) * exact).sum(axis=1).min() >= 0.99


def test_a_model_with_another_pooling_is_refused(folder: Path) -> None:
    path = folder / "1_Pooling" / "config.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"pooling_mode": "cls"}))
    with pytest.raises(IndexingError, match="mean pooling"):
        export.export_onnx(folder)
