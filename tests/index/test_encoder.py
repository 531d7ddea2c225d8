"""The bundled encoder, loaded without network."""

import numpy as np
import pytest

from index.encoder import SentenceTransformerEncoder
from index.errors import IndexingError


@pytest.fixture(scope="module")
def encoder() -> SentenceTransformerEncoder:
    return SentenceTransformerEncoder()


def test_vectors_are_float32_and_of_length_one(encoder: SentenceTransformerEncoder) -> None:
    vectors = encoder.encode(["roaming", "Jak zapnu roaming?"])
    assert vectors.dtype == np.float32
    assert vectors.shape == (2, 384)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_a_czech_question_is_nearer_to_its_english_twin_than_to_another(encoder: SentenceTransformerEncoder) -> None:
    czech, twin, other = encoder.encode(["Jak zaplatím?", "How can I pay?", "Where is the pairing code?"])
    assert czech @ twin > czech @ other


@pytest.mark.parametrize("text", ["", " ", "\x00", "x" * 100_000, "\ud800", "😀😀", "مرحبا", "你好"])
def test_no_text_breaks_the_encoder(encoder: SentenceTransformerEncoder, text: str) -> None:
    assert np.isfinite(encoder.encode([text])).all()


def test_whole_words_of_the_vocabulary_are_known(encoder: SentenceTransformerEncoder) -> None:
    assert {"car", "auto"} <= encoder.words()


def test_a_folder_without_a_model_is_refused_with_what_to_do(tmp_path: object) -> None:
    with pytest.raises(IndexingError, match="RADCE_ENCODER"):
        SentenceTransformerEncoder(str(tmp_path))
