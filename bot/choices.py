"""Answers by number to a question back: "the second", "3.", "option 2" press that button."""

import re
from dataclasses import dataclass

from bot.lexicon import Lexicon
from bot.reply import QuickReply
from bot.words import split_words

# "2. generace (958)", "991 (7th generation)": buttons that have numbers of their own.
_ORDINAL = re.compile(r"\b(\d{1,2})(?:\.|st|nd|rd|th)\s")


@dataclass(frozen=True, slots=True)
class Choice:
    """A number alone; `counted`: it says itself that it counts the choices, as in "option 2"."""

    number: int
    counted: bool

    def of(self, buttons: tuple[QuickReply, ...]) -> QuickReply | None:
        """The button that is meant: the one that has the number in its label, or else the one at that place."""
        labelled = [row for row in buttons if str(self.number) in _ORDINAL.findall(row.label)]
        if labelled and not self.counted:
            return labelled[0] if len(labelled) == 1 else None
        return buttons[self.number - 1] if self.number <= len(buttons) else None


class ChoiceReader:
    """Finds a message that is a number and nothing else."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._numbers = {
            word: int(number)
            for number in lexicon.keys("choice_numbers")
            for word in lexicon.of_language("choice_numbers", number)
        }
        self._counted = frozenset(lexicon.phrases("choice_counted"))
        self._around = frozenset(lexicon.phrases("choice_around"))

    def read(self, text: str) -> Choice | None:
        """The number that the message consists of; None: it says more, or none."""
        folded = [word.folded for word in split_words(text)]
        counted = any(word in self._counted for word in folded)
        said = [word for word in folded if word not in self._around and word not in self._counted]
        # In "the one" it is no number, in "option one" it is.
        numbers = said or [word for word in folded if counted and word in self._numbers]
        if len(numbers) != 1 or numbers[0] not in self._numbers:
            return None
        return Choice(self._numbers[numbers[0]], counted)
