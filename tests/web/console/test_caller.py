"""The caller: what is typed in one field, what an address holds of it, and the language that he reads."""

import re

import pytest

from bot.assistant import Assistant
from bot.state import VehicleSlot
from kb.model import Language
from kb.vehicles import YearKind
from tests.web.console.conftest import Person
from web.console.caller import Caller, caller_of
from web.console.caller_reader import CallerReader

TYPED = {
    "992 2021 AT": {"model": "911", "generation": "992", "year": "2021", "year_kind": "bare", "country": "AT"},
    "at 992 2021": {"model": "911", "generation": "992", "year": "2021", "year_kind": "bare", "country": "AT"},
    "Macan, Česko": {"model": "macan", "country": "CZ"},
    "macan 2018 CZ en": {"model": "macan", "year": "2018", "year_kind": "bare", "country": "CZ", "customer": "en"},
    "taycan UK": {"model": "taycan", "country": "GB"},
    "Panamera MY 2020": {"model": "panamera", "year": "2020", "year_kind": "model_year"},
    "911 GT3": {"model": "911"},
    "Cayenne rok výroby 2017 anglicky": {
        "model": "cayenne", "year": "2017", "year_kind": "calendar", "customer": "en",
    },
    "Boxster": {"generation": "982,986,987,981"},
    "modelový rok 2014-2017": {"year": "2014-2017", "year_kind": "model_year"},
    "918 Spyder": {"model": "918"},
    "": {},
}  # fmt: skip


@pytest.fixture
def reader(assistant: Assistant) -> CallerReader:
    """Reads what is typed."""
    return CallerReader(assistant)


@pytest.mark.parametrize("typed", TYPED)
def test_one_field_takes_car_year_country_and_language(reader: CallerReader, typed: str) -> None:
    said = reader.read(typed, Caller())
    assert said.caller.parameters(reader.assistant.index.base.vehicles) == TYPED[typed]
    assert said.not_read == ()


@pytest.mark.parametrize("typed", TYPED)
def test_a_caller_comes_out_of_an_address_as_it_went_in(reader: CallerReader, typed: str) -> None:
    vehicles = reader.assistant.index.base.vehicles
    caller = reader.read(typed, Caller()).caller
    assert caller_of(caller.parameters(vehicles), vehicles) == caller


def test_what_is_typed_later_is_added(reader: CallerReader) -> None:
    caller = Caller()
    for typed in ("992", "AT", "2021", "modelový rok 2021"):
        caller = reader.read(typed, caller).caller
    assert caller == Caller(VehicleSlot(("992",), 2021, 2021, YearKind.MODEL_YEAR), "AT")


def test_another_car_takes_the_place_of_the_first(reader: CallerReader) -> None:
    first = reader.read("992 2021 AT", Caller()).caller
    assert reader.read("Taycan", first).caller == Caller(VehicleSlot(("J1",)), "AT")


def test_words_that_say_nothing_of_a_caller_are_told(reader: CallerReader) -> None:
    said = reader.read("992 hokuspokus", Caller())
    assert (said.caller.vehicle, said.not_read) == (VehicleSlot(("992",)), ("hokuspokus",))


@pytest.mark.parametrize(
    ("caller", "language"),
    [
        (Caller(), Language.CS),
        (Caller(country="CZ"), Language.CS),
        (Caller(country="SK"), Language.CS),
        (Caller(country="AT"), Language.EN),
        (Caller(country="CZ", language=Language.EN), Language.EN),
        (Caller(country="AQ"), Language.EN),
    ],
)
def test_the_country_tells_the_language_that_the_caller_reads(caller: Caller, language: Language) -> None:
    assert caller.reads(Language.CS) is language


@pytest.mark.parametrize(
    "parameters",
    [
        {"model": "trabant", "generation": "601", "year": "MMXX", "country": "austria", "customer": "tlh"},
        {"generation": ",,,", "year": "2021-", "country": "XX", "year_kind": "bare"},
        {"year": "99999", "country": "", "customer": ""},
    ],
)
def test_an_address_that_says_nonsense_says_nothing(reader: CallerReader, parameters: dict[str, str]) -> None:
    assert caller_of(parameters, reader.assistant.index.base.vehicles) == Caller()


def test_what_is_typed_becomes_part_of_the_pages_address(agent: Person) -> None:
    response = agent.get("/console/caller?said=992+2021+AT&q=roaming&entry=sim-pin&topic=connectivity")
    assert response.headers["Location"] == (
        "/console/entries/sim-pin?q=roaming&topic=connectivity&model=911&generation=992&year=2021&year_kind=bare&country=AT"
    )


def test_what_was_not_understood_is_shown_as_text(agent: Person) -> None:
    sent = agent.get("/console/caller?said=%3Cb%3Ehokuspokus").headers["Location"]
    assert "hokuspokus" in sent
    page = agent.get("/console?not_read=%3Cscript%3E1").text
    assert "This was not understood: &lt;script&gt;1" in page


def test_the_panel_shows_the_caller_and_the_contact_of_the_country(agent: Person) -> None:
    page = agent.get("/console?model=911&generation=992&year=2021&country=AT").text
    assert '<option value="992" selected>' in page
    assert '<option value="AT" selected>Austria' in page
    assert 'href="mailto:smartmobility@at.porsche.com"' in page
    assert "has no address" not in page


def test_a_country_without_an_address_is_told(agent: Person) -> None:
    assert "The documents have no address for this country (Brazil)." in agent.get("/console?country=BR").text


def test_every_link_of_a_page_keeps_the_caller(agent: Person) -> None:
    page = agent.get("/console?q=roaming&model=taycan&country=SK").text
    links = re.findall(r'(?:href|data-view|action)="(/console/(?:entries|pins)[^"]*)"', page)
    assert len(links) > 4
    assert all("model=taycan" in link and "country=SK" in link for link in links)
