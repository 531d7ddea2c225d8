"""Entries and vehicles as the API tells them."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict

from bot.compose import Composer
from bot.resolution import show
from kb.knowledge_base import KnowledgeBase
from kb.model import Bilingual, Entry, Language, Overlap, Part, Variant, VehicleRow
from kb.vehicles import Generation, Vehicles

Fields = dict[str, object]
Composers = Mapping[Language, Composer]


def entry_row(entry: Entry) -> Fields:
    """An entry in a list."""
    return {
        "entry_id": entry.id,
        "topic": entry.topic,
        "question": _both(entry.question),
        "has_variants": bool(entry.variants),
    }


def entry_fields(base: KnowledgeBase, composers: Composers, entry: Entry) -> Fields:
    """Everything that is shown of an entry for any vehicle, in both languages, and the source lines behind it."""
    everything = show(entry, frozenset(variant.id for variant in entry.variants))
    origins = {
        language.value: composer.source(entry, everything).origin.value for language, composer in composers.items()
    }
    return {
        "kb_version": base.version,
        **entry_row(entry),
        "origin": origins,
        "asks_vehicle": entry.ask_vehicle,
        "shows_contact": entry.show_contact,
        "answer": _parts_fields(composers, entry.answer),
        "variants": [_variant_fields(composers, variant) for variant in entry.variants],
        "overlaps": [_overlap_fields(overlap) for overlap in entry.overlaps],
        "closing": _parts_fields(composers, entry.closing),
        "source_lines": _source_lines(base, entry),
        "related": [_related_row(base.entry_of[entry_id]) for entry_id in entry.related],
    }


def _related_row(entry: Entry) -> Fields:
    return {"entry_id": entry.id, "question": _both(entry.question)}


def _parts_fields(composers: Composers, parts: Iterable[Part]) -> Fields:
    """The parts that are shown, by language: blocks as in replies, with where their text comes from.

    `only_with`: the variants with which a part is shown ("all": only with all of them); none: always.
    """
    shown = [part for part in parts if not part.hidden]
    return {
        language.value: [
            {
                **asdict(composer.part(part)),
                "origin": part.origin(language).value,
                "lines": list(part.lines),
                "only_with": part.only_with if isinstance(part.only_with, str) else list(part.only_with),
            }
            for part in shown
        ]
        for language, composer in composers.items()
    }


def _variant_fields(composers: Composers, variant: Variant) -> Fields:
    return {
        "variant_id": variant.id,
        "label": {language.value: composer.label(variant) for language, composer in composers.items()},
        "vehicles": [_vehicle_row(row) for row in variant.vehicles],
        "blocks": _parts_fields(composers, variant.answer),
    }


def _vehicle_row(row: VehicleRow) -> Fields:
    """The vehicles of a row, by the names of docs/content.md; a year that is null is open."""
    return {
        "generation": row.generation,
        "model": row.model,
        "every_model_but": list(row.every_model_but),
        "from": row.first,
        "to": row.last,
        "year_from": row.year_first,
        "year_to": row.year_last,
    }


def _overlap_fields(overlap: Overlap) -> Fields:
    return {
        "variants": list(overlap.variants),
        "vehicles": [_vehicle_row(row) for row in overlap.vehicles],
        "how_to_tell": _both(overlap.how_to_tell),
    }


def _source_lines(base: KnowledgeBase, entry: Entry) -> list[Fields]:
    numbers = sorted({line for part in entry.parts() for line in (*part.lines, *part.repeats)})
    return [{"line": number, "text": base.source_lines[number - 1]} for number in numbers]


def vehicles_fields(vehicles: Vehicles) -> Fields:
    """Models with their generations, as `model`, `generation` and `model_year` of requests name them."""
    models = [
        {
            "model": model.id,
            "name": _both(model.label()),
            "generations": [
                _generation_fields(vehicles, generation)
                for generation in vehicles.generations
                if generation.model == model.id
            ],
        }
        for model in vehicles.models
    ]
    return {"latest_model_year": vehicles.latest_model_year, "models": models}


def _generation_fields(vehicles: Vehicles, generation: Generation) -> Fields:
    return {
        "generation": generation.code,
        "codes": list(generation.codes),
        "name": _both(generation.name),
        "short": _both(generation.short),
        "how_to_tell": _both(generation.how_to_tell),
        "first_model_year": generation.first,
        "last_model_year": vehicles.last_year(generation.code),
        "still_built": generation.last is None,
        "electric": generation.electric,
    }


def _both(text: Bilingual) -> Fields:
    return {language.value: text.text(language) for language in Language}
