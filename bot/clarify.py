"""Questions back: which car, which year, which generation, with buttons to answer them."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.phrases import Phrases
from bot.reply import KnownVehicle, QuickReply
from bot.resolution import Ask, Missing, Outcome, possible_cars
from bot.state import VehicleSlot
from bot.year_words import EARLIEST, LATEST
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

    def question(self, ask: Ask) -> tuple[str, ...]:
        """The question, and for generations how to tell them apart."""
        texts = [self.phrases(f"ask_{ask.missing}", vehicle=self.describe(ask.slot))]
        if ask.missing in {Missing.GENERATION, Missing.DRIVE}:
            texts += [self.vehicles.generation_of[code].how_to_tell.text(self.language) for code in _generations(ask)]
        return tuple(texts)

    def quick_replies(self, entry: Entry, ask: Ask) -> tuple[QuickReply, ...]:
        """What the question can be answered with, "I don't know" last."""
        rows = list(self._choices(entry, ask))
        if ask.missing is not Missing.CONSISTENT_YEAR:
            rows.append(QuickReply(self.phrases("unknown_label"), self.phrases("unknown_message")))
        return tuple(rows)

    def _choices(self, entry: Entry, ask: Ask) -> Iterator[QuickReply]:
        match ask.missing:
            case Missing.MODEL:
                yield from self._models(entry, ask.cars)
            case Missing.YEAR:
                yield from self._years(entry, ask.cars)
            case Missing.CONSISTENT_YEAR:
                yield from self._contradicting(ask.slot or VehicleSlot())
            case _:
                yield from map(self._generation, _generations(ask))

    def _models(self, entry: Entry, cars: tuple[Car, ...]) -> Iterator[QuickReply]:
        """The models that the procedure holds for."""
        covered = {
            self.vehicles.generation_of[car.generation].model
            for car in cars
            if applicable_variants(self.vehicles, entry, car)
        }
        for model in self.vehicles.models:
            if model.id in covered:
                name = model.label().text(self.language)
                yield QuickReply(name, name)

    def _generation(self, code: str) -> QuickReply:
        generation = self.vehicles.generation_of[code]
        return QuickReply(generation.short.text(self.language), generation.name.text(self.language))

    def _contradicting(self, slot: VehicleSlot) -> Iterator[QuickReply]:
        """The model or generation that was said, and the year, where there was any car in it."""
        if len(slot.generations) == 1:
            yield self._generation(slot.generations[0])
        elif slot.generations:
            name = self._name(slot)
            yield QuickReply(name, name)
        if slot.year and possible_cars(self.vehicles, VehicleSlot((), slot.year, slot.year)):
            yield self._range(slot.year, slot.year)

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
        for first, last in ranges[-MOST_BUTTONS:]:
            if first < last and first == ranges[0][0] and by_year[first] == {frozenset()}:
                yield self._range(first, last, open_start=True)
            else:
                yield self._range(first, last, open_end=last == self.vehicles.latest_model_year)

    def _range(self, first: int, last: int, *, open_start: bool = False, open_end: bool = False) -> QuickReply:
        years = str(first) if first == last else f"{first}-{last}"
        label = years if first == last else self.phrases("range", first=str(first), last=str(last))
        if open_start:
            label = self.phrases("to", last=str(last))
        if open_end:
            label = self.phrases("from", first=str(first))
        return QuickReply(label, self.phrases("model_year_message", years=years))

    def describe(self, slot: VehicleSlot | None) -> str:
        """The car in words, as far as it is known."""
        if slot is None:
            return ""
        return " ".join(filter(None, (self._name(slot), self._years_said(slot))))

    def _years_said(self, slot: VehicleSlot) -> str:
        first, last = slot.first_year, slot.last_year
        if first is None or last is None:
            return ""
        if first == last:
            return str(first)
        if first == EARLIEST:
            return self.phrases("to", last=str(last))
        return self.phrases("from", first=str(first)) if last == LATEST else f"{first}-{last}"

    def _name(self, slot: VehicleSlot) -> str:
        if len(slot.generations) == 1:
            return self.vehicles.generation_of[slot.generations[0]].name.text(self.language)
        models = dict.fromkeys(self.vehicles.generation_of[code].model for code in self._codes(slot))
        return " / ".join(self.vehicles.model_of[model].label().text(self.language) for model in models)

    def known(self, slot: VehicleSlot | None) -> KnownVehicle | None:
        """The slot as the API tells it; None where not even the model is certain."""
        if slot is None or not slot.generations:
            return None
        codes = self._codes(slot)
        models = {self.vehicles.generation_of[code].model for code in codes}
        if len(models) > 1:
            return None
        return KnownVehicle(models.pop(), codes[0] if len(codes) == 1 else None, slot.year, _range_said(slot))

    def _codes(self, slot: VehicleSlot) -> tuple[str, ...]:
        """The generations that the slot's year leaves; all of them where it leaves none."""
        possible = tuple(dict.fromkeys(car.generation for car in possible_cars(self.vehicles, slot)))
        return possible if slot.generations and possible else slot.generations


def _generations(ask: Ask) -> tuple[str, ...]:
    """The generations that are still possible."""
    return tuple(dict.fromkeys(car.generation for car in ask.cars))


def _range_said(slot: VehicleSlot) -> tuple[int | None, int | None] | None:
    first, last = slot.first_year, slot.last_year
    if first is None or last is None or first == last:
        return None
    return (None if first == EARLIEST else first, None if last == LATEST else last)
