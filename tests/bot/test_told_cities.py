"""Cities that tell the customer's country, and those that don't; origins of customers who live elsewhere."""

import pytest

from bot.reader import Reader


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("I live in Prague, e-mail please", "CZ"),
        ("we are based in Munich, who can we write to?", "DE"),
        ("bydlím ve Vídni, na koho se obrátit", "AT"),
        ("žiju v bratislavě a potřebuju kontakt", "SK"),
        ("auto mám registrované v Mnichově", "DE"),
        ("mam na lince zakaznika z Brna", "CZ"),
        ("I live in Nice, whom do I contact?", "FR"),
        ("bydlím v Praze 6", "CZ"),
        ("jsem z Prahy, Česko", "CZ"),
        ("I'm from London, England", "GB"),
    ],
)
def test_a_city_where_one_lives_tells_ones_own_country(reader: Reader, text: str, code: str) -> None:
    assert reader.read(text).countries.own == (code,)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("I'm german but live in prague, email?", "CZ"),
        ("i am american living in prague, who can i email", "CZ"),
        ("jsem nemec ale bydlim v praze, na jaky mail psat", "CZ"),
        ("I'm italian but based in munich", "DE"),
        ("Jsem Rakušanka a žiju v Berlíně", "DE"),
        ("I'm a British expat in Ghent", "BE"),
        ("slovák žijící v Česku, mail", "CZ"),
        ("Polka bydlící v Brně, kontakt", "CZ"),
        ("jsem z Prahy a bydlím v Mnichově", "DE"),
        ("Pocházím z Litvy a bydlím tam", "LT"),
        ("I come from Estonia and I live there", "EE"),
    ],
)
def test_where_one_lives_counts_more_than_where_one_comes_from(reader: Reader, text: str, code: str) -> None:
    assert reader.read(text).countries.meant == (code,)


@pytest.mark.parametrize(
    "text",
    [
        "I'm German but live in Smalltown, email?",
        "jsem Němec, bydlím v Horní Dolní, mail",
        "german living in smalltown, contact",
        "I'm Austrian and live near Germany, who do I write to?",
        "I'm French and live just outside of Basel",
        "Jsem Slovák a bydlím kousek od Vídně",
        "Jsem Němec v Praze, kontakt",
        "I'm Dutch and I work in Antwerp",
    ],
)
def test_an_origin_does_not_count_where_one_lives_in_a_place_that_is_not_read(reader: Reader, text: str) -> None:
    reading = reader.read(text).countries
    assert reading.named == ()
    assert reading.unsure


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("I'm Austrian, does it work with live traffic in the app?", "AT"),
        ("Jsem Němec a bydlel jsem v Praze", "DE"),
        ("I'm Irish and used to live in Prague", "IE"),
        ("I'm German and flying to Prague", "DE"),
    ],
)
def test_an_origin_counts_where_nothing_is_said_of_another_home(reader: Reader, text: str, code: str) -> None:
    assert reader.read(text).countries.own == (code,)


def test_somebody_in_another_country_than_the_one_he_comes_from_may_live_in_either(reader: Reader) -> None:
    reading = reader.read("Jsem Němec v Česku, kontakt").countries
    assert reading.named == ("DE", "CZ")
    assert reading.own == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("kontakt pro praha", "CZ"),
        ("Kontakt Praha", "CZ"),
        ("mail pro porsche praha", "CZ"),
        ("píšu z Bratislavy, jaký je mail", "SK"),
        ("what is the e-mail address for Munich?", "DE"),
        ("support in Stockholm please", "SE"),
    ],
)
def test_a_city_beside_the_wish_for_a_contact_is_named_but_not_ones_own(reader: Reader, text: str, code: str) -> None:
    reading = reader.read(text).countries
    assert reading.named == (code,)
    assert reading.own == ()


@pytest.mark.parametrize(
    "text",
    [
        "I'm flying to Prague, who do I email?",
        "jedu do Prahy, na jaký mail mám psát",
        "I'm in Prague, who do I email?",
        "Budu v Mnichově, kontakt?",
        "my friend lives in Prague, email?",
        "kamarád bydlí v Brně, kam má psát?",
        "I used to live in Prague, who do I email?",
        "nebydlím v Praze, kontakt",
        "přišel mi mail z Prahy",
        "I bought the car in Munich",
    ],
)
def test_a_city_that_is_visited_or_spoken_of_names_no_country(reader: Reader, text: str) -> None:
    assert reader.read(text).countries.named == ()


@pytest.mark.parametrize(
    "text",
    [
        "I'm Martin, contact please",
        "kontakt na Martina",
        "mail na Milana",
        "Nice, what's the email?",
        "can you split the contact",
        "u nás na lince je zákazník, jaký je kontakt",
        "i live in nice, who do I email?",
        "contact for Florence",
        "auto mám registrované v Cayenne 2019",
    ],
)
def test_a_name_or_an_ordinary_word_is_no_city(reader: Reader, text: str) -> None:
    assert reader.read(text).countries.named == ()


@pytest.mark.parametrize(
    "text",
    [
        "I live in London, Ontario, email?",
        "I live in Paris TX, email?",
        "i live in dublin ohio, email",
        "I live in Athens, Georgia, who can I email?",
        "I live in Birmingham, email?",
        "I live in Cordoba, email?",
        "I live in Vancouver, contact",
    ],
)
def test_a_city_of_two_countries_names_none(reader: Reader, text: str) -> None:
    assert reader.read(text).countries.named == ()
