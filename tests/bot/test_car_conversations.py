"""Conversations about cars, drawn at random: no reply ever shows a step that does not hold for the car.

What is right comes from the table of the source and from what was put into the messages, not from what the bot read.
`make test-nightly` draws many more of them.
"""

from dataclasses import dataclass

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.assistant import Assistant
from bot.message import Message
from bot.reply import Reply, ReplyKind
from bot.state import DialogueState
from kb.model import Language
from kb.vehicles import YearKind
from tests.bot.source_table import (
    GENERATIONS,
    NAMED_ONLY,
    PATHS,
    VARIANTS,
    Years,
    allowed,
    of_model,
    possible,
)

pytestmark = [pytest.mark.slow, pytest.mark.sampled]

CS, EN = Language.CS, Language.EN
EVERY_CAR = tuple(code for code in GENERATIONS if code not in NAMED_ONLY)

# What a name means, and the name in both languages.
NAMES: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (of_model("911"), "911", "911"),
    (("911-classic",), "993", "993"),
    (("997",), "997", "997"),
    (("991",), "991", "991"),
    (("991",), "911 sedmé generace", "7th generation 911"),
    (("992",), "992", "992"),
    (("992",), "911 (992)", "911 (992)"),
    (("982",), "718", "718"),
    (("982",), "718 Cayman", "718 Cayman"),
    (("718-electric",), "elektrický 718", "electric 718"),
    (("982", "986", "987", "981"), "Boxster", "Boxster"),
    (("982", "987", "981"), "Cayman", "Cayman"),
    (("981",), "Cayman 981", "Cayman 981"),
    (of_model("cayenne"), "Cayenne", "Cayenne"),
    (("955",), "Cayenne 955", "Cayenne 955"),
    (("958",), "Cayenne 958", "Cayenne 958"),
    (("958",), "Cayenne druhé generace", "second generation Cayenne"),
    (("9Y0",), "Cayenne Coupé", "Cayenne Coupé"),
    (("9Y0",), "Cayenne E3", "Cayenne E3"),
    (("cayenne-electric",), "Cayenne Electric", "Cayenne Electric"),
    (of_model("panamera"), "Panamera", "Panamera"),
    (("970",), "Panamera 970", "Panamera 970"),
    (("971",), "Panamera Sport Turismo", "Panamera Sport Turismo"),
    (("971",), "971", "971"),
    (("976",), "Panamera 976", "Panamera 976"),
    (of_model("macan"), "Macan", "Macan"),
    (("95B",), "benzinový Macan", "petrol Macan"),
    (("J1-II",), "Macan Electric", "Macan Electric"),
    (("J1",), "Taycan", "Taycan"),
    (("J1",), "Taycan Cross Turismo", "Taycan Cross Turismo"),
    (("918-spyder",), "918 Spyder", "918 Spyder"),
)
YEAR_WORDS = {
    YearKind.BARE: {CS: "z roku {}", EN: "from {}"},
    YearKind.MODEL_YEAR: {CS: "ročník {}", EN: "model year {}"},
    YearKind.CALENDAR: {CS: "r.v. {}", EN: "built in {}"},
}
SAYS_CAR = {
    CS: ("je to {}", "ne, je to {}", "pardon, myslel jsem {}", "a co {}?"),
    EN: ("it's a {}", "no, it's a {}", "sorry, I meant the {}", "what about the {}?"),
}
SAYS_YEAR = {CS: ("{}", "je {}", "pardon, {}"), EN: ("{}", "it is {}", "sorry, {}")}
UNKNOWN = {CS: "nevím", EN: "I don't know"}
HAS = {CS: "{} Mám {}.", EN: "{} I have a {}."}


@dataclass(frozen=True)
class Year:
    """A year and how it is said; none: not said."""

    year: int | None
    kind: YearKind = YearKind.BARE

    def words(self, language: Language) -> str:
        return YEAR_WORDS[self.kind][language].format(self.year) if self.year else ""

    @property
    def years(self) -> Years | None:
        return Years(self.year, self.year + (self.kind is YearKind.CALENDAR)) if self.year else None


@dataclass(frozen=True)
class Car:
    """What is known of the customer's car."""

    codes: tuple[str, ...] = EVERY_CAR
    year: Year = Year(None)

    def exists(self) -> bool:
        return bool(possible(self.codes, self.year.years))

    def then(self, named: "Car") -> "Car":
        """The car after another was named: the same one, if it can be, with the year that is known."""
        common = tuple(code for code in self.codes if code in named.codes)
        if not common:
            return named
        merged = Car(common, named.year if named.year.year else self.year)
        return merged if merged.exists() else named

    def steps(self, entry_id: str) -> frozenset[str]:
        """The variants that hold for it; where its year contradicts it, whichever of them holds."""
        bare = self.year.kind is YearKind.BARE
        if self.exists():
            return allowed(entry_id, self.codes, self.year.years, bare=bare)
        of_models = tuple(code for model in {GENERATIONS[code][0] for code in self.codes} for code in of_model(model))
        return (
            allowed(entry_id, self.codes, None)
            | allowed(entry_id, of_models, self.year.years, bare=bare)
            | allowed(entry_id, EVERY_CAR, self.year.years, bare=bare)
        )


@dataclass(frozen=True)
class Said:
    """A message, and the car that is meant after it."""

    text: str
    car: Car


def years() -> st.SearchStrategy[Year]:
    return st.builds(Year, st.integers(2008, 2027), st.sampled_from(YearKind))


@st.composite
def named(draw: st.DrawFn, language: Language) -> tuple[str, Car]:
    """The words for a car, and the car."""
    codes, cs, en = draw(st.sampled_from(NAMES))
    year = draw(years() | st.just(Year(None)))
    words = f"{cs if language is CS else en} {year.words(language)}".strip()
    return words, Car(codes, year)


@st.composite
def said(draw: st.DrawFn, language: Language, questions: tuple[str, ...], known: Car) -> Said:
    """One message of a customer whose car is known so far."""
    kind = draw(st.sampled_from(("question", "question with a car", "car", "year", "unknown")))
    if kind == "question":
        return Said(draw(st.sampled_from(questions)), known)
    if kind == "unknown":
        return Said(UNKNOWN[language], known)
    if kind == "year":
        year = draw(years())
        text = draw(st.sampled_from(SAYS_YEAR[language])).format(year.words(language))
        return Said(text, Car(known.codes, year))
    words, car = draw(named(language))
    question = draw(st.sampled_from(questions))
    text = HAS[language].format(question, words)
    if kind == "car":
        text = draw(st.sampled_from(SAYS_CAR[language])).format(words)
    return Said(text, known.then(car))


def wrong_steps(reply: Reply, cars: tuple[Car, ...]) -> list[str]:
    """The menu words in a reply that belong to none of the cars."""
    shows = reply.kind is ReplyKind.ANSWER
    return [
        words
        for entry_id, variants in VARIANTS.items()
        for variant in variants
        if not shows or not any(variant in car.steps(entry_id) for car in cars)
        for words in PATHS[entry_id][variant]
        if words in reply.text
    ]


def questions_in(assistant: Assistant, language: Language) -> tuple[str, ...]:
    return tuple(assistant.index.base.entry_of[entry_id].question.text(language) for entry_id in VARIANTS)


@given(st.data(), st.sampled_from(Language))
def test_no_reply_shows_a_step_that_does_not_hold_for_the_car(
    assistant: Assistant, data: st.DataObject, language: Language
) -> None:
    questions = questions_in(assistant, language)
    state, car, talk = DialogueState(language), Car(), []
    for _ in range(data.draw(st.integers(1, 4))):
        turn = data.draw(said(language, questions, car))
        car = turn.car
        reply, state = assistant.reply(Message(turn.text, language=language), state)
        talk.append(f"> {turn.text}\n{reply.text}")
        assert wrong_steps(reply, (car,)) == [], "\n".join(talk)
        if reply.entry_id in VARIANTS:
            assert set(reply.variants) <= car.steps(reply.entry_id), "\n".join(talk)
        if not car.exists():
            return  # the bot asks which of the two holds; what is said next would need a rule of its own


@given(st.data(), st.sampled_from(Language))
def test_a_reply_for_two_cars_shows_steps_of_these_two_only(
    assistant: Assistant, data: st.DataObject, language: Language
) -> None:
    question = data.draw(st.sampled_from(questions_in(assistant, language)))
    one_words, one = data.draw(named(language))
    two_words, two = data.draw(named(language))
    assume(not set(two.codes) & set(one.codes))
    joined = {CS: f"{one_words} a {two_words}", EN: f"{one_words} and a {two_words}"}[language]
    text = HAS[language].format(question, joined)
    state = DialogueState(language)
    reply, state = assistant.reply(Message(text, language=language), state)
    assert wrong_steps(reply, (one, two)) == [], text
    after, _ = assistant.reply(Message(UNKNOWN[language], language=language), state)
    assert wrong_steps(after, (one, two)) == [], text
