"""What a conversation knows, as a fold over events: pure, replayable, and one versioned JSON."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache, reduce

from pydantic import TypeAdapter, ValidationError

from kb.model import STRICT, Language
from kb.vehicles import YearKind

VERSION = 1


class Asked(StrEnum):
    """What the conversation waits for."""

    VEHICLE = "vehicle"
    COUNTRY = "country"


@dataclass(frozen=True, slots=True)
class VehicleSlot:
    """The customer's car: the generations that it can be (none: any), and its year or years."""

    __pydantic_config__ = STRICT
    generations: tuple[str, ...] = ()
    first_year: int | None = None
    last_year: int | None = None
    year_kind: YearKind = YearKind.BARE

    @property
    def year(self) -> int | None:
        """The one year that was said."""
        return self.first_year if self.first_year == self.last_year else None


@dataclass(frozen=True, slots=True)
class LanguageSet:
    """The language of the conversation was decided; `wished`: the customer asked for it."""

    language: Language
    wished: bool = False


@dataclass(frozen=True, slots=True)
class VehicleSet:
    """A car was named (None: forgotten); `others`: the customer's other cars, which are asked about as well.

    `first_car`: the one that was known, where this is "my other car" or "my wife's".
    """

    vehicle: VehicleSlot | None
    others: tuple[VehicleSlot, ...] = ()
    first_car: VehicleSlot | None = None


@dataclass(frozen=True, slots=True)
class CountrySet:
    """The customer's country was named (None: forgotten); `stated`: as the own one, not only in a request."""

    country: str | None
    stated: bool = False


@dataclass(frozen=True, slots=True)
class PageTold:
    """What the page sent with a message: a country ("": none), a car (an empty slot: none); None: it sent nothing.

    What it sent with the message before, too, is no news: then the customer's own words hold.
    """

    country: str | None = None
    vehicle: VehicleSlot | None = None


@dataclass(frozen=True, slots=True)
class EntryShown:
    """An entry was answered with, at that confidence; or it is the topic that has nothing for the car."""

    entry_id: str
    confidence: float


@dataclass(frozen=True, slots=True)
class EntryPending:
    """An entry, found at that confidence, waits for what was asked.

    `cars`: others that it was asked for; `also`: entries that were asked for with it and wait for the same.
    """

    entry_id: str
    asked: Asked
    confidence: float
    cars: tuple[VehicleSlot, ...] = ()
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PendingDropped:
    """Nothing waits any more."""


@dataclass(frozen=True, slots=True)
class Declined:
    """There was no answer; `told`: what the customer said without asking anything, "I sold my Panamera"."""

    told: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """Something was said without a question, and noted: "I sold my Panamera"."""

    told: str


@dataclass(frozen=True, slots=True)
class StartedOver:
    """The customer wants to begin anew: everything but the language is forgotten."""


Event = (
    LanguageSet
    | VehicleSet
    | CountrySet
    | PageTold
    | EntryShown
    | EntryPending
    | PendingDropped
    | Declined
    | Told
    | StartedOver
)


@dataclass(frozen=True, slots=True)
class DialogueState:
    """What the conversation knows between two turns.

    `other_country_asked`: the contact asked for last was of another country than the customer's own;
    `declines`: how many replies in a row had no answer; `page_country` and `page_vehicle`: what the page sent last, as
    in PageTold; `told`: what was said without a question since the last answer; `others`: the cars that were named
    with `vehicle`, until one of them is chosen; `first_car`: the one before "my other car".
    """

    __pydantic_config__ = STRICT
    language: Language | None = None
    language_wished: bool = False
    vehicle: VehicleSlot | None = None
    country: str | None = None
    country_stated: bool = False
    other_country_asked: bool = False
    last_entry: str | None = None
    last_confidence: float = 0.0
    pending_entry: str | None = None
    pending_asked: Asked | None = None
    pending_confidence: float = 0.0
    pending_cars: tuple[VehicleSlot, ...] = ()
    pending_also: tuple[str, ...] = ()
    declines: int = 0
    page_country: str | None = None
    page_vehicle: VehicleSlot | None = None
    told: str = ""
    others: tuple[VehicleSlot, ...] = ()
    first_car: VehicleSlot | None = None

    @property
    def cars(self) -> tuple[VehicleSlot | None, ...]:
        """The cars that are asked about, the one named last behind the others; None: none was named."""
        return (*self.others, self.vehicle)

    @property
    def topic(self) -> str | None:
        """The entry that the conversation is about: the one that waits for a car, or the last one shown."""
        return self.pending_entry if self.pending_asked is Asked.VEHICLE else self.last_entry

    def apply(self, event: Event) -> "DialogueState":
        """The state after the event."""
        match event:
            case LanguageSet(language, wished):
                return replace(self, language=language, language_wished=wished or self.language_wished)
            case VehicleSet(vehicle, others, first_car):
                first_car = first_car or (self.first_car if self._is_same(vehicle) else None)
                return replace(self, vehicle=vehicle, others=others, first_car=first_car)
            case CountrySet(country, stated):
                return self._in_country(country, stated=stated)
            case PageTold(country, vehicle):
                return self._told_by_page(country, vehicle)
            case EntryShown(entry_id, confidence):
                return replace(self, last_entry=entry_id, last_confidence=confidence, declines=0, told="")
            case EntryPending(entry_id, asked, confidence, cars, also):
                return replace(
                    self,
                    pending_entry=entry_id,
                    pending_asked=asked,
                    pending_confidence=confidence,
                    pending_cars=cars,
                    pending_also=also,
                    declines=0,
                    told="",
                )
            case PendingDropped():
                return replace(
                    self,
                    pending_entry=None,
                    pending_asked=None,
                    pending_confidence=0.0,
                    pending_cars=(),
                    pending_also=(),
                )
            case Declined(told) | Told(told):
                return replace(self, declines=self.declines + isinstance(event, Declined), told=told)
            case StartedOver():
                return DialogueState(self.language, self.language_wished)

    def _is_same(self, vehicle: VehicleSlot | None) -> bool:
        """Whether a car can be the one that is known."""
        known = self.vehicle.generations if self.vehicle else ()
        return vehicle is not None and not set(known).isdisjoint(vehicle.generations)

    def _in_country(self, country: str | None, *, stated: bool) -> "DialogueState":
        if country and self.country_stated and not stated:
            # "And the address for Germany?" does not move a customer who lives in Austria.
            return replace(self, other_country_asked=country != self.country)
        return replace(self, country=country, country_stated=stated, other_country_asked=False)

    def _told_by_page(self, country: str | None, vehicle: VehicleSlot | None) -> "DialogueState":
        told = self
        if country not in {None, self.page_country}:
            told = replace(told, country=country or None, country_stated=bool(country))
        if vehicle not in {None, self.page_vehicle}:
            told = replace(told, vehicle=None if vehicle == VehicleSlot() else vehicle, others=(), first_car=None)
        return replace(told, page_country=country, page_vehicle=vehicle)

    def replay(self, events: Iterable[Event]) -> "DialogueState":
        """The state after all the events."""
        return reduce(DialogueState.apply, events, self)

    def to_json(self) -> str:
        """The state as JSON with its version."""
        return json.dumps({"version": VERSION, **_adapter().dump_python(self, mode="json")})

    @classmethod
    def from_json(cls, text: str) -> "DialogueState":
        """The state read back. Raises ValueError for another version or a broken text."""
        fields = json.loads(text)
        if not isinstance(fields, dict) or fields.pop("version", None) != VERSION:
            raise ValueError("the conversation was stored by another version")
        try:
            return _adapter().validate_python(fields)
        except ValidationError as error:
            raise ValueError(f"the stored conversation is broken: {error}") from error


@cache
def _adapter() -> TypeAdapter[DialogueState]:
    return TypeAdapter(DialogueState)
