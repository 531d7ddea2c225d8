"""A message with a common word in place of what names a car: "I sold my car" for "I sold my 2019 Macan"."""

from bot.words import Word

_ENDS_OF_CLAUSE = tuple(",;.?!\n")


def unnamed(text: str, words: tuple[Word, ...], places: frozenset[int], noun: str) -> str | None:
    """The text with the noun for each name of a car, and without years that stand alone; None: it names no car.

    `places` are those of names and years. What stands side by side in a clause is one name: "Macan 2019".
    """
    pieces, start = [], 0
    for first, last in _runs(text, words, places):
        is_year = all(word.folded.isdigit() and len(word.folded) == 4 for word in words[first : last + 1])
        pieces += [text[start : words[first].start], "" if is_year else noun]
        start = words[last].end
    return " ".join("".join([*pieces, text[start:]]).split()) if pieces else None


def _runs(text: str, words: tuple[Word, ...], places: frozenset[int]) -> list[tuple[int, int]]:
    """The first and last place of each name."""
    runs: list[tuple[int, int]] = []
    for place in sorted(places):
        joins = bool(runs) and runs[-1][1] == place - 1
        if joins and not any(sign in text[words[place - 1].end : words[place].start] for sign in _ENDS_OF_CLAUSE):
            runs[-1] = (runs[-1][0], place)
        else:
            runs.append((place, place))
    return runs
