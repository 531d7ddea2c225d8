"""The two encoders, over the bundled model and without network: what both must do, and how near they are."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from index.encoder import BUNDLED_ENCODER, ONNX_FILE, SentenceTransformerEncoder
from index.encoders import open_encoder
from index.errors import IndexingError
from index.onnx_encoder import OnnxEncoder
from index.pointer import current_folder
from index.store import open_index
from tests.servers import python

pytestmark = pytest.mark.slow

Bundled = OnnxEncoder | SentenceTransformerEncoder

TEXTS = [
    "roaming",
    "Jak zapnu roaming?",
    "How do I turn on roaming?",
    "jak zapnu roaming kdyz jedu do zahranici",
    "Kolik stojí prodloužení služeb?",
    "What does it cost to renew the services?",
    "Kde najdu párovací kód?",
    "Where is the pairing code?",
    "Zapomněl jsem heslo",
    "I forgot my password",
    "Funguje Android Auto?",
    "does it run android auto",
    "Auto se nepřipojí k internetu.",
    "My car does not connect to the internet.",
    "Prodal jsem auto, jak ho odeberu z účtu?",
    "I sold my car. How do I remove it from my account?",
    "email na podporu v rakousku",
    "Kontakt pro Rakousko?",
    "Macan 2019",
    "Taycan, model year 2021",
    "PCM",
    "2FA",
    "ok",
    "Děkuji!",
    "My phone keeps disconnecting from the PCM, and I have already restarted both; what else can I try?",
    "Zvolte SET > Device manager > Options > Mobile data > Roaming (zaškrtnuté políčko: roaming je zapnutý).",
    "Device manager under SET or DEVICES (depending on model year) > Options > Phone > SIM card > Remember PIN.",
    "Zapnutí funkce Roaming může vést k dodatečným nákladům v závislosti na zvoleném mobilním tarifu. " * 3,
    "You can use the services in several countries, if your mobile contract has data roaming included. " * 20,
    "Služby můžete používat v několika zemích, pokud je máte ve své smlouvě s mobilním operátorem. " * 20,
]


@pytest.fixture(scope="module")
def torch_encoder() -> SentenceTransformerEncoder:
    return SentenceTransformerEncoder(str(BUNDLED_ENCODER))


@pytest.fixture(scope="module")
def onnx_encoder() -> OnnxEncoder:
    return OnnxEncoder(BUNDLED_ENCODER)


@pytest.fixture(scope="module", params=["torch_encoder", "onnx_encoder"])
def each_encoder(request: pytest.FixtureRequest) -> Bundled:
    encoder = request.getfixturevalue(request.param)
    assert isinstance(encoder, OnnxEncoder | SentenceTransformerEncoder)
    return encoder


def test_vectors_are_float32_and_of_length_one(each_encoder: Bundled) -> None:
    for vectors in (each_encoder.encode_queries(TEXTS), each_encoder.encode_passages(TEXTS)):
        assert vectors.dtype == np.float32
        assert vectors.shape == (len(TEXTS), 384)
        assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_a_model_without_prompts_encodes_queries_as_passages(each_encoder: Bundled) -> None:
    assert np.array_equal(each_encoder.encode_queries(TEXTS[:2]), each_encoder.encode_passages(TEXTS[:2]))


def test_a_czech_question_is_nearer_to_its_english_twin_than_to_another(each_encoder: Bundled) -> None:
    czech, twin, other = each_encoder.encode_queries(["Jak zaplatím?", "How can I pay?", "Where is the pairing code?"])
    assert czech @ twin > czech @ other


def test_a_vector_does_not_depend_on_the_other_texts(each_encoder: Bundled) -> None:
    alone = np.concatenate([each_encoder.encode_passages([text]) for text in TEXTS])
    assert np.allclose(each_encoder.encode_passages(TEXTS), alone, atol=1e-5)


@pytest.mark.parametrize("text", ["", " ", "\x00", "x" * 100_000, "slovo " * 20_000, "\ud800", "😀😀", "مرحبا", "你好"])
def test_no_text_breaks_the_encoder(each_encoder: Bundled, text: str) -> None:
    assert np.isfinite(each_encoder.encode_queries([text])).all()


def test_whole_words_of_the_vocabulary_are_known(each_encoder: Bundled) -> None:
    assert {"car", "auto"} <= each_encoder.words()


def test_both_know_the_same_words(torch_encoder: SentenceTransformerEncoder, onnx_encoder: OnnxEncoder) -> None:
    assert torch_encoder.words() == onnx_encoder.words()


def test_int8_is_near_to_float32(torch_encoder: SentenceTransformerEncoder, onnx_encoder: OnnxEncoder) -> None:
    unlike = ["", "\x00", "\ud800", "😀😀", "你好", "word " * 20_000]
    cosines = (torch_encoder.encode_queries(TEXTS + unlike) * onnx_encoder.encode_queries(TEXTS + unlike)).sum(axis=1)
    assert cosines.min() >= 0.99
    assert cosines.mean() >= 0.998


def test_an_index_of_one_is_refused_by_the_other(index_dir: Path, torch_encoder: SentenceTransformerEncoder) -> None:
    with pytest.raises(IndexingError, match="radce index build"):
        open_index(current_folder(index_dir), torch_encoder)


FORK = """
import os, sys
from pathlib import Path
from index.onnx_encoder import OnnxEncoder
encoder = OnnxEncoder(Path(sys.argv[1]))
expected = encoder.encode_queries(["Jak zapnu roaming?"])
print(len(os.listdir("/proc/self/task")), flush=True)
child = os.fork()
same = (encoder.encode_queries(["Jak zapnu roaming?"]) == expected).all()
if child == 0:
    sys.exit(0 if same else 3)
print(os.waitpid(child, 0)[1], same)
"""


def test_a_forked_process_computes_with_what_its_parent_loaded_and_ends() -> None:
    forked = python("-c", FORK, str(BUNDLED_ENCODER), settings={"OMP_NUM_THREADS": "1"})
    assert forked.stdout.split() == ["1", "0", "True"], forked.stderr


ONE_REPLY = """
import os, sys
import web.server
from bot.message import Message
from bot.state import DialogueState
from web.app import create_app
from web.service import open_assistant
from web.settings import Settings
settings = Settings.from_environment(os.environ)
assistant = open_assistant(settings)
create_app(settings, assistant)
reply, _ = assistant.reply(Message("Jak zapnu roaming?"), DialogueState())
assert reply.text
print(sorted({"torch", "transformers", "sentence_transformers", "sklearn", "scipy", "bm25s"} & set(sys.modules)))
"""


def test_to_start_and_reply_needs_neither_pytorch_nor_what_only_a_build_needs(index_dir: Path) -> None:
    replied = python("-c", ONE_REPLY, settings={"RADCE_INDEX_DIR": str(index_dir)})
    assert replied.stdout.strip() == "[]", replied.stderr


@pytest.fixture
def graph_folder(tmp_path: Path) -> Path:
    """A copy that a test may break."""
    return Path(shutil.copytree(BUNDLED_ENCODER, tmp_path / "encoder"))


def _set_prompts(folder: Path, prompts: dict[str, str]) -> None:
    path = folder / "config_sentence_transformers.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"prompts": prompts}))


def test_a_folder_with_a_graph_is_served_without_pytorch(graph_folder: Path) -> None:
    assert isinstance(open_encoder(str(graph_folder)), OnnxEncoder)
    (graph_folder / ONNX_FILE).unlink()
    assert isinstance(open_encoder(str(graph_folder)), SentenceTransformerEncoder)


def test_the_prompts_of_a_model_stand_before_the_texts(
    graph_folder: Path, torch_encoder: SentenceTransformerEncoder
) -> None:
    _set_prompts(graph_folder, {"query": "query: ", "document": "passage: "})
    encoder = open_encoder(str(graph_folder))
    assert isinstance(encoder, SentenceTransformerEncoder)
    text = "Jak zapnu roaming?"
    query, passage = encoder.encode_queries([text]), encoder.encode_passages([text])
    assert np.allclose(query, torch_encoder.encode_queries(["query: " + text]), atol=1e-5)
    assert np.allclose(passage, torch_encoder.encode_passages(["passage: " + text]), atol=1e-5)
    assert not np.allclose(query, passage, atol=1e-2)


def test_a_folder_without_a_model_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(IndexingError, match="RADCE_ENCODER"):
        open_encoder(str(tmp_path))


@pytest.mark.parametrize("broken", [str(ONNX_FILE), "tokenizer.json", "tokenizer_config.json"])
def test_a_broken_file_of_the_model_is_refused_with_what_to_do(graph_folder: Path, broken: str) -> None:
    (graph_folder / broken).write_bytes(b"{")
    encoder = open_encoder(str(graph_folder))
    with pytest.raises(IndexingError, match="RADCE_ENCODER"):
        encoder.load()
