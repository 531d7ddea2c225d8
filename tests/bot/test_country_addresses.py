"""No address but the country's own: listed countries in many phrasings, all other territories, typing slips."""

import re
import string
from collections.abc import Iterator

import numpy as np
import pytest
from babel import Locale
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from bot.assistant import Assistant
from bot.content_words import known_words
from bot.country_names import NO_COUNTRY, country_names
from bot.country_reader import CountryReader
from bot.lexicon import Lexicon
from bot.message import Message
from bot.reader import Reader
from bot.reply import Reply, ReplyKind
from bot.state import DialogueState
from bot.words import split_words
from kb.knowledge_base import KnowledgeBase
from kb.model import Language
from tests.bot.countries import COUNTRIES

EMAIL = re.compile(r"[\w.+-]+@[\w.-]+\w")

ASKED_IN_CZECH = [
    "kontakt pro {accusative}",
    "Jaká je e-mailová adresa Porsche Connect pro {accusative}?",
    "potřebuji e-mail na podporu pro {accusative}",
    "Kam můžu napsat {locative}?",
    "na jaký mail se mám obrátit {locative}",
    "Bydlím {locative}. Na koho se mohu obrátit?",
    "Jsem z {genitive}, dejte mi prosím kontakt",
    "auto je registrované {locative}, komu mám napsat e-mail?",
    "Jak odvolám souhlas s výměnou údajů? Žiju {locative}.",
    "Chci mluvit s člověkem, bydlím {locative}",
    "telefonní číslo na podporu {locative}",
    "Potřebuji kontaktní adresu, moje země je {accusative}",
]
ASKED_IN_ENGLISH = [
    "contact for {english}",
    "What is the Porsche Connect e-mail address for {english}?",
    "I need the support e-mail in {english}",
    "Who can I write to in {english}?",
    "I live in {english}. Which address can I write to?",
    "I'm from {english}, please give me a contact",
    "the car is registered in {english}, whom do I e-mail?",
    "How do I revoke the consent to exchange data? I live in {english}.",
    "I want to talk to a person, I live in {english}",
    "is there a phone number for {english}",
    "My country is {english}, what is the contact address?",
    "CONTACT FOR {english}",
]
OTHERS = {Language.CS: "kontakt pro zemi: {name}", Language.EN: "I live in {name}, which address can I write to?"}


# The continent "Amerika", in English "Americas": also a name of the United States.
ALSO_A_COUNTRY = "019"


def addresses(reply: Reply) -> set[str]:
    return {*EMAIL.findall(reply.text), *([reply.contact.email] if reply.contact else [])}


@pytest.mark.slow
@pytest.mark.parametrize("code", COUNTRIES)
@pytest.mark.parametrize("phrasing", [*ASKED_IN_CZECH, *ASKED_IN_ENGLISH])
def test_who_asks_for_a_contact_gets_the_address_of_the_country_and_no_other(
    assistant: Assistant, code: str, phrasing: str
) -> None:
    accusative, locative, genitive, english = COUNTRIES[code]
    said = phrasing.format(accusative=accusative, locative=locative, genitive=genitive, english=english)
    reply, _ = assistant.reply(Message(said), DialogueState())
    assert addresses(reply) == {assistant.index.base.contact_of[code].email}, reply.text
    assert reply.country == code


def others(base: KnowledgeBase, language: Language) -> dict[str, str]:
    """All that CLDR names and the knowledge base has no address for: countries, territories, continents, groups."""
    names = Locale(language.value).territories
    left_out = base.contact_of.keys() | {ALSO_A_COUNTRY}
    return {code: str(name) for code, name in names.items() if code not in left_out}


@pytest.mark.slow
@pytest.mark.parametrize("language", Language)
def test_what_is_not_listed_never_gets_an_address(assistant: Assistant, language: Language) -> None:
    wrong = {}
    for code, name in others(assistant.index.base, language).items():
        reply, _ = assistant.reply(Message(OTHERS[language].format(name=name)), DialogueState())
        if addresses(reply) or reply.kind not in {ReplyKind.CONTACT, ReplyKind.NO_ANSWER}:
            wrong[code, name] = reply.text
    assert wrong == {}


@pytest.mark.parametrize("language", Language)
def test_an_unlisted_country_answers_the_question_for_it_without_an_address(
    reader: Reader, base: KnowledgeBase, language: Language
) -> None:
    phrasings = ["{name}", *(ASKED_IN_ENGLISH if language is Language.EN else ["kontakt {name}", "e-mail: {name}"])]
    read = {
        said: reader.read(said).countries.meant
        for name in others(base, language).values()
        for said in (phrasing.format(english=name, name=name) for phrasing in phrasings)
    }
    assert {said: codes for said, codes in read.items() if set(codes) & set(base.contact_of)} == {}


# ---- typing slips

# An abbreviation with a slip is another one ("SR", "ČR").
FEWEST_LETTERS = 5
# Countries so near that a slip in the name of one is the name of the other, letter by letter.
TWINS = {
    (NO_COUNTRY, "US"),  # Americas, America
    ("CN", "FI"),  # čínská, finská
    ("FI", "CN"),
    ("CZ", "EE"),  # čeští, Eesti
    ("EE", "CZ"),
    ("IE", "IS"),  # Ireland, Iceland
    ("IS", "IE"),
    ("IQ", "IE"),  # Iráčan, Irčan
    ("IR", "IE"),  # Íránka, Irčanka
    ("IR", "FR"),  # Íránce, France
    ("SI", "SK"),  # Slovinska, Slovenska
    ("SK", "SI"),
}
FEWEST_SLIPS = 10000


def forms_of(base: KnowledgeBase) -> dict[str, set[str]]:
    """All names and forms of all countries, folded, with the countries that they name."""
    forms: dict[str, set[str]] = {}
    for language in Language:
        for name, code in country_names(base, language):
            forms.setdefault(" ".join(word.folded for word in split_words(name)), set()).add(code)
    return forms


def slips(name: str, letters: str) -> Iterator[str]:
    """The name with one letter left out, added, replaced, or changed for the next one; short words stay as they are."""
    for word in re.finditer(r"[a-z]{3,}", name):
        for place in range(*word.span()):
            before, here, behind = name[:place], name[place], name[place + 1 :]
            yield before + behind
            yield before + behind[:1] + here + behind[1:]
            yield from (before + letter + kept + behind for letter in letters for kept in ("", here))
        yield from (name[: word.end()] + letter + name[word.end() :] for letter in letters)


def slips_near_another(forms: dict[str, set[str]]) -> Iterator[tuple[str, str]]:
    """A name and each of its slips that is one more slip from a name of another country."""
    names = [name for name in forms if len(name) >= FEWEST_LETTERS]
    distances = cdist(names, names, scorer=OSA.distance, score_cutoff=2, dtype=np.uint8)
    for one, other in np.argwhere(distances <= 2).tolist():
        if forms[names[one]] != forms[names[other]]:
            for slip in slips(names[one], string.ascii_lowercase + " "):
                if OSA.distance(slip, names[other], score_cutoff=1) <= 1:
                    yield names[one], slip


def slips_of_names_within_names(forms: dict[str, set[str]]) -> Iterator[tuple[str, str]]:
    """Every kind of slip in names that hold the name of another country: "Northern Ireland"."""
    for name, codes in forms.items():
        parts = name.split()
        within = {" ".join(parts[first:end]) for first in range(len(parts)) for end in range(first + 1, len(parts) + 1)}
        if any(forms.get(part, codes) != codes for part in within):
            yield from ((name, slip) for slip in slips(name, "x "))


@pytest.fixture(scope="module")
def country_reader(base: KnowledgeBase, lexicon: Lexicon) -> CountryReader:
    return CountryReader(base, lexicon, known_words(base, lexicon))


@pytest.mark.slow
def test_a_slip_in_a_name_never_gives_the_address_of_another_country(
    country_reader: CountryReader, base: KnowledgeBase
) -> None:
    forms = forms_of(base)
    joined = {form.replace(" ", "") for form in forms}
    tried = {*slips_near_another(forms), *slips_of_names_within_names(forms)}
    wrong, twins = {}, set()
    for name, slip in sorted(tried):
        said = f"kontakt pro {slip}"
        read = set(country_reader.read(said, split_words(said)).named)
        for code in (read - forms[name]) & base.contact_of.keys():
            if slip.replace(" ", "") in joined:
                twins.add((min(forms[name]), code))
            else:
                wrong[slip] = (name, code)
    assert len(tried) > FEWEST_SLIPS
    assert wrong == {}
    assert twins == TWINS


def test_every_form_names_its_own_country_alone(base: KnowledgeBase) -> None:
    forms = forms_of(base)
    assert {form: codes for form, codes in forms.items() if len(codes) > 1} == {}
    assert NO_COUNTRY not in base.contact_of
