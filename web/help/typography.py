"""Texts as they are set on a page: no hanging prepositions, web addresses as links, marks, menu paths."""

import re
from collections.abc import Iterable

from markupsafe import Markup, escape

from index.highlights import Span
from kb.model import Language

NO_BREAK = "\u00a0"

# Czech: prepositions and conjunctions of one letter, which must not end a line; numbers stay with what they count, and
# "911 8. generace" is one car.
_HANGING = re.compile(r"(?<![\w\u00a0-])([kosuvzaiKOSUVZAI]) (?=\w|[„(])")
_NUMBER = re.compile(r"(?<=\d)(\.?) (?=[^\W\d_]|\d+\. )")
_HTTPS = re.compile(r"https://[^\s<>\"„“”]+")
_ENDING = ".,;:!?'’"


def bound(text: str, language: Language) -> str:
    """The text with no-break spaces where a line must not end: after one-letter Czech words, and after numbers."""
    if language is not Language.CS:
        return text
    # Twice: of "a v autě" the first round binds "a" only.
    for _ in range(2):
        text = _HANGING.sub(rf"\1{NO_BREAK}", text)
    return _NUMBER.sub(rf"\1{NO_BREAK}", text)


def prose(text: str, language: Language) -> Markup:
    """The text as HTML, its https addresses as links."""
    pieces: list[str] = []
    end = 0
    for found in _HTTPS.finditer(text):
        address = _without_ending(found[0])
        pieces += [escape(bound(text[end : found.start()], language)), _link(address)]
        end = found.start() + len(address)
    return Markup("").join([*pieces, escape(bound(text[end:], language))])


def _link(address: str) -> Markup:
    return Markup('<a href="{0}" rel="noopener noreferrer">{0}</a>').format(address)


def _without_ending(address: str) -> str:
    """The address without the punctuation of the sentence around it; a bracket stays where it was opened inside."""
    bare = address.rstrip(_ENDING)
    return _without_ending(bare[:-1]) if bare.endswith(")") and "(" not in bare else bare


def marked(text: str, spans: Iterable[Span], language: Language) -> Markup:
    """The text as HTML with these places marked, left to right."""
    text = bound(text, language)  # which moves no letter
    pieces: list[str] = []
    end = 0
    for first, last in spans:
        pieces += [escape(text[end:first]), Markup("<mark>{}</mark>").format(text[first:last])]
        end = last
    return Markup("").join([*pieces, escape(text[end:])])


def shortened(text: str, most: int) -> str:
    """The text, or the words of its beginning that fit into so many characters, with an ellipsis."""
    if len(text) <= most:
        return text
    return text[:most].rpartition(" ")[0].rstrip(" ,;:–-") + " …"
