"""Index folders: built aside, renamed when whole, opened through the pointer; built from the real content."""

import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from index.encoder import Vectors
from index.errors import IndexingError
from index.passages import PassageKind, passages
from index.pointer import current_folder
from index.retriever import Query
from index.store import CONTENT, build, open_index
from index.vectors import known_vectors
from kb.errors import KbError
from kb.load import BUNDLED_CONTENT, load
from kb.saved import load_saved

pytestmark = pytest.mark.slow


class HashEncoder:
    """A second real encoder, small and without meaning: a vector of counted letters."""

    fingerprint = "letters"

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        counts = np.array([[text.casefold().count(letter) for letter in "aeiouy"] for text in texts], dtype=np.float32)
        counts += 0.1
        return np.asarray(counts / np.linalg.norm(counts, axis=1, keepdims=True), dtype=np.float32)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        return self.encode_queries(texts)

    def words(self) -> frozenset[str]:
        return frozenset()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    index_dir = tmp_path_factory.mktemp("index")
    build(BUNDLED_CONTENT, index_dir, HashEncoder())
    return index_dir


def test_every_passage_leads_back_to_its_entry() -> None:
    base = load()
    subjects = {subject.id for subject in base.out_of_scope}
    for passage in passages(base):
        if passage.kind is PassageKind.OUTSIDE:
            assert passage.entry_id in subjects
        else:
            entry = base.entry_of[passage.entry_id]
            assert passage.variant_id is None or entry.variant(passage.variant_id)
            assert passage.text.strip()


def test_the_same_content_is_not_built_again(built: Path) -> None:
    folder = current_folder(built)
    before = (folder / "manifest.json").stat().st_mtime_ns
    assert build(BUNDLED_CONTENT, built, HashEncoder()) == folder
    assert (folder / "manifest.json").stat().st_mtime_ns == before


def test_nothing_half_built_is_left_behind(built: Path) -> None:
    assert {path.name for path in built.iterdir()} == {current_folder(built).name, "current"}


def test_an_opened_index_searches(built: Path) -> None:
    index = open_index(current_folder(built), HashEncoder())
    result = index.retriever.search(Query("Jak zapnu roaming?"))
    assert result.candidates[0].entry_id == "roaming-activate"
    assert 0 <= result.candidates[0].confidence <= 1
    assert index.manifest.entries == 46


def test_an_index_of_another_encoder_is_refused_with_what_to_do(built: Path) -> None:
    class OtherEncoder(HashEncoder):
        fingerprint = "other"

    with pytest.raises(IndexingError, match="radce index build"):
        open_index(current_folder(built), OtherEncoder())


def test_broken_content_leaves_the_current_index_as_it_is(built: Path, tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(BUNDLED_CONTENT, content)
    (content / "contacts.yaml").write_text("- {country: CZ}\n", encoding="utf-8")
    before = current_folder(built)
    with pytest.raises(KbError, match=r"contacts\.yaml"):
        build(content, built, HashEncoder())
    assert current_folder(built) == before


def test_the_index_holds_a_copy_of_the_content_it_was_made_of(built: Path) -> None:
    base = load()
    assert repr(load_saved(current_folder(built) / CONTENT)) == repr(base)


def test_a_folder_without_an_index_is_told(tmp_path: Path) -> None:
    with pytest.raises(IndexingError, match="radce index build"):
        current_folder(tmp_path)


class CountingEncoder(HashEncoder):
    """Counts the passages that it is given."""

    def __init__(self) -> None:
        self.encoded: list[str] = []

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        self.encoded += texts
        return super().encode_passages(texts)


def test_only_new_texts_are_encoded_again(built: Path, tmp_path: Path) -> None:
    index_dir, content = tmp_path / "index", tmp_path / "content"
    shutil.copytree(built, index_dir)
    shutil.copytree(BUNDLED_CONTENT, content)
    subjects = content / "out_of_scope.yaml"
    known, new = "Does my car support Android Auto?", "Will my car ever support Android Auto?"
    assert known in subjects.read_text(encoding="utf-8")
    subjects.write_text(subjects.read_text(encoding="utf-8").replace(known, new), encoding="utf-8")
    encoder = CountingEncoder()
    folder = build(content, index_dir, encoder)
    assert encoder.encoded == [new]
    vectors = known_vectors(folder)
    assert np.allclose(vectors[new], HashEncoder().encode_queries([new])[0])
    assert list(vectors) == list(dict.fromkeys(passage.text for passage in passages(load(content))))


def test_vectors_that_cannot_be_read_are_computed_again(built: Path, tmp_path: Path) -> None:
    index_dir = tmp_path / "index"
    shutil.copytree(built, index_dir)
    (current_folder(index_dir) / "passages.npy").write_bytes(b"\x00")
    assert known_vectors(current_folder(index_dir)) == {}


@pytest.mark.parametrize("name", ["dense.faiss", "ngrams.json", "spelling.json", CONTENT])
def test_an_index_with_a_file_cut_off_is_told(built: Path, tmp_path: Path, name: str) -> None:
    folder = shutil.copytree(current_folder(built), tmp_path / "cut")
    whole = (folder / name).read_bytes()
    (folder / name).write_bytes(whole[: len(whole) // 2])
    with pytest.raises(IndexingError, match=r"cut: a file is broken .*radce index build"):
        open_index(folder, HashEncoder())
