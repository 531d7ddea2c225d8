"""What `radce kb lint` reports: counts, the source's own contradictions, overlaps of procedures."""

from dataclasses import dataclass

from kb.knowledge_base import KnowledgeBase
from kb.model import VehicleRow


@dataclass(frozen=True, slots=True)
class LintReport:
    """The state of a content folder that has no faults."""

    version: str
    entries: int
    contacts: int
    source_lines: int
    contradictions: tuple[str, ...]
    overlaps: tuple[str, ...]


def lint(base: KnowledgeBase) -> LintReport:
    """The report on a knowledge base; loading it has already proved the coverage of the source."""
    return LintReport(
        version=base.version,
        entries=len(base.entries),
        contacts=len(base.contacts),
        source_lines=sum(bool(line.strip()) for line in base.source_lines),
        contradictions=tuple(_contradictions(base)),
        overlaps=tuple(_overlaps(base)),
    )


def _contradictions(base: KnowledgeBase) -> list[str]:
    rows = []
    for row in base.contradictions:
        lines, entries = ", ".join(map(str, row.lines)), ", ".join(row.entries)
        rows.append(f"lines {lines} ({entries}): {row.what.en} Followed: {row.followed.en}")
    return rows


def _overlaps(base: KnowledgeBase) -> list[str]:
    rows = []
    for entry in base.entries:
        for overlap in entry.overlaps:
            cars = ", ".join(map(_vehicles, overlap.vehicles))
            rows.append(f"{entry.id}: {' and '.join(overlap.variants)} both hold for {cars}")
    return rows


def _vehicles(row: VehicleRow) -> str:
    name = row.generation or row.model or f"every model but {', '.join(row.every_model_but)}"
    return f"{name} {row.first or ''}-{row.last or ''}"
