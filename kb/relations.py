"""Checks that reach across fields and files: ids, relations, variants and the vehicles they hold for."""

from collections.abc import Iterator
from dataclasses import dataclass

from kb.errors import Fault
from kb.fields import MenuPath
from kb.knowledge_base import CONTACT_ENTRY, KnowledgeBase
from kb.model import Entry, Language, Part, PartType, VehicleRow
from kb.variants import applicable_variants
from kb.vehicles import Car, Vehicles
from kb.yaml_file import FieldPath, YamlFile, field_name


@dataclass(frozen=True, slots=True)
class ContentFiles:
    """The files that were read, to say where a fault stands."""

    by_name: dict[str, YamlFile]

    def fault(self, name: str, path: FieldPath, what: str, remedy: str) -> Fault:
        """A fault in that file at that field."""
        file = self.by_name.get(name)
        if file is None:
            return Fault(name, 1, field_name(path), what, remedy)
        return file.fault(path, what, remedy)


def relation_faults(base: KnowledgeBase, files: ContentFiles) -> list[Fault]:
    """Every broken relation between the parts of the content."""
    faults = [*_vehicle_faults(base, files), *_contact_faults(base, files), *_country_faults(base, files)]
    faults += _file_faults(base, files)
    for entry in base.entries:
        faults += _EntryCheck(base, files, entry).faults()
    return faults


def _duplicates(names: list[str]) -> Iterator[tuple[int, str]]:
    for number, name in enumerate(names):
        if name in names[:number]:
            yield number, name


def _vehicle_faults(base: KnowledgeBase, files: ContentFiles) -> Iterator[Fault]:
    vehicles = base.vehicles
    for number, code in _duplicates([row.code for row in vehicles.generations]):
        yield files.fault("vehicles.yaml", ("generations", number, "code"), f"{code} stands twice", "keep one")
    for number, generation in enumerate(vehicles.generations):
        if generation.model not in vehicles.model_of:
            what = f"there is no model {generation.model}"
            yield files.fault("vehicles.yaml", ("generations", number, "model"), what, "name a model of `models`")
    for number, name in enumerate(vehicles.names):
        for code in name.generations:
            if code not in vehicles.generation_of:
                what = f"there is no generation {code}"
                yield files.fault("vehicles.yaml", ("names", number, "generations"), what, "name a generation's code")


def _contact_faults(base: KnowledgeBase, files: ContentFiles) -> Iterator[Fault]:
    for number, country in _duplicates([contact.country for contact in base.contacts]):
        yield files.fault("contacts.yaml", (number, "country"), f"{country} stands twice", "keep one row")


def _country_faults(base: KnowledgeBase, files: ContentFiles) -> Iterator[Fault]:
    for country in base.countries:
        if len(country) != 2 or not country.isupper():
            what = f"{country} is no country code"
            yield files.fault("countries.yaml", (country,), what, 'use ISO 3166-1 alpha-2, "NO" in quotes')


def _file_faults(base: KnowledgeBase, files: ContentFiles) -> Iterator[Fault]:
    for number, topic in _duplicates([topic.id for topic in base.topics]):
        yield files.fault("topics.yaml", (number, "id"), f"{topic} stands twice", "keep one")
    ids = {entry.id for entry in base.entries}
    for number, row in enumerate(base.contradictions):
        for entry in sorted(set(row.entries) - ids):
            remedy = "name an entry's id"
            yield files.fault("contradictions.yaml", (number, "entries"), f"there is no entry {entry}", remedy)
    if CONTACT_ENTRY not in ids:
        yield files.fault("entries/", (), f"there is no entry {CONTACT_ENTRY}", "restore it: replies need it")


class _EntryCheck:
    def __init__(self, base: KnowledgeBase, files: ContentFiles, entry: Entry) -> None:
        self.base = base
        self.entry = entry
        self.files = files
        self.name = self._file_name()

    def _file_name(self) -> str:
        name = f"entries/{self.entry.id}.yaml"
        if name in self.files.by_name:
            return name
        return next(
            (key for key, file in self.files.by_name.items()
             if isinstance(file.tree, dict) and file.tree.get("id") == self.entry.id),
            name,
        )  # fmt: skip

    def fault(self, path: FieldPath, what: str, remedy: str) -> Fault:
        return self.files.fault(self.name, path, what, remedy)

    def faults(self) -> Iterator[Fault]:
        yield from self._names()
        yield from self._alternates()
        yield from self._related()
        for path, part in self._parts():
            yield from self._part(path, part)
        yield from self._variants()

    def _names(self) -> Iterator[Fault]:
        entry = self.entry
        if self.name != f"entries/{entry.id}.yaml":
            yield self.fault(("id",), f"is {entry.id}, but the file is {self.name}", "make them the same")
        if sum(other.id == entry.id for other in self.base.entries) > 1:
            yield self.fault(("id",), f"{entry.id} stands in two files", "keep one")
        if entry.topic not in {topic.id for topic in self.base.topics}:
            yield self.fault(("topic",), f"there is no topic {entry.topic}", "name a topic of topics.yaml")
        if not entry.answer and not entry.variants:
            yield self.fault(("answer",), "is empty", "add a part")

    def _alternates(self) -> Iterator[Fault]:
        for language in Language:
            texts = [text.casefold() for text in self.entry.alternates.texts(language)]
            for number, text in _duplicates(texts):
                yield self.fault(("alternates", language.value, number), f"{text!r} stands twice", "keep one")

    def _related(self) -> Iterator[Fault]:
        known = self.base.entry_of
        for number, related in enumerate(self.entry.related):
            if related not in known or related == self.entry.id:
                yield self.fault(("related", number), f"there is no other entry {related}", "name an entry's id")

    def _parts(self) -> Iterator[tuple[FieldPath, Part]]:
        for number, part in enumerate(self.entry.answer):
            yield ("answer", number), part
        for place, variant in enumerate(self.entry.variants):
            yield ("variants", place, "label"), variant.label
            for number, part in enumerate(variant.answer):
                yield ("variants", place, "answer", number), part
        for number, part in enumerate(self.entry.closing):
            yield ("closing", number), part

    def _part(self, path: FieldPath, part: Part) -> Iterator[Fault]:
        for language in Language:
            text = part.text(language)
            if text == "" and (not part.hidden or part.original is language):
                yield self.fault((*path, language.value), "the language is missing", "add its text")
            elif text != "" and not _fits(part.type, text):
                yield self.fault((*path, language.value), f"is not what a {part.type.value} takes", "see docs/content.md")
        if bool(part.lines) != (part.original is not None):
            yield self.fault((*path, "lines"), "lines and original go together", "give both or neither")
        last = len(self.base.source_lines)
        for number in (*part.lines, *part.repeats):
            if number > last:
                yield self.fault((*path, "lines"), f"the source has {last} lines, not {number}", "correct the number")
        known = {variant.id for variant in self.entry.variants}
        if part.only_with != "all" and (unknown := set(part.only_with) - known):
            yield self.fault((*path, "only_with"), f"there is no variant {sorted(unknown)[0]}", "name a variant's id")

    def _variants(self) -> Iterator[Fault]:
        entry = self.entry
        for number, variant in _duplicates([variant.id for variant in entry.variants]):
            yield self.fault(("variants", number, "id"), f"{variant} stands twice", "use another id")
        if entry.ask_vehicle and not entry.variants:
            yield self.fault(("ask_vehicle",), "there are no variants to ask for", "add variants or remove it")
        for path, row in self._rows():
            yield from self._row(path, row)
        yield from self._unsatisfied()
        yield from self._undeclared_overlaps()

    def _rows(self) -> Iterator[tuple[FieldPath, VehicleRow]]:
        for place, variant in enumerate(self.entry.variants):
            for number, row in enumerate(variant.vehicles):
                yield ("variants", place, "vehicles", number), row
        for place, overlap in enumerate(self.entry.overlaps):
            for number, row in enumerate(overlap.vehicles):
                yield ("overlaps", place, "vehicles", number), row

    def _row(self, path: FieldPath, row: VehicleRow) -> Iterator[Fault]:
        vehicles = self.base.vehicles
        if sum(bool(field) for field in (row.generation, row.model, row.every_model_but)) != 1:
            yield self.fault(path, "names no vehicles", "give one of generation, model, every_model_but")
        if row.generation and row.generation not in vehicles.generation_of:
            what = f"there is no generation {row.generation}"
            yield self.fault((*path, "generation"), what, "name a generation of vehicles.yaml")
        for model in (*((row.model,) if row.model else ()), *row.every_model_but):
            if model not in vehicles.model_of:
                yield self.fault(path, f"there is no model {model}", "name a model of vehicles.yaml")

    def _unsatisfied(self) -> Iterator[Fault]:
        cars = list(self.base.vehicles.cars())
        for place, variant in enumerate(self.entry.variants):
            for number, row in enumerate(variant.vehicles):
                if not any(_holds(self.base.vehicles, car, row) for car in cars):
                    path = ("variants", place, "vehicles", number)
                    yield self.fault(path, "no vehicle satisfies this row", "correct generation or years")

    def _undeclared_overlaps(self) -> Iterator[Fault]:
        told: set[frozenset[str]] = set()
        for car in self.base.vehicles.cars():
            shown = applicable_variants(self.base.vehicles, self.entry, car, bare_year=car.year)
            if len(shown) < 2 or shown in told or self._declared(shown, car):
                continue
            told.add(shown)
            what = f"{' and '.join(sorted(shown))} both hold for {car.generation} of {car.year}"
            yield self.fault(("overlaps",), what, "correct the years, or declare the overlap")

    def _declared(self, shown: frozenset[str], car: Car) -> bool:
        return any(
            shown <= set(overlap.variants)
            and any(_holds(self.base.vehicles, car, row) for row in overlap.vehicles)
            for overlap in self.entry.overlaps
        )


def _holds(vehicles: Vehicles, car: Car, row: VehicleRow) -> bool:
    return vehicles.satisfies(car, row, bare_year=car.year)


def _fits(kind: PartType, text: str | tuple[str, ...] | MenuPath) -> bool:
    if kind is PartType.MENU_PATH:
        return isinstance(text, MenuPath)
    if kind in {PartType.STEPS, PartType.LIST}:
        return isinstance(text, tuple)
    return isinstance(text, str)

