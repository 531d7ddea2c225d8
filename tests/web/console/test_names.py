"""Names and moments as agents read them."""

from zoneinfo import ZoneInfo

import pytest

from bot.assistant import Assistant
from kb.model import Language
from tests.web.console.conftest import Person
from web.console.caller_panel import countries
from web.console.names import Names

# 29 March 2026, 0:59 and 1:00 UTC: between them Prague's clocks go from 1:59 to 3:00.
BEFORE, AFTER = 1774745940, 1774746000


@pytest.mark.parametrize(
    ("zone", "language", "told"),
    [
        ("Europe/Prague", Language.CS, ("29. 3. 2026 1:59", "29. 3. 2026 3:00")),
        ("Europe/Prague", Language.EN, ("29 Mar 2026 01:59", "29 Mar 2026 03:00")),
        ("America/New_York", Language.EN, ("28 Mar 2026 20:59", "28 Mar 2026 21:00")),
    ],
)
def test_moments_are_those_of_the_agents_clock(
    assistant: Assistant, zone: str, language: Language, told: tuple[str, str]
) -> None:
    names = Names(assistant.index.base, language, ZoneInfo(zone))
    assert (names.moment(BEFORE), names.moment(AFTER)) == told
    assert names.moment(BEFORE).startswith(names.day(BEFORE))


def test_counts_have_their_thousands_apart(assistant: Assistant) -> None:
    told = [Names(assistant.index.base, language, ZoneInfo("UTC")).number(100_000) for language in Language]
    assert told == ["100\u00a0000", "100,000"]


def test_the_page_says_whose_clock_it_is(agent: Person) -> None:
    assert "Time zone: Europe/Prague." in agent.get("/console/conversations").text


def test_countries_stand_in_the_order_of_a_dictionary() -> None:
    codes = frozenset({"CZ", "CN", "CL", "HR", "IN", "CY", "DK", "RO", "GR", "US"})
    assert [name for _, name in countries(codes, Language.CS)] == [
        "Česko", "Čína", "Dánsko", "Chile", "Chorvatsko", "Indie", "Kypr", "Rumunsko", "Řecko", "Spojené státy",
    ]  # fmt: skip
