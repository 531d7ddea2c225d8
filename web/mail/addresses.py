"""E-mail addresses: which are taken."""

import re

LONGEST_ADDRESS = 254  # RFC 5321, 4.5.3.1.3
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
# RFC 5322's dot-atom in ASCII, at a domain of two labels or more. No quoted names, comments, spaces, line breaks.
_ADDRESS = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@{_LABEL}(?:\.{_LABEL})+")


def is_address(text: str) -> bool:
    """Whether mail can be sent to the text, as one address and nothing else."""
    local, _, _ = text.partition("@")
    return len(text) <= LONGEST_ADDRESS and len(local) <= 64 and _ADDRESS.fullmatch(text) is not None
