"""What `radce kb lint` reports: counts, the source's own contradictions, overlaps of procedures."""

from dataclasses import dataclass

from kb.knowledge_base import KnowledgeBase


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
    return [
        f"lines {', '.join(map(str, row.lines))} ({', '.join(row.entries)}): {row.what} Followed: {row.followed}"
        for row in base.contradictions
    ]


def _overlaps(base: KnowledgeBase) -> list[str]:
    rows = []
    for entry in base.entries:
        for overlap in entry.overlaps:
            cars = ", ".join(
                f"{row.generation or row.model} {row.first or ''}-{row.last or ''}" for row in overlap.vehicles
            )
            rows.append(f"{entry.id}: {' and '.join(overlap.variants)} both hold for {cars}")
    return rows
