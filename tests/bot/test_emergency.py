"""What is an emergency, and what only sounds like one."""

import pytest

from bot.reader import Reader


@pytest.mark.parametrize(
    "text",
    [
        "nabourali jsme",
        "Měl jsem nehodu, co teď?",
        "hoří mi auto",
        "Hoří Macan!",
        "kouří se z motoru",
        "I had a crash",
        "We have had an accident with the 911",
        "my car is on fire",
        "The battery caught fire while charging",
        "someone is hurt",
        "I crashed my Taycan",
    ],
)
def test_an_emergency_is_told(reader: Reader, text: str) -> None:
    assert reader.read(text).emergency


@pytest.mark.parametrize(
    "text",
    [
        "the app crashed",
        "I had a crash of the PCM yesterday",
        "Jak funguje tísňové volání při nehodě?",
        "Does the car call for help after an accident?",
        "Hoří kontrolka motoru",
        "I deleted my account accidentally",
        "Jak zapnu roaming v Taycanu?",
    ],
)
def test_what_is_no_emergency(reader: Reader, text: str) -> None:
    assert not reader.read(text).emergency
