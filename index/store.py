"""Index folders on disk: built aside, renamed when whole, and opened through a pointer to the current one."""

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from index.encoder import Encoder
from index.errors import IndexingError
from index.features import FeatureTable
from index.manifest import FORMAT, Manifest
from index.passages import passages
from index.pointer import current_folder, point_to
from index.retriever import Retriever, Searches
from index.scoring import FILE_NAME as SCORING_FILE
from index.scoring import Scoring
from index.suggest import Suggester
from index.synonyms import Synonyms
from index.vectors import KnownVectors, encode_new, known_vectors, save_vectors
from kb.knowledge_base import KnowledgeBase, content_files
from kb.load import load

# The copy of the content in an index folder.
CONTENT = "content"
BUNDLED_SCORING = Path(__file__).parent / SCORING_FILE


@dataclass(frozen=True, slots=True)
class SearchIndex:
    """An open index: the knowledge base it was made of, the search over it, and the completion of its questions."""

    base: KnowledgeBase
    retriever: Retriever
    suggester: Suggester
    manifest: Manifest


def build(content: Path, index_dir: Path, encoder: Encoder, *, scoring: Path = BUNDLED_SCORING) -> Path:
    """The index folder of a content folder, made current; one that exists already is not built again.

    Raises KbError with every fault of the content; the current index then stays as it is.
    """
    base = load(content)
    weights = Scoring.open(scoring)
    manifest = Manifest(
        format=FORMAT,
        kb_version=base.version,
        encoder=encoder.fingerprint,
        scoring=weights.fingerprint,
        entries=len(base.entries),
        passages=len(passages(base)),
    )
    folder = index_dir / manifest.name
    if not folder.is_dir():
        index_dir.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=".building-", dir=index_dir))
        try:
            _save_searches(base, encoder, known=_current_vectors(index_dir, encoder), folder=aside)
            _copy_content(content, aside / CONTENT)
            weights.save(aside / SCORING_FILE)
            manifest.save(aside)
            _rename(aside, folder)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    point_to(folder)
    return folder


def _rename(aside: Path, folder: Path) -> None:
    try:
        aside.rename(folder)
    except OSError:
        if not folder.is_dir():  # else: another build has made the same meanwhile
            raise


def _save_searches(base: KnowledgeBase, encoder: Encoder, *, known: KnownVectors, folder: Path) -> None:
    found = passages(base)
    texts = [passage.text for passage in found]
    vectors = encode_new(texts, known, encoder)
    synonyms = Synonyms.of(base.synonyms)
    Searches.build(found, feature_table(base), encoder, synonyms=synonyms, vectors=vectors).save(folder)
    save_vectors(texts, vectors, folder)


def _current_vectors(index_dir: Path, encoder: Encoder) -> KnownVectors:
    """The vectors of the current index, where there is one that this encoder made."""
    try:
        folder = current_folder(index_dir)
        return known_vectors(folder) if Manifest.open(folder).encoder == encoder.fingerprint else {}
    except IndexingError:
        return {}


def _copy_content(content: Path, copies: Path) -> None:
    """A copy of the content goes with the index: a content file that breaks later can't stop a restart."""
    for path in content_files(content):
        copy = copies / path.relative_to(content)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)


def open_index(folder: Path, encoder: Encoder) -> SearchIndex:
    """The index of a folder. Raises IndexingError where it is broken or was made by another encoder."""
    manifest = Manifest.open(folder)
    if manifest.encoder != encoder.fingerprint:
        what = f"made by encoder {manifest.encoder}, but {encoder.fingerprint} is set"
        raise IndexingError(f"{folder}: {what}; run `radce index build`, or set RADCE_ENCODER back")
    base = load(folder / CONTENT)
    scoring = Scoring.open(folder / SCORING_FILE)
    try:
        searches = Searches.open(folder)
    except Exception as error:  # FAISS, NumPy and bm25s each have their own for a file that is cut off
        message = f"{folder}: a file is broken ({error}); delete the folder and run `radce index build`"
        raise IndexingError(message) from error
    return SearchIndex(base, Retriever(encoder, searches, feature_table(base), scoring), Suggester.of(base), manifest)


def feature_table(base: KnowledgeBase) -> FeatureTable:
    """The table that reads the features of the base's entries off passages' scores."""
    return FeatureTable(
        passages(base),
        vehicle_entries=frozenset(entry.id for entry in base.entries if entry.variants),
        country_entries=frozenset(entry.id for entry in base.entries if entry.show_contact),
    )
