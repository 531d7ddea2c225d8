"""A customer's words as they are kept: without personal data."""

import re
from collections.abc import Iterable

from bot.personal import blank_personal

# In place of personal data, however long it was.
REDACTED = "[…]"
# What is blanked out may have spaces inside, which look the same after it.
_GONE = re.compile(r"\0(?:\s*\0)*")


def redacted(text: str, public: Iterable[str] = ()) -> str:
    """The text with a mark for each piece of personal data; `public` e-mail addresses (small letters) stay."""
    blanked = blank_personal(text, public).text
    marked = "".join(kept if kept == sign else "\0" for sign, kept in zip(text, blanked, strict=True))
    return _GONE.sub(REDACTED, marked)
