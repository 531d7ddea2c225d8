"""Questions back: which car, which year, which generation, with buttons to answer them."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.phrases import Phrases
from bot.reply import KnownVehicle, QuickReply
from bot.resolution import Ask, Missing, Outcome
from bot.state import VehicleSlot
from kb.model import Entry, Language
from kb.variants import applicable_variants
from kb.vehicles import Car, Vehicles

# Models that a customer is offered first; others can be typed.
MOST_BUTTONS = 8


@dataclass(frozen=True, slots=True)
class Clarifier:
    """Words and buttons of questions about the car, in one language."""

    vehicles: Vehicles
    phrases: Phrases
    language: Language

    def question(self, ask: Ask, slot: VehicleSlot | None) -> tuple[str, ...]:
        """The question, and for generations how to tell them apart."""
        texts = [self.phrases(f"ask_{ask.missing}", vehicle=self.describe(slot))]
        if ask.missing is Missing.GENERATION:
            texts += [
                self.vehicles.generation_of[code].how_to_tell.text(self.language)
                for code in dict.fromkeys(car.generation for car in ask.cars)
            ]
        return tuple(texts)

    def quick_replies(self, entry: Entry, ask: Ask, slot: VehicleSlot | None) -> tuple[QuickReply, ...]:
        """What the question can be answered with, "I don't know" last."""
        rows = list(self._choices(entry, ask, slot))
        if ask.missing is not Missing.CONSISTENT_YEAR:
            rows.append(QuickReply(self.phrases("unknown_label"), self.phrases("unknown_message")))
        return tuple(rows)

    def _choices(self, entry: Entry, ask: Ask, slot: VehicleSlot | None) -> Iterator[QuickReply]:
        if ask.missing is Missing.MODEL:
            yield from self._models(entry)
        elif ask.missing is Missing.YEAR:
            yield from self._years(entry, ask.cars)
        else:
            codes = dict.fromkeys(car.generation for car in ask.cars) or (slot.generations if slot else ())
            for code in codes:
                generation = self.vehicles.generation_of[code]
                yield QuickReply(generation.short.text(self.language), generation.name.text(self.language))

    def _models(self, entry: Entry) -> Iterator[QuickReply]:
        """The models that the procedure holds for, and those that are built before them."""
        covered = {
            self.vehicles.generation_of[car.generation].model
            for car in self.vehicles.cars()
            if applicable_variants(self.vehicles, entry, car)
        }
        for model in self.vehicles.models:
            if model.id in covered:
                name = model.label().text(self.language)
                yield QuickReply(name, name)

    def _years(self, entry: Entry, cars: tuple[Car, ...]) -> Iterator[QuickReply]:
        """Ranges of model years in which the same variants hold."""
        by_year: dict[int, set[Outcome]] = {}
        for car in sorted(cars, key=lambda car: car.year):
            by_year.setdefault(car.year, set()).add(applicable_variants(self.vehicles, entry, car))
        ranges: list[tuple[int, int]] = []
        for year, held in by_year.items():
            if ranges and ranges[-1][1] == year - 1 and by_year[ranges[-1][0]] == held:
                ranges[-1] = (ranges[-1][0], year)
            else:
                ranges.append((year, year))
        for number, (first, last) in enumerate(ranges[-MOST_BUTTONS:]):
            is_last = number == len(ranges[-MOST_BUTTONS:]) - 1
            yield self._range(first, last, open_end=is_last and last == self.vehicles.latest_model_year)

    def _range(self, first: int, last: int, *, open_end: bool) -> QuickReply:
        years = str(first) if first == last else f"{first}-{last}"
        label = years if first == last else self.phrases("range", first=str(first), last=str(last))
        if open_end:
            label = self.phrases("from", first=str(first))
        return QuickReply(label, self.phrases("model_year_message", years=years))

    def describe(self, slot: VehicleSlot | None) -> str:
        """The car in words, as far as it is known."""
        if slot is None:
            return ""
        name = self._name(slot)
        years = str(slot.year) if slot.year else f"{slot.first_year}-{slot.last_year}" if slot.first_year else ""
        return " ".join(filter(None, (name, years)))

    def _name(self, slot: VehicleSlot) -> str:
        if len(slot.generations) == 1:
            return self.vehicles.generation_of[slot.generations[0]].name.text(self.language)
        models = dict.fromkeys(self.vehicles.generation_of[code].model for code in slot.generations)
        return " / ".join(self.vehicles.model_of[model].label().text(self.language) for model in models)

    def known(self, slot: VehicleSlot | None) -> KnownVehicle | None:
        """The slot as the API tells it; None where not even the model is certain."""
        if slot is None or not slot.generations:
            return None
        models = {self.vehicles.generation_of[code].model for code in slot.generations}
        if len(models) > 1:
            return None
        generation = slot.generations[0] if len(slot.generations) == 1 else None
        return KnownVehicle(models.pop(), generation, slot.year)
