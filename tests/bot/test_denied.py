"""What a message says that it is not about."""

import pytest

from bot.denied import DeniedClauses
from bot.lexicon import Lexicon
from bot.reader import Reader

MESSAGES = [
    ("Potřebuji fakturu za služby, ne za nabíjení", "Potřebuji fakturu za služby"),
    ("an invoice for the services, not for charging, please", "an invoice for the services, please"),
    ("Roaming does not work, not even in Austria", "Roaming does not work, not even in Austria"),
    ("Not for me", "Not for me"),
    ("", ""),
]


@pytest.mark.parametrize(("text", "asked"), MESSAGES)
def test_a_clause_that_denies_is_left_out(lexicon: Lexicon, text: str, asked: str) -> None:
    assert DeniedClauses(lexicon).without(text) == asked


def test_what_is_denied_is_not_searched(reader: Reader) -> None:
    assert reader.read("Potřebuji fakturu za služby, ne za nabíjení").query.text == "Potřebuji fakturu za služby"
