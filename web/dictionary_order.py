"""Names in the order of a language's dictionary, for pages that list them."""

import unicodedata

from index.text import fold
from kb.model import Language

# Letters of their own in the Czech alphabet, behind those that they look like; all other accents count for nothing.
_HACEK = "čřšž"
_BEHIND = "\uffff"


def dictionary_key(name: str, language: Language) -> str:
    """What names are sorted by: in Czech "ch" stands behind "h", and "č" behind "c"."""
    if language is not Language.CS:
        return fold(name)
    letters = unicodedata.normalize("NFC", name).casefold().replace("ch", f"h{_BEHIND}")
    return "".join(fold(letter) + _BEHIND if letter in _HACEK else fold(letter) for letter in letters)
