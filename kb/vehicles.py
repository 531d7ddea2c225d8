"""Vehicles: models and generations, and which of them a row of a procedure holds for."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Annotated

from pydantic import Field

from kb.fields import ModelYear, NonEmpty
from kb.model import STRICT, Bilingual, VehicleRow


@dataclass(frozen=True, slots=True)
class Model:
    """A model as customers name it."""

    __pydantic_config__ = STRICT
    id: NonEmpty
    name: NonEmpty | Bilingual
    written: tuple[NonEmpty, ...] = ()

    def label(self) -> Bilingual:
        """Its name in both languages."""
        return self.name if isinstance(self.name, Bilingual) else Bilingual(self.name, self.name)


@dataclass(frozen=True, slots=True)
class Generation:
    """A generation of a model with its first and last model year (None: still built)."""

    __pydantic_config__ = STRICT
    code: NonEmpty
    model: NonEmpty
    first: Annotated[ModelYear, Field(alias="from")]
    name: Bilingual
    short: Bilingual
    how_to_tell: Bilingual
    last: Annotated[ModelYear | None, Field(alias="to")] = None
    codes: tuple[NonEmpty, ...] = ()
    written: tuple[NonEmpty, ...] = ()
    electric: bool = False
    explicit: bool = False


@dataclass(frozen=True, slots=True)
class SharedName:
    """A name that several generations go by, such as Boxster."""

    __pydantic_config__ = STRICT
    written: tuple[NonEmpty, ...]
    generations: tuple[NonEmpty, ...]


@dataclass(frozen=True, slots=True)
class Sign:
    """What an owner sees in the car, in his words, and the generations that have it."""

    __pydantic_config__ = STRICT
    written: tuple[NonEmpty, ...]
    generations: tuple[NonEmpty, ...]


@dataclass(frozen=True, slots=True)
class Drives:
    """Words for the kind of drive."""

    __pydantic_config__ = STRICT
    electric: tuple[NonEmpty, ...]
    combustion: tuple[NonEmpty, ...]


class YearKind(StrEnum):
    """How a year was said: as a model year, as a bare number, or as the year of building or buying."""

    MODEL_YEAR = "model_year"
    BARE = "bare"
    CALENDAR = "calendar"


@dataclass(frozen=True, slots=True)
class Car:
    """One generation in one model year."""

    generation: str
    year: int


@dataclass(frozen=True, eq=False)
class Vehicles:
    """All vehicles that the content knows. Equal only to itself, so that what follows from it can be kept."""

    __pydantic_config__ = STRICT
    latest_model_year: ModelYear
    models: tuple[Model, ...]
    generations: tuple[Generation, ...]
    names: tuple[SharedName, ...]
    drives: Drives
    signs: tuple[Sign, ...] = ()

    @cached_property
    def generation_of(self) -> dict[str, Generation]:
        """Generations by code."""
        return {generation.code: generation for generation in self.generations}

    @cached_property
    def model_of(self) -> dict[str, Model]:
        """Models by id."""
        return {model.id: model for model in self.models}

    def of_model(self, model: str) -> tuple[str, ...]:
        """The codes of the model's generations, oldest first, without those that must be named."""
        return tuple(row.code for row in self.generations if row.model == model and not row.explicit)

    def last_year(self, code: str) -> int:
        """The last model year of the generation."""
        return self.generation_of[code].last or self.latest_model_year

    @cached_property
    def cars(self) -> tuple[Car, ...]:
        """Every generation in every model year."""
        return tuple(
            Car(generation.code, year)
            for generation in self.generations
            for year in range(generation.first, self.last_year(generation.code) + 1)
        )

    def satisfies(self, car: Car, row: VehicleRow, bare_year: int | None = None) -> bool:
        """Whether the row holds for the car; a bare year counts by the row's calendar years, too."""
        if not self._named(car.generation, row):
            return False
        if (row.first or 0) <= car.year <= (row.last or 9999):
            return True
        if bare_year is None or (row.year_first is None and row.year_last is None):
            return False
        first = row.year_first or row.first or 0
        return first <= bare_year <= (row.year_last or row.last or 9999)

    def _named(self, code: str, row: VehicleRow) -> bool:
        model = self.generation_of[code].model
        if row.every_model_but:
            return model not in row.every_model_but
        return code == row.generation or model == row.model
