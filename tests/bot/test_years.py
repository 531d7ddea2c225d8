"""Reading years: which numbers are years, of which kind, and which ranges."""

import pytest

from bot.lexicon import Lexicon
from bot.words import split_words
from bot.years import YearReader
from kb.vehicles import YearKind

MODEL_YEAR, BARE, CALENDAR = YearKind.MODEL_YEAR, YearKind.BARE, YearKind.CALENDAR

ONE_YEAR = [
    # stated model years
    ("MY2022", 2022, MODEL_YEAR),
    ("MY23", 2023, MODEL_YEAR),
    ("my23", 2023, MODEL_YEAR),
    ("MY 2022", 2022, MODEL_YEAR),
    ("MY 19", 2019, MODEL_YEAR),
    ("M.Y. 2021", 2021, MODEL_YEAR),
    ("model year 2021", 2021, MODEL_YEAR),
    ("the model year is 2021", 2021, MODEL_YEAR),
    ("2021 model year", 2021, MODEL_YEAR),
    ("model year '21", 2021, MODEL_YEAR),
    ("modelový rok 2021", 2021, MODEL_YEAR),
    ("modelovy rok: 2020", 2020, MODEL_YEAR),
    ("ročník 2019", 2019, MODEL_YEAR),
    ("rocnik 2019", 2019, MODEL_YEAR),
    ("je to ročník 21", 2021, MODEL_YEAR),
    ("2019 ročník", 2019, MODEL_YEAR),
    ("model year 2021, built 2020", 2021, MODEL_YEAR),
    ("ročník devatenáct", 2019, MODEL_YEAR),
    ("model year twenty one", 2021, MODEL_YEAR),
    ("mod. rok 2021", 2021, MODEL_YEAR),
    # bare years
    ("2021", 2021, BARE),
    ("z roku 2021", 2021, BARE),
    ("rok 2019", 2019, BARE),
    ("a 2021 Macan", 2021, BARE),
    ("my 2022 car", 2022, BARE),
    ("'21", 2021, BARE),
    ("’19", 2019, BARE),
    ("'98", 1998, BARE),
    ("MY 2022 CAR", 2022, BARE),
    ("it is from 2016", 2016, BARE),
    ("bought a 2017 Macan", 2017, BARE),
    ("koupil jsem auto z roku 2018", 2018, BARE),
    ("dva tisíce osmnáct", 2018, BARE),
    ("z roku dvatisíce devět", 2009, BARE),
    ("twenty nineteen", 2019, BARE),
    ("two thousand and seventeen", 2017, BARE),
    ("z osmnáctého roku", 2018, BARE),
    ("z jednadvacátého roku", 2021, BARE),
    ("rok dvacet dva", 2022, BARE),
    ("rok 18", 2018, BARE),
    ("kde zadám PIN, 2019 Macan", 2019, BARE),
    # years of building or buying
    ("r.v. 2016", 2016, CALENDAR),
    ("r. v. 2016", 2016, CALENDAR),
    ("rv 2016", 2016, CALENDAR),
    ("rok výroby 2016", 2016, CALENDAR),
    ("rok výroby je 2016", 2016, CALENDAR),
    ("r.v. 17", 2017, CALENDAR),
    ("vyrobeno 2016", 2016, CALENDAR),
    ("vyrobeno někdy v roce 2016", 2016, CALENDAR),
    ("vyrobený v roce 2018", 2018, CALENDAR),
    ("koupeno 2019", 2019, CALENDAR),
    ("koupil jsem ho v roce 2019", 2019, CALENDAR),
    ("poprvé registrováno 2020", 2020, CALENDAR),
    ("built in 2018", 2018, CALENDAR),
    ("2018 built", 2018, CALENDAR),
    ("bought it in 2018", 2018, CALENDAR),
    ("first registration was 2017", 2017, CALENDAR),
    ("manufactured in 2016", 2016, CALENDAR),
    ("year of manufacture: 2016", 2016, CALENDAR),
    ("v provozu od 2019", 2019, CALENDAR),
    ("první registrace 2019", 2019, CALENDAR),
    ("koupenou v roce 2021", 2021, CALENDAR),
    ("took delivery in 2021", 2021, CALENDAR),
    ("3/2019", 2019, CALENDAR),
    ("03/2019", 2019, CALENDAR),
    ("03.2019", 2019, CALENDAR),
    ("2019-03", 2019, CALENDAR),
    ("březen 2019", 2019, CALENDAR),
    ("March 2019", 2019, CALENDAR),
    ("koupeno 12. 3. 2019", 2019, CALENDAR),
    ("registered 12/03/2019", 2019, CALENDAR),
]


@pytest.mark.parametrize(("text", "year", "kind"), ONE_YEAR)
def test_a_year_is_read_with_its_kind(lexicon: Lexicon, text: str, year: int, kind: YearKind) -> None:
    mentions = YearReader(lexicon).read(text, split_words(text))
    assert [(row.first_year, row.last_year, row.kind) for row in mentions][:1] == [(year, year, kind)]


RANGES = [
    ("2014-2017", 2014, 2017),
    ("2014 – 2017", 2014, 2017),
    ("2014 až 2017", 2014, 2017),
    ("from 2014 to 2017", 2014, 2017),
    ("between 2014 and 2017", 2014, 2017),
    ("2016 nebo 2017", 2016, 2017),
    ("2016 or 2017", 2016, 2017),
    ("2017/2018", 2017, 2018),
    ("2017/18", 2017, 2018),
    ("modelový rok 2014-2017", 2014, 2017),
    ("do roku 2017", 1948, 2017),
    ("up to 2017", 1948, 2017),
    ("starší než 2018", 1948, 2017),
    ("before 2018", 1948, 2017),
    ("před rokem 2018", 1948, 2017),
    ("od 2020", 2020, 2100),
    ("od roku 2020", 2020, 2100),
    ("2020 a novější", 2020, 2100),
    ("2020 or newer", 2020, 2100),
    ("2020+", 2020, 2100),
    ("novější než 2019", 2020, 2100),
    ("after 2019", 2020, 2100),
]


@pytest.mark.parametrize(("text", "first", "last"), RANGES)
def test_a_range_is_read_whole(lexicon: Lexicon, text: str, first: int, last: int) -> None:
    mentions = YearReader(lexicon).read(text, split_words(text))
    assert [(row.first_year, row.last_year) for row in mentions] == [(first, last)]


NO_YEARS = [
    "jsem ročník 1975",
    "narozen v roce 1975",
    "I was born in 1980",
    "cena 2019 Kč",
    "stálo to 2000 korun",
    "it costs 2019 euros",
    "€2019",
    "2000 km",
    "PIN 2019",
    "můj kód 2020",
    "error 2021",
    "chyba 2019",
    "iOS 2019",
    "VIN WP0ZZZ99ZLS20190",
    "jan.2019@seznam.cz",
    "můj PIN je 2019",
    "v roce 2026 jedu do Itálie",
    "smlouva platí do roku 2027",
    "my subscription runs until 2027",
    "in 2026 we are driving to Croatia",
    "od roku 2023 to nefunguje",
    "two thousand ten euros",
    "dva tisíce osmnáct korun",
    "https://example.com/2019/faq",
    "+420 602 201 920",
    "12345",
    "v 20:21",
    "od 12.3.2025 mi nejde roaming",
    "since 5 March 2025 it does not work",
    "2025-03-05 the connection broke",
    "mám ho od roku 2019",
    "I have had it since 2019",
    "21 days",
    "my 21 questions",
    "911",
    "1899",
    "2099",
]


@pytest.mark.parametrize("text", NO_YEARS)
def test_a_number_that_only_looks_like_a_year_is_none(lexicon: Lexicon, text: str) -> None:
    assert YearReader(lexicon).read(text, split_words(text)) == []


CORRECTED = [
    ("2016, sorry, 2017", 2017),
    ("2018, vlastně 2019", 2019),
    ("not 2018 but 2017", 2017),
    ("2017, not 2018", 2017),
    ("ne 2018, ale 2017", 2017),
    ("ne, 2017", 2017),
    ("2018, nebo ne, 2022", 2022),
    ("2018, or no, 2022", 2022),
    ("2016... I mean 2015", 2015),
]


@pytest.mark.parametrize(("text", "year"), CORRECTED)
def test_of_a_year_and_its_correction_the_correction_holds(lexicon: Lexicon, text: str, year: int) -> None:
    mentions = YearReader(lexicon).read(text, split_words(text))
    assert [row.first_year for row in mentions] == [year]


def test_two_years_keep_their_own_kinds(lexicon: Lexicon) -> None:
    text = "model year 2021, built in 2020"
    mentions = YearReader(lexicon).read(text, split_words(text))
    assert [(row.first_year, row.kind) for row in mentions] == [(2021, MODEL_YEAR), (2020, CALENDAR)]
