"""What an index folder holds, as `radce index inspect` tells it."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from index.errors import IndexingError
from index.manifest import Manifest
from index.passages import passages
from index.scoring import FILE_NAME as SCORING_FILE
from index.scoring import Scoring
from index.store import CONTENT
from kb.knowledge_base import KnowledgeBase
from kb.saved import load_saved


@dataclass(frozen=True, slots=True)
class PassageCount:
    """How many passages of a kind the index has in a language."""

    kind: str
    language: str
    passages: int


@dataclass(frozen=True, slots=True)
class IndexReport:
    """The state of an index folder; `size` in bytes."""

    folder: str
    size: int
    manifest: Manifest
    passages: tuple[PassageCount, ...]
    scoring: Scoring


def report(folder: Path) -> IndexReport:
    """The report on an index folder; no encoder is needed. Raises IndexingError where it is broken."""
    manifest = Manifest.open(folder)
    counts = Counter((passage.kind.value, passage.language.value) for passage in passages(_content(folder)))
    return IndexReport(
        folder=str(folder),
        size=sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()),
        manifest=manifest,
        passages=tuple(PassageCount(kind, language, count) for (kind, language), count in counts.items()),
        scoring=Scoring.open(folder / SCORING_FILE),
    )


def _content(folder: Path) -> KnowledgeBase:
    try:
        return load_saved(folder / CONTENT)
    except (OSError, ValueError) as error:
        raise IndexingError(f"{folder / CONTENT}: {error}; run `radce index build`") from error
