"""Proof that the entries hold the whole source, letter by letter.

Texts are compared after removing white space (no-break spaces too), bullets, numbering at the start of a line
and the separators between menu words; everything else must be the source's own.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from kb.draft import Draft, Source
from kb.errors import Fault, FieldPath
from kb.fields import MenuPath, Phrasing
from kb.model import Contact, Mend, Part

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


def coverage_faults(draft: Draft) -> list[Fault]:
    """Source texts that differ from their lines, and lines that no entry holds whole."""
    return [] if draft.source is None else list(_Coverage(draft, draft.source).faults())


@dataclass(frozen=True, slots=True)
class _Letters:
    """The compared characters of some lines, and the places of the source that each stands for."""

    text: str
    owners: tuple[Owners, ...]

    def mended(self, mend: Mend) -> "_Letters":
        """With a slip put right; the mended characters own the places of all of the slip."""
        slip, text = normalise(mend.source), normalise(mend.text)
        start = self.text.find(slip)
        if start < 0:
            return self
        end = start + len(slip)
        places = tuple(chain(*self.owners[start:end]))
        owners = (*self.owners[:start], *((places,) * len(text)), *self.owners[end:])
        return _Letters(self.text[:start] + text + self.text[end:], owners)

    def common(self, wanted: str) -> int:
        """How many characters of a text stand here in a row, from its beginning."""
        return next((size for size in range(len(wanted), 0, -1) if wanted[:size] in self.text), 0)


class _Coverage:
    def __init__(self, draft: Draft, source: Source) -> None:
        self.draft = draft
        self.source = source
        self.held = {number: [False] * len(normalise(line)) for number, line in enumerate(source.lines, start=1)}
        self.told: set[int] = set()

    def faults(self) -> Iterator[Fault]:
        for name, entry in self.draft.entries.items():
            for path, part in entry.placed_parts():
                yield from self._part(name, path, part)
        for number, contact in enumerate(self.draft.contacts or ()):
            yield from self._contact(number, contact)
        yield from self._lines_not_held()

    def _part(self, name: str, path: FieldPath, part: Part) -> Iterator[Fault]:
        lines = (*part.lines, *part.repeats)
        text = normalise(flatten(part.text(part.original))) if part.original else ""
        if part.original is None or not part.lines or not text or not set(lines) <= set(self.held):
            self.told |= set(lines)  # told by the checks of the entry
            return
        for mend in part.mends:
            if normalise(mend.source) not in self._letters(lines).text:
                what = f"has {mend.source!r}, which its lines don't have"
                yield self.draft.fault(name, (*path, "mends"), what, "remove the mend, or copy the slip")
        for group in (part.lines, *((number,) for number in part.repeats)):
            letters = self._letters(group, part.mends)
            if not self._hold(letters, text):
                self.told |= set(group)
                yield self._difference(name, (*path, part.original.value), group, text, letters.common(text))

    def _difference(self, name: str, path: FieldPath, lines: tuple[int, ...], text: str, same: int) -> Fault:
        where = f"after {text[max(0, same - 20) : same]!r}" if same else "from its beginning"
        what = (
            f"differs from source line {', '.join(map(str, lines))} {where}: "
            f"{text[same : same + 20]!r} (white space left out)"
        )
        remedy = "copy it letter by letter, or give the slip of the source in `mends`"
        return self.draft.fault(name, path, what, remedy)

    def _contact(self, number: int, contact: Contact) -> Iterator[Fault]:
        remedy = "copy line, name and address from the source"
        if contact.line not in self.held:
            what = f"the source has {len(self.held)} lines, not {contact.line}"
            yield self.draft.fault("contacts.yaml", (number, "line"), what, remedy)
            return
        letters = self._letters((contact.line,))
        text = normalise(f"{contact.name}: {contact.email}")
        if text != letters.text or not self._hold(letters, text):
            self.told.add(contact.line)
            what = f"{contact.name} or its address differs from source line {contact.line}"
            yield self.draft.fault("contacts.yaml", (number, "email"), what, remedy)

    def _letters(self, lines: tuple[int, ...], mends: tuple[Mend, ...] = ()) -> _Letters:
        rows = [(number, normalise(self.source.lines[number - 1])) for number in lines]
        owners = tuple(((number, place),) for number, row in rows for place in range(len(row)))
        letters = _Letters("".join(row for _, row in rows), owners)
        for mend in mends:
            letters = letters.mended(mend)
        return letters

    def _hold(self, letters: _Letters, text: str) -> bool:
        """Mark the text's characters as held, in each place where it stands; False where it does not."""
        start = letters.text.find(text)
        if start < 0:
            return False
        while start >= 0:
            for number, place in chain(*letters.owners[start : start + len(text)]):
                self.held[number][place] = True
            start = letters.text.find(text, start + 1)
        return True

    def _lines_not_held(self) -> Iterator[Fault]:
        for number, held in self.held.items():
            line = normalise(self.source.lines[number - 1])
            unread = number in self.draft.unread.lines or (self.draft.contacts is None and "@" in line)
            if all(held) or unread or number in self.told or number in self.source.not_held:
                continue
            missing = "".join(letter for letter, is_held in zip(line, held, strict=True) if not is_held)
            what = f"is held by no entry: {missing[:80]!r} (white space left out)"
            yield Fault(self.source.name, number, "line", what, "give the text to a part, shown or hidden")
