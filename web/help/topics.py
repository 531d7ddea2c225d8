"""The topics with their entries, in the order in which the help lists them."""

from kb.knowledge_base import KnowledgeBase
from kb.model import Entry, Topic


def entries_by_topic(base: KnowledgeBase) -> list[tuple[Topic, list[Entry]]]:
    """Every topic that has entries, with them: what is asked most first, else in the order of the source."""
    entries = sorted(base.entries, key=lambda entry: (-entry.asked, _first_line(entry)))
    rows = [(topic, [entry for entry in entries if entry.topic == topic.id]) for topic in base.topics]
    return [row for row in rows if row[1]]


def _first_line(entry: Entry) -> int:
    return min((line for part in entry.parts() for line in part.lines), default=0)
