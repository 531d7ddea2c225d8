"""Personal data is blanked out of a message, and nothing else is."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.assistant import Assistant
from bot.message import Message
from bot.personal import PersonalKind, blank_personal
from bot.state import DialogueState

CARD = "4111 1111 1111 1111"
TOLD = [
    (f"moje karta je {CARD} a nejde", PersonalKind.CARD),
    ("5500-0000-0000-0004", PersonalKind.CARD),
    ("378282246310005", PersonalKind.CARD),
    ("VIN WP0ZZZ99ZTS392124", PersonalKind.OTHER),
    ("vin: wp0zzz99zts392124", PersonalKind.OTHER),
    ("pište na jan.novak@seznam.cz", PersonalKind.OTHER),
    ("+420 777 123 456", PersonalKind.OTHER),
    ("tel. 777123456", PersonalKind.OTHER),
    ("0049 170 1234567", PersonalKind.OTHER),
    ("07911 123456", PersonalKind.OTHER),
    ("0905 123 456", PersonalKind.OTHER),
    ("777 12 34 56", PersonalKind.OTHER),
    ("(555) 123-4567", PersonalKind.OTHER),
    ("910 123 456", PersonalKind.OTHER),
    ("4111.1111.1111.1111", PersonalKind.CARD),
    ("CZ65 0800 0000 1920 0014 5399", PersonalKind.OTHER),
    ("855412/1234", PersonalKind.OTHER),
]


@pytest.mark.parametrize(("text", "kind"), TOLD)
def test_personal_data_is_found_and_blanked_out(text: str, kind: PersonalKind) -> None:
    blanked = blank_personal(text)
    assert blanked.kinds == {kind}
    assert not re.search(r"\d|@", blanked.text)


@pytest.mark.parametrize(
    "text",
    [
        "4111 1111 1111 1112",  # the check digit is wrong
        "IMEI 356938035643809",  # a device's number, not a card's
        "ICCID 8942002340001234567",
        "911 992 718",
        "718 991 992",
        "CZ6508000000192000145390",  # the check digits are wrong
        "859912/1234",  # no month
        "2020/2021",
        "Cayenne 2017-2019, Macan 2020-2023",
        "12345 67890 11",
        "internationalisation",
        "smartmobility@de.porsche.com",
    ],
)
def test_other_numbers_names_and_public_addresses_stay(text: str) -> None:
    codes = frozenset({"911", "718", "991", "992"})
    blanked = blank_personal(text, ["smartmobility@de.porsche.com"], car_codes=codes)
    assert (blanked.text, blanked.kinds) == (text, frozenset())


@given(st.text(max_size=40))
def test_blanking_twice_is_blanking_once_and_moves_nothing(text: str) -> None:
    blanked = blank_personal(f"{text} {CARD} {text}")
    assert len(blanked.text) == len(f"{text} {CARD} {text}")
    assert blank_personal(blanked.text).text == blanked.text


def test_nothing_of_it_is_said_again(assistant: Assistant) -> None:
    said = f"jak přidám vozidlo? VIN WP0ZZZ99ZTS392124, karta {CARD}, +420 777 123 456, jan.novak@seznam.cz"
    reply, state = assistant.reply(Message(said), DialogueState())
    for number in ("WP0ZZZ", "4111", "777 123", "novak"):
        assert number not in reply.text
        assert number not in state.to_json()


def test_a_card_number_is_spoken_of_before_all_else(assistant: Assistant) -> None:
    reply, _ = assistant.reply(Message(f"where do I replace my card {CARD}?"), DialogueState())
    assert reply.text.startswith("Please never write payment card numbers here.")


def test_in_an_emergency_the_number_to_call_still_comes_first(assistant: Assistant) -> None:
    reply, _ = assistant.reply(Message(f"my car is on fire, my card is {CARD}"), DialogueState())
    assert "112" in reply.text.partition("payment card")[0]
