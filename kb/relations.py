"""Checks that reach across files: ids that must exist, and things that must stand once only."""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain

from kb.draft import Draft
from kb.entry_check import EntryCheck
from kb.errors import Fault, FieldPath
from kb.knowledge_base import CONTACT_ENTRY
from kb.model import Language
from kb.variant_check import VariantCheck
from kb.vehicle_row_check import VehicleRowCheck


def relation_faults(draft: Draft) -> list[Fault]:
    """Every broken relation between the parts of the content; a part that could not be read is left out."""
    checks: tuple[Callable[[Draft], Iterator[Fault]], ...] = (
        _vehicle_faults,
        _shared_name_faults,
        _contact_faults,
        _country_faults,
        _topic_faults,
        _contradiction_faults,
        _subject_faults,
        _question_faults,
        _synonym_faults,
    )
    faults = list(chain.from_iterable(check(draft) for check in checks))
    if CONTACT_ENTRY not in draft.known_ids():
        faults.append(draft.fault("entries/", (), f"has no entry {CONTACT_ENTRY}", "restore it: replies need it"))
    for name, entry in draft.entries.items():
        faults += EntryCheck(draft, name, entry).faults()
        if draft.vehicles is not None:
            faults += VariantCheck(draft, name, entry, draft.vehicles).faults()
    return faults


def _twice(draft: Draft, name: str, rows: Sequence[tuple[FieldPath, str]]) -> Iterator[Fault]:
    seen: set[str] = set()
    for path, value in rows:
        if value in seen:
            yield draft.fault(name, path, f"{value} stands twice", "keep one")
        seen.add(value)


def _vehicle_faults(draft: Draft) -> Iterator[Fault]:
    if draft.vehicles is None:
        return
    name, vehicles = "vehicles.yaml", draft.vehicles
    yield from _twice(draft, name, [(("models", at, "id"), row.id) for at, row in enumerate(vehicles.models)])
    codes = [(("generations", at, "code"), row.code) for at, row in enumerate(vehicles.generations)]
    yield from _twice(draft, name, codes)
    for at, row in enumerate(vehicles.generations):
        if row.model not in vehicles.model_of:
            what = f"there is no model {row.model}"
            yield draft.fault(name, ("generations", at, "model"), what, "name a model of `models`")
        if row.last is not None and row.last < row.first:
            what = f"is before {row.first}, the first year"
            yield draft.fault(name, ("generations", at, "to"), what, "correct the years")


def _shared_name_faults(draft: Draft) -> Iterator[Fault]:
    if draft.vehicles is None:
        return
    listed = [("names", at, row.generations) for at, row in enumerate(draft.vehicles.names)]
    listed += [("signs", at, row.generations) for at, row in enumerate(draft.vehicles.signs)]
    for field, at, codes in listed:
        for code in codes:
            if code not in draft.vehicles.generation_of:
                what = f"there is no generation {code}"
                yield draft.fault("vehicles.yaml", (field, at, "generations"), what, "name a generation's code")


def _contact_faults(draft: Draft) -> Iterator[Fault]:
    contacts = draft.contacts or ()
    yield from _twice(draft, "contacts.yaml", [((at, "country"), row.country) for at, row in enumerate(contacts)])


def _country_faults(draft: Draft) -> Iterator[Fault]:
    for country in draft.countries or ():
        if len(country) != 2 or not (country.isascii() and country.isupper()):
            remedy = 'use ISO 3166-1 alpha-2: two capitals, "NO" in quotes'
            yield draft.fault("countries.yaml", (country,), "is no country code", remedy)


def _topic_faults(draft: Draft) -> Iterator[Fault]:
    topics = draft.topics or ()
    yield from _twice(draft, "topics.yaml", [((at, "id"), row.id) for at, row in enumerate(topics)])


def _contradiction_faults(draft: Draft) -> Iterator[Fault]:
    for at, row in enumerate(draft.contradictions or ()):
        for entry in sorted(set(row.entries) - draft.known_ids()):
            what = f"there is no entry {entry}"
            yield draft.fault("contradictions.yaml", (at, "entries"), what, "name an entry's id")
        if draft.source is not None and max(row.lines) > len(draft.source.lines):
            what = f"the source has {len(draft.source.lines)} lines, not {max(row.lines)}"
            yield draft.fault("contradictions.yaml", (at, "lines"), what, "correct the number")
        if draft.vehicles is not None:
            check = VehicleRowCheck(draft, "contradictions.yaml", draft.vehicles)
            for number, vehicles in enumerate(row.vehicles):
                yield from check.faults((at, "vehicles", number), vehicles)


def _subject_faults(draft: Draft) -> Iterator[Fault]:
    subjects = draft.out_of_scope or ()
    yield from _twice(draft, "out_of_scope.yaml", [((at, "id"), row.id) for at, row in enumerate(subjects)])


def _question_faults(draft: Draft) -> Iterator[Fault]:
    """A question leads to one entry, or to none."""
    for language in Language:
        owners: dict[str, str] = {}
        for name, path, text in _questions(draft, language):
            owner = owners.setdefault(text.casefold(), name)
            if owner != name:
                yield draft.fault(name, path, f"{text!r} stands in {owner}, too", "keep it where it is answered")


def _questions(draft: Draft, language: Language) -> Iterator[tuple[str, FieldPath, str]]:
    for name, entry in draft.entries.items():
        if name != f"entries/{entry.id}.yaml" and f"entries/{entry.id}.yaml" in draft.entries:
            continue  # a copy of that entry, told already
        yield name, ("question", language.value), entry.question.text(language)
        for at, text in enumerate(entry.alternates.texts(language)):
            yield name, ("alternates", language.value, at), text
    for number, subject in enumerate(draft.out_of_scope or ()):
        for at, text in enumerate(subject.texts(language)):
            yield "out_of_scope.yaml", (number, language.value, at), text


def _synonym_faults(draft: Draft) -> Iterator[Fault]:
    """What is said means one thing only, and what it means is said in the content."""
    seen: dict[str, str] = {}
    for language, meant in (draft.synonyms or {}).items():
        asked = "\n".join(text.casefold() for _, _, text in _questions(draft, language))
        is_whole = draft.out_of_scope is not None and not draft.unread.ids
        for means, said in meant.items():
            path: FieldPath = (language.value, means)
            if is_whole and means.casefold() not in asked:
                yield draft.fault("synonyms.yaml", path, "stands in no question", "use a word of the content")
            for at, phrase in enumerate(said):
                if not any(sign.isalnum() for sign in phrase):
                    yield draft.fault("synonyms.yaml", (*path, at), f"{phrase!r} has no letter", "write a word")
                other = seen.setdefault(phrase.casefold(), means)
                if other != means:
                    yield draft.fault("synonyms.yaml", (*path, at), f"{phrase!r} means {other}, too", "keep one")
