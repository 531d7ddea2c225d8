"""Which variants of a procedure hold for a car."""

from functools import lru_cache

from kb.model import Entry, Overlap
from kb.vehicles import Car, Vehicles

# Every procedure for every car, and some years said besides: about 20,000 of them.
REMEMBERED = 50_000


@lru_cache(REMEMBERED)
def applicable_variants(vehicles: Vehicles, entry: Entry, car: Car, *, bare_year: int | None = None) -> frozenset[str]:
    """The ids of the entry's variants that hold for the car; empty: the source has none for it.

    `bare_year` is the year as the customer said it, where it was not called a model year.
    """
    return frozenset(
        variant.id
        for variant in entry.variants
        if any(vehicles.satisfies(car, row, bare_year) for row in variant.vehicles)
    )


def declared_overlap(entry: Entry, variants: frozenset[str]) -> Overlap | None:
    """The declared overlap of these variants, which says how to tell them apart."""
    return next((overlap for overlap in entry.overlaps if variants <= set(overlap.variants)), None)
