"""A customer's words as they are kept: without personal data."""

import re
from collections.abc import Callable

from bot.reader import Reader

# In place of personal data, however long it was.
REDACTED = "[…]"
# What is blanked out may have spaces inside, which look the same after it.
_GONE = re.compile(r"\0(?:\s*\0)*")

Redact = Callable[[str], str]


def redactor(reader: Reader) -> Redact:
    """From a text to the same with a mark for each piece of personal data, as the reader finds it."""

    def redact(text: str) -> str:
        blanked = reader.without_personal(text).text
        marked = "".join(kept if kept == sign else "\0" for sign, kept in zip(text, blanked, strict=True))
        return _GONE.sub(REDACTED, marked)

    return redact
