"""Index folders on disk: built aside, renamed when whole, and opened through a pointer to the current one."""

import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.encoder import Encoder
from index.errors import IndexingError
from index.features import FeatureTable
from index.manifest import FORMAT, Manifest
from index.passages import Passage, PassageKind, passages
from index.pointer import current_folder, point_to
from index.retriever import Retriever, Searches
from index.scoring import FILE_NAME as SCORING_FILE
from index.scoring import Scoring
from index.suggest import Suggester
from index.synonyms import Synonyms
from index.vectors import KnownVectors, encode_new, known_vectors, save_vectors
from kb.knowledge_base import KnowledgeBase
from kb.saved import load_saved, save

# The content in an index folder: a content file that breaks later can't stop a restart.
CONTENT = "content.json"
BUNDLED_SCORING = Path(__file__).parent / SCORING_FILE


@dataclass(frozen=True, slots=True)
class SearchIndex:
    """An open index: the knowledge base it was made of, the search over it, and the completion of its questions.

    `entries_having`: the ids of the entries whose passages have each stem.
    """

    folder: Path
    base: KnowledgeBase
    passages: tuple[Passage, ...]
    entries_having: Mapping[str, frozenset[str]]
    retriever: Retriever
    suggester: Suggester
    manifest: Manifest


def build(
    content: Path,
    index_dir: Path,
    encoder: Encoder,
    *,
    scoring: Path = BUNDLED_SCORING,
    keep: Callable[[KnowledgeBase, Path], None] | None = None,
) -> Path:
    """The index folder of a content folder, made current; one that exists already is not built again.

    `keep`: puts what else is to be kept into the folder before it becomes current.

    Raises KbError with every fault of the content; the current index then stays as it is.
    """
    from kb.load import load  # with YAML and all checks, which opening does without

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
            save(base, aside / CONTENT)
            weights.save(aside / SCORING_FILE)
            manifest.save(aside)
            _rename(aside, folder)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    if keep:
        keep(base, folder)
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
    table = feature_table(base, found)
    Searches.build(found, table, encoder, synonyms=synonyms, vectors=vectors).save(folder)
    save_vectors(texts, vectors, folder)


def _current_vectors(index_dir: Path, encoder: Encoder) -> KnownVectors:
    """The vectors of the current index, where there is one that this encoder made."""
    try:
        folder = current_folder(index_dir)
        return known_vectors(folder) if Manifest.open(folder).encoder == encoder.fingerprint else {}
    except IndexingError:
        return {}


def open_index(folder: Path, encoder: Encoder) -> SearchIndex:
    """The index of a folder. Raises IndexingError where it is broken or was made by another encoder."""
    manifest = Manifest.open(folder)
    if manifest.encoder != encoder.fingerprint:
        what = f"made by encoder {manifest.encoder}, but {encoder.fingerprint} is set"
        raise IndexingError(f"{folder}: {what}; run `radce index build`, or set RADCE_ENCODER back")
    scoring = Scoring.open(folder / SCORING_FILE)
    try:
        base, searches = load_saved(folder / CONTENT), Searches.open(folder)
    except Exception as error:  # FAISS and NumPy each have their own for a file that is cut off
        message = f"{folder}: a file is broken ({error}); delete the folder and run `radce index build`"
        raise IndexingError(message) from error
    found = passages(base)
    entries = [None if row.kind is PassageKind.OUTSIDE else row.entry_id for row in found]
    return SearchIndex(
        folder,
        base,
        tuple(found),
        searches.lexical.groups_having_stems(entries),
        Retriever(encoder, searches, feature_table(base, found), scoring),
        Suggester.of(base),
        manifest,
    )


def feature_table(base: KnowledgeBase, found: Sequence[Passage]) -> FeatureTable:
    """The table that reads the features of the base's entries off its passages' scores."""
    return FeatureTable(
        found,
        vehicle_entries=frozenset(entry.id for entry in base.entries if entry.variants),
        country_entries=frozenset(entry.id for entry in base.entries if entry.show_contact),
    )
