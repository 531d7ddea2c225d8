"""Reading countries: inflected names, codes, the customer's own country against a destination."""

import pytest

from bot.reader import Reader
from kb.knowledge_base import KnowledgeBase
from kb.model import Language
from tests.bot.countries import COUNTRIES


def test_the_table_has_every_country_of_the_knowledge_base(base: KnowledgeBase) -> None:
    assert set(COUNTRIES) == set(base.contact_of)


@pytest.mark.parametrize("code", COUNTRIES)
def test_a_country_is_read_in_every_form(reader: Reader, code: str) -> None:
    accusative, locative, genitive, english = COUNTRIES[code]
    plain = str.maketrans("áčďéěíňóřšťúůýžÁČĎÉÍŇŘŠŤÚŽ", "acdeeinorstuuyzACDEINRSTUZ")
    texts = [
        f"kontakt pro {accusative}",
        f"e-mail {locative}",
        f"jsem z {genitive}",
        f"contact for {english}",
        english.upper(),
        english.lower(),
        locative.translate(plain),
    ]
    assert {text: reader.read(text).countries.named for text in texts} == dict.fromkeys(texts, (code,))


@pytest.mark.parametrize("code", COUNTRIES)
def test_saying_where_one_lives_makes_it_ones_own_country(reader: Reader, code: str) -> None:
    _, locative, genitive, english = COUNTRIES[code]
    for text in (
        f"bydlím {locative}",
        f"Žiju {locative} a mám dotaz",
        f"jsem z {genitive}",
        f"auto je registrované {locative}",
        f"I live in {english}",
        f"I'm from {english}.",
        f"My country is {english}",
        f"the car is registered in {english}",
    ):
        assert reader.read(text).countries.own == (code,), text


@pytest.mark.parametrize("code", COUNTRIES)
def test_a_destination_is_not_ones_own_country(reader: Reader, code: str) -> None:
    accusative, locative, _, english = COUNTRIES[code]
    for text in (
        f"jedu do země: {accusative}",
        f"budu na dovolené {locative}, co mám zapnout?",
        f"příští týden jedeme přes {accusative}",
        f"driving to {english} next week",
        f"we are on holiday in {english}",
        f"does it work in {english}?",
        f"I'm in {english} right now and the internet is gone",
        f"does the car work when I travel from {english}",
    ):
        assert reader.read(text).countries.own == (), text


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("CZ", "CZ"),
        ("cz", "CZ"),
        ("UK", "GB"),
        ("UK kontakt", "GB"),
        ("DE", "DE"),
        ("kontakt pro DE", "DE"),
        ("kontakt porsche connect DE", "DE"),
        ("contact for IT", "IT"),
        ("mail for NO", "NO"),
        ("e-mail pro SK", "SK"),
        ("kontakt AT", "AT"),
        ("USA", "US"),
        ("in the US", "US"),
        ("ČR", "CZ"),
        ("HU?", "HU"),
    ],
)
def test_a_code_is_read_where_it_can_be_one(reader: Reader, text: str, code: str) -> None:
    assert reader.read(text).countries.named == (code,)


@pytest.mark.parametrize(
    "text",
    [
        "MY PORSCHE ID DOES NOT WORK IN MY CAR",
        "NEJDE MI TO",
        "KDE JE MŮJ KÓD",
        "IT DOES NOT WORK",
        "NO ROAMING AT ALL",
        "My ID is gone",
        "the TV app",
        "10 GB dat",
        "100 KM od domova",
        "WI-FI v autě",
        "wi-fi",
        "it",
        "no",
        "ok",
        "is it on?",
        "se mi to líbí",
        "PS: mám Taycan",
        "iPhone SE",
        "contact us",
        "IT oddělení",
        "jan@seznam.cz",
        "smartmobility@de.porsche.com",
        "www.porsche.de",
        "mali bychom",
        "MY23",
        "PIN",
        "SIM",
    ],
)
def test_two_letters_that_are_no_country_are_none(reader: Reader, text: str) -> None:
    assert reader.read(text).countries.named == ()


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("kontakt pro Německo a Rakousko", ("DE", "AT")),
        ("contacts for Spain, Portugal and Italy", ("ES", "PT", "IT")),
        ("Severní Irsko", ("GB",)),
        ("Bosnia", ("BA",)),
        ("Brazílie", ("BR",)),
        ("email for India", ("IN",)),
    ],
)
def test_all_countries_that_are_named_are_read(reader: Reader, text: str, codes: tuple[str, ...]) -> None:
    assert reader.read(text).countries.named == codes


def test_ones_own_country_is_told_from_another_in_the_same_message(reader: Reader) -> None:
    reading = reader.read("Bydlím v Česku a jedu do Itálie").countries
    assert reading.named == ("CZ",)
    assert reading.own == ("CZ",)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("I am not from Austria, I am from Germany", "DE"),
        ("nebydlím v Rakousku, bydlím v Česku", "CZ"),
        ("kontakt pro Rakousko, vlastně pro Německo", "DE"),
        ("contact for Austria, sorry, Australia", "AU"),
    ],
)
def test_a_country_that_is_denied_or_taken_back_is_not_read(reader: Reader, text: str, code: str) -> None:
    assert reader.read(text).countries.named == (code,)


@pytest.mark.parametrize(
    ("text", "code"), [("switzerlnd", "CH"), ("Slovakai", "SK"), ("Nizozemko", "NL"), ("Portugla", "PT")]
)
def test_a_long_name_is_read_with_one_slip(reader: Reader, text: str, code: str) -> None:
    assert reader.read(text).countries.named == (code,)


@pytest.mark.parametrize(
    ("text", "language"),
    [("Germany", Language.EN), ("Německo", Language.CS), ("Portugal", Language.EN), ("Malta", None)],
)
def test_a_name_tells_the_language_that_it_belongs_to(reader: Reader, text: str, language: Language | None) -> None:
    assert reader.read(text).countries.language is language


@pytest.mark.parametrize(
    ("message", "country"), [("my country is GB, which address?", "GB"), ("bydlím v DE, kontakt", "DE")]
)
def test_a_code_behind_words_of_residence_is_the_own_country(reader: Reader, message: str, country: str) -> None:
    assert reader.read(message).countries.own == (country,)


@pytest.mark.parametrize("message", ["I'm driving to Italy next week", "jedu do Itálie", "I don't live in Italy"])
def test_a_country_that_is_travelled_to_or_denied_is_not_named(reader: Reader, message: str) -> None:
    assert reader.read(message).countries.named == ()
