"""What the words of a message say for Czech or for English, added up."""

from dataclasses import dataclass

# Evidence in log odds, above 0 for Czech. Words of the grammar tell more than the names of things, which a
# language borrows. From SURE on, the message decides.
GRAMMAR = 3.0
SURE = 1.5
# Czech borrows English names of things ("resetovat password"), English hardly any of Czech: besides a Czech word and
# without English grammar they count nothing; besides one that only its letters tell, half.
BORROWED, HALF_BORROWED = 0.0, 0.5
# The letters of an unknown word tell its language from LETTERS_TELL on (log odds): of 2,000 words of each kind from
# index/training/everyday 4 in 100 are then on the wrong side, from LETTERS_SURE on 2, and it counts as a known word.
LETTERS_TELL = 2.0
LETTERS_SURE = 3.0


@dataclass(slots=True)
class Evidence:
    """The log odds of a message for Czech, by where they come from."""

    grammar: float = 0.0
    spoken: float = 0.0
    english_grammar: bool = False
    czech: float = 0.0
    english: float = 0.0
    letters: float = 0.0
    weak: float = 0.0

    @property
    def known(self) -> float:
        """Of the words that are known."""
        borrowed = 1.0
        if not self.english_grammar:
            if max(self.grammar + self.spoken, self.czech) >= SURE:
                borrowed = BORROWED
            elif self.letters >= SURE:
                borrowed = HALF_BORROWED
        return self.grammar + self.spoken + self.czech + borrowed * self.english

    @property
    def is_certain(self) -> bool:
        """Whether it is Czech or English so surely that a third language needs no look."""
        return abs(self.known) >= 2 * GRAMMAR

    def add_subject(self, odds: float) -> None:
        """Of a word that names a thing."""
        self.czech += max(odds, 0.0)
        self.english += min(odds, 0.0)

    def add_letters(self, odds: float) -> None:
        """Of the letters of an unknown word."""
        if abs(odds) >= LETTERS_SURE:
            self.add_subject(SURE if odds > 0 else -SURE)
        elif abs(odds) >= LETTERS_TELL:
            self.letters += SURE if odds > 0 else -SURE
        else:
            self.weak += odds
