"""Checks of one entry: its names, its questions, its parts and the entries it refers to."""

from collections.abc import Iterator
from dataclasses import dataclass

from kb.draft import Draft
from kb.errors import Fault, FieldPath
from kb.fields import MenuPath, Phrasing
from kb.model import Entry, Language, Part, PartType

_TAKES = {
    PartType.PARAGRAPH: "a text",
    PartType.NOTE: "a text",
    PartType.STEPS: "a list of texts",
    PartType.LIST: "a list of texts",
    PartType.MENU_PATH: "{before, path, after}",
}


@dataclass(frozen=True, slots=True)
class EntryCheck:
    """Checks one entry, which stands in the file of that name."""

    draft: Draft
    name: str
    entry: Entry

    def faults(self) -> Iterator[Fault]:
        """Everything that is wrong with the entry, but for its vehicles."""
        yield from self._names()
        yield from self._alternates()
        yield from self._related()
        for path, part in self.entry.placed_parts():
            yield from self._texts(path, part)
            yield from self._lines(path, part)
            yield from self._condition(path, part)

    def _fault(self, path: FieldPath, what: str, remedy: str) -> Fault:
        return self.draft.fault(self.name, path, what, remedy)

    def _names(self) -> Iterator[Fault]:
        entry, stem = self.entry, self.name.removeprefix("entries/").removesuffix(".yaml")
        if entry.id != stem:
            taken = f", and {entry.id} is another file's" if f"entries/{entry.id}.yaml" in self.draft.files else ""
            what = f"is {entry.id}, but the file is named {stem}{taken}"
            yield self._fault(("id",), what, "make the two the same")
        topics = self.draft.topics
        if topics is not None and entry.topic not in {topic.id for topic in topics}:
            yield self._fault(("topic",), f"there is no topic {entry.topic}", "name a topic of topics.yaml")
        if not entry.answer and not entry.variants:
            yield self._fault(("answer",), "is missing", "add a part")
        if entry.ask_vehicle and not entry.variants:
            yield self._fault(("ask_vehicle",), "has no variants to ask for", "add variants or remove it")

    def _alternates(self) -> Iterator[Fault]:
        for language in Language:
            seen = {self.entry.question.text(language).casefold()}
            for number, text in enumerate(self.entry.alternates.texts(language)):
                if text.casefold() in seen:
                    path = ("alternates", language.value, number)
                    yield self._fault(path, f"{text!r} stands twice", "keep one")
                seen.add(text.casefold())

    def _related(self) -> Iterator[Fault]:
        others = self.draft.known_ids() - {self.entry.id}
        for number, related in enumerate(self.entry.related):
            if related not in others:
                yield self._fault(("related", number), f"there is no other entry {related}", "name an entry's id")

    def _texts(self, path: FieldPath, part: Part) -> Iterator[Fault]:
        for language in Language:
            text = part.text(language)
            if text == "" and (not part.hidden or part.original is language):
                yield self._fault((*path, language.value), "is missing", "add the text in this language")
            elif text != "" and not _fits(part.type, text):
                what = f"is not what a part of type {part.type.value} takes"
                yield self._fault((*path, language.value), what, f"write {_TAKES[part.type]}")

    def _lines(self, path: FieldPath, part: Part) -> Iterator[Fault]:
        if bool(part.lines) != (part.original is not None):
            field = "lines" if part.lines else "original"
            yield self._fault((*path, field), "stands alone", "give both lines and original, or neither")
        if self.draft.source is None:
            return
        last = len(self.draft.source.lines)
        for field, numbers in (("lines", part.lines), ("repeats", part.repeats)):
            if beyond := [number for number in numbers if number > last]:
                what = f"the source has {last} lines, not {beyond[0]}"
                yield self._fault((*path, field), what, "correct the number")

    def _condition(self, path: FieldPath, part: Part) -> Iterator[Fault]:
        known = {variant.id for variant in self.entry.variants}
        for unknown in () if part.only_with == "all" else sorted(set(part.only_with) - known):
            yield self._fault((*path, "only_with"), f"there is no variant {unknown}", "name a variant's id")


def _fits(kind: PartType, text: Phrasing) -> bool:
    if kind is PartType.MENU_PATH:
        return isinstance(text, MenuPath)
    return isinstance(text, tuple if kind in {PartType.STEPS, PartType.LIST} else str)
