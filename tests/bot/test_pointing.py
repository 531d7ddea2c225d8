"""Answers that point at one of the generations that were asked about."""

import pytest

from bot.reader import Reader
from kb.knowledge_base import KnowledgeBase

CAYENNES, NINE_ELEVENS, BOXSTERS = ("958", "9Y0"), ("991", "992"), ("982", "986", "987", "981")


@pytest.mark.parametrize(
    ("text", "asked", "meant"),
    [
        ("ta starší", CAYENNES, "958"),
        ("novější", CAYENNES, "9Y0"),
        ("the newer one", NINE_ELEVENS, "992"),
        ("it's the older one", NINE_ELEVENS, "991"),
        ("ta první", NINE_ELEVENS, "991"),
        ("the latter", NINE_ELEVENS, "992"),
        ("the first one", BOXSTERS, "982"),
        ("the oldest", BOXSTERS, "986"),
        ("nejnovější", BOXSTERS, "982"),
        ("the latest generation", ("955", "958", "9Y0"), "9Y0"),
        ("má to kulaté budíky", NINE_ELEVENS, "991"),
        ("it has flush door handles", NINE_ELEVENS, "992"),
        ("světelný pás přes celou záď", CAYENNES, "9Y0"),
        ("the rear lights are separate lights", CAYENNES, "958"),
        ("tankuju do něj", ("95B", "J1-II"), "95B"),
        ("it's charged", ("95B", "J1-II"), "J1-II"),
    ],
)
def test_an_answer_points_at_a_generation_by_age_by_place_or_by_what_the_owner_sees(
    reader: Reader, base: KnowledgeBase, text: str, asked: tuple[str, ...], meant: str
) -> None:
    generations = tuple(base.vehicles.generation_of[code] for code in asked)
    assert reader.read(text).vehicles.pointing.one_of(generations) == meant


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("the newer one", BOXSTERS),  # newer than which?
        ("ta starší", ("95B", "J1-II")),  # two cars of one name
        ("světelný pás", ("992", "9Y0")),  # both have it
        ("kulaté budíky", CAYENNES),  # a sign of others
        ("ta druhá generace", CAYENNES),  # counts the generation, not the choices
        ("červená", CAYENNES),
        ("the newer one", ("992",)),
    ],
)
def test_an_answer_that_leaves_it_open_points_at_none(
    reader: Reader, base: KnowledgeBase, text: str, asked: tuple[str, ...]
) -> None:
    generations = tuple(base.vehicles.generation_of[code] for code in asked)
    assert reader.read(text).vehicles.pointing.one_of(generations) is None
