"""Proof that the entries hold the whole source, letter by letter.

Texts are compared after removing white space (no-break spaces too), bullets, numbering at the start of a line
and the separators between menu words; everything else must be the source's own.
"""

import re
from collections.abc import Iterator
from itertools import chain

from kb.errors import Fault
from kb.fields import MenuPath, Phrasing
from kb.knowledge_base import KnowledgeBase
from kb.model import Part
from kb.relations import ContentFiles

# The page's title and a footer: no answer.
NOT_HELD = frozenset({1, 287})

_NUMBERING = re.compile(r"^\s*\d+\)\s", re.MULTILINE)
_IGNORED = re.compile(r"[\s•▶>]+")


# The places (line, character) in the source that one compared character stands for.
Owners = tuple[tuple[int, int], ...]


def normalise(text: str) -> str:
    """The characters that count when a text is compared with the source."""
    return _IGNORED.sub("", _NUMBERING.sub("", text))


def flatten(text: Phrasing) -> str:
    """A part's text as one string, in the order in which the source has it."""
    if isinstance(text, MenuPath):
        return "\n".join((text.before, *text.path, text.after))
    return text if isinstance(text, str) else "\n".join(text)


def coverage_faults(base: KnowledgeBase, files: ContentFiles) -> list[Fault]:
    """Source texts that differ from their lines, and lines that no entry holds whole."""
    return list(_Coverage(base, files).faults())


class _Coverage:
    def __init__(self, base: KnowledgeBase, files: ContentFiles) -> None:
        self.base = base
        self.files = files
        self.held: dict[int, list[bool]] = {
            number: [False] * len(normalise(line)) for number, line in enumerate(base.source_lines, start=1)
        }

    def faults(self) -> Iterator[Fault]:
        for entry in self.base.entries:
            for part in entry.parts():
                yield from self._part(f"entries/{entry.id}.yaml", part)
        for number, contact in enumerate(self.base.contacts):
            if not self._hold((contact.line,), f"{contact.name}: {contact.email}", whole=True):
                what = f"{contact.name} or its address differs from source line {contact.line}"
                yield self.files.fault("contacts.yaml", (number, "email"), what, "copy both from the source")
        yield from self._lines_not_held()

    def _part(self, file: str, part: Part) -> Iterator[Fault]:
        if part.original is None:
            return
        text = flatten(part.text(part.original))
        for lines in (part.lines, *((number,) for number in part.repeats)):
            if not self._hold(lines, text, part=part):
                what = f"{text[:60]!r} differs from source line {', '.join(map(str, lines))}"
                remedy = "copy it letter by letter, or add `mends` for a slip of the source"
                yield Fault(file, self._line_in_file(file, text), part.original.value, what, remedy)

    def _line_in_file(self, file: str, text: str) -> int:
        """The line of the content file on which the text begins."""
        yaml_file = self.files.by_name[file]
        start = text.split("\n")[0][:20]
        for path, line in yaml_file.lines.items():
            value: object = yaml_file.tree
            for step in path:
                value = value[step] if isinstance(value, (dict, list)) else None  # type: ignore[index]
            if isinstance(value, str) and start and value.strip().startswith(start):
                return line
        return 1

    def _hold(self, lines: tuple[int, ...], text: str, *, part: Part | None = None, whole: bool = False) -> bool:
        """Mark the text's characters in its lines as held; False where they do not stand there."""
        source = "".join(normalise(self.base.source_lines[number - 1]) for number in lines)
        owners: list[Owners] = [
            ((number, place),)
            for number in lines
            for place in range(len(normalise(self.base.source_lines[number - 1])))
        ]
        for mend in part.mends if part else ():
            source, owners = _mended(source, owners, normalise(mend.source), normalise(mend.text))
        wanted = normalise(text)
        start = source.find(wanted)
        if not wanted or start < 0 or (whole and len(wanted) != len(source)):
            return False
        while start >= 0:  # a sentence that stands twice in its lines is held in both places
            for number, place in chain(*owners[start : start + len(wanted)]):
                self.held[number][place] = True
            start = source.find(wanted, start + 1)
        return True

    def _lines_not_held(self) -> Iterator[Fault]:
        for number, held in self.held.items():
            if number in NOT_HELD or all(held):
                continue
            line = normalise(self.base.source_lines[number - 1])
            missing = "".join(letter for letter, is_held in zip(line, held, strict=True) if not is_held)
            what = f"is not held by any entry: {missing[:80]!r} (without spaces)"
            yield Fault("source", number, "line", what, "give the text to a part, shown or hidden")


def _mended(source: str, owners: list[Owners], slip: str, text: str) -> tuple[str, list[Owners]]:
    """The source with a slip put right; the mended characters own the places of all of the slip."""
    start = source.find(slip)
    if start < 0 or not text:
        return source, owners
    end = start + len(slip)
    places = tuple(chain(*owners[start:end]))
    return source[:start] + text + source[end:], owners[:start] + [places] * len(text) + owners[end:]
