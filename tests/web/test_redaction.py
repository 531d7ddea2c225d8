"""What is kept of a customer's words: 200 examples, with what only looks like personal data, and long messages."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reader import Reader
from kb.load import BUNDLED_CONTENT, load
from web.redaction import REDACTED, Redact, redactor

ROWS = (Path(__file__).parent / "redaction.tsv").read_text(encoding="utf-8").splitlines()
EXAMPLES = [tuple(row.split("\t")) for row in ROWS]
# Where an expression that looks at every sign from every other one needs minutes.
MANY = 200_000
PIECES = [
    "a", "1", "1 ", "1-", "+1", "+", "(", "a.", "@", "a@", "@a", ".@", "a@a.", "A1", "WP0", "0" * 17 + "A", "+420 ",
    " ", "\0", "ž", "4111 1111 1111 1111 ", "777 123 456 ", "jan@seznam.cz ",
]  # fmt: skip


@pytest.fixture(scope="module")
def redact() -> Redact:
    """Redacts as the server does."""
    return redactor(Reader(load(BUNDLED_CONTENT)))


def test_there_are_two_hundred_examples_and_none_twice() -> None:
    assert len({message for message, _ in EXAMPLES}) == len(EXAMPLES) >= 200


@pytest.mark.parametrize(("message", "kept"), EXAMPLES)
def test_personal_data_goes_and_everything_else_stays(redact: Redact, message: str, kept: str) -> None:
    assert redact(message) == (message if kept == "=" else kept)


@given(st.text(max_size=2000))
def test_what_is_redacted_once_is_redacted(redact: Redact, text: str) -> None:
    once = redact(f"{text} jan@seznam.cz {text}")
    assert "jan@seznam.cz" not in once
    assert redact(once) == once


@pytest.mark.parametrize("piece", PIECES)
def test_the_longest_message_is_redacted_in_a_time_that_grows_with_its_length(redact: Redact, piece: str) -> None:
    kept = redact(piece * (MANY // len(piece)))
    assert len(kept) <= MANY * len(REDACTED)
