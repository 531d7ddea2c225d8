"""Every sentence shown is one of the knowledge base or a fixed phrase; an address is the country's own."""

import re

import pytest

from bot.assistant import Assistant
from bot.blocks import (
    Block,
    BulletList,
    ContactBlock,
    Heading,
    MenuPathBlock,
    Steps,
    plain_text,
)
from bot.message import Message
from bot.reply import Reply, ReplyKind
from bot.state import Asked, DialogueState, EntryPending, LanguageSet, VehicleSlot
from kb.knowledge_base import CONTACT_ENTRY, KnowledgeBase
from kb.model import Entry, Language, Origin
from kb.vehicles import YearKind
from tests.bot.known_texts import Known

ADDRESS = re.compile(r"[\w.+-]+@[\w.-]+\w")

SLOTS = [
    None,
    VehicleSlot(("J1",)),
    VehicleSlot(("992",)),
    VehicleSlot(("991",), 2019, 2019),
    VehicleSlot(("955", "958", "9Y0"), 2021, 2021),
    VehicleSlot(("955", "958", "9Y0"), 2017, 2017, YearKind.CALENDAR),
    VehicleSlot(("970", "971", "976"), 2019, 2019, YearKind.CALENDAR),
    VehicleSlot(("95B", "J1-II"), 2018, 2018),
    VehicleSlot(("95B", "J1-II")),
    VehicleSlot(("J1-II",)),
    VehicleSlot(("992",), 2012, 2012),
]
MESSAGES = {
    Language.CS: [
        "nevím",
        "Taycan",
        "Macan 2024",
        "Macan a Cayenne",
        "děkuji",
        "kontakt pro Brazílii",
        "chci člověka",
        "asdf",
    ],
    Language.EN: [
        "I don't know",
        "Taycan",
        "992 of 2012",
        "Macan and Taycan",
        "thanks",
        "email for Brazil",
        "a real person",
        "asdf",
    ],
}


@pytest.mark.parametrize("language", Language)
def test_every_sentence_of_every_answer_is_of_the_knowledge_base_or_a_phrase(
    assistant: Assistant, base: KnowledgeBase, language: Language
) -> None:
    known = Known(base, language)
    for entry in base.entries:
        for slot in SLOTS if entry.variants else SLOTS[:1]:
            state = DialogueState(language, vehicle=slot)
            reply, after = assistant.reply(Message(entry.question.text(language), language=language), state)
            assert known.strange_lines(reply) == [], entry.id
            if after.pending_entry:
                for message in MESSAGES[language]:
                    answer, _ = assistant.reply(Message(message, language=language), after)
                    assert known.strange_lines(answer) == [], (entry.id, message)


def addresses(reply: Reply) -> set[str]:
    return set(ADDRESS.findall(reply.text))


@pytest.mark.parametrize("language", Language)
def test_only_the_address_of_the_customers_country_is_shown(
    assistant: Assistant, base: KnowledgeBase, language: Language
) -> None:
    asked = [base.entry_of[entry_id].question.text(language) for entry_id in ("data-consent", CONTACT_ENTRY)]
    asked.append({Language.CS: "chci mluvit s člověkem", Language.EN: "I want to talk to a person"}[language])
    for country, contact in base.contact_of.items():
        for message in asked:
            reply, _ = assistant.reply(Message(message, language=language, country=country), DialogueState())
            assert addresses(reply) == {contact.email}, (country, message)
            assert reply.contact is not None
            assert (reply.contact.country, reply.contact.email) == (country, contact.email)


@pytest.mark.parametrize("language", Language)
def test_the_country_that_was_asked_for_completes_the_answer_that_waits(
    assistant: Assistant, base: KnowledgeBase, language: Language
) -> None:
    waiting = DialogueState().replay([LanguageSet(language), EntryPending("data-consent", Asked.COUNTRY, 0.9)])
    for country, contact in base.contact_of.items():
        reply, after = assistant.reply(Message(country, language=language), waiting)
        assert reply.entry_id == "data-consent", country
        assert addresses(reply) == {contact.email}, country
        assert after.country == country


def test_without_a_country_no_address_is_shown(assistant: Assistant, base: KnowledgeBase) -> None:
    for entry in base.entries:
        reply, _ = assistant.reply(Message(entry.question.en), DialogueState())
        assert addresses(reply) == set(), entry.id


def test_an_answer_that_is_not_about_addresses_shows_none(assistant: Assistant, base: KnowledgeBase) -> None:
    for entry in base.entries:
        reply, _ = assistant.reply(Message(entry.question.en, country="AT"), DialogueState())
        if reply.kind is ReplyKind.ANSWER and not base.entry_of[reply.entry_id or ""].show_contact:
            assert addresses(reply) == set(), entry.id
        assert reply.contact is not None


def test_an_answer_begins_with_its_title_question(assistant: Assistant, base: KnowledgeBase) -> None:
    for language in Language:
        for entry in base.entries:
            reply, _ = assistant.reply(
                Message(entry.question.text(language), language=language), DialogueState(vehicle=VehicleSlot(("J1",)))
            )
            if reply.kind is ReplyKind.ANSWER and reply.entry_id:
                assert reply.blocks[0] == Heading(base.entry_of[reply.entry_id].question.text(language))


@pytest.mark.parametrize("language", Language)
def test_lines_around_the_steps_are_shown_only_with_their_variants(
    assistant: Assistant, base: KnowledgeBase, language: Language
) -> None:
    entry = base.entry_of["roaming-activate"]
    introduction = str(entry.answer[0].text(language))
    for slot, shown in ((VehicleSlot(("J1",)), False), (VehicleSlot(("992",)), True), (VehicleSlot(("982",)), True)):
        reply = ask(assistant, entry, language, slot)
        assert (introduction in reply.text) is shown


def test_an_overview_is_shown_only_when_all_variants_are(assistant: Assistant, base: KnowledgeBase) -> None:
    entry = base.entry_of["link-porsche-id"]
    overview = next(str(part.cs) for part in entry.answer if part.only_with == "all")
    _, waiting = assistant.reply(Message(entry.question.cs), DialogueState())
    everything, _ = assistant.reply(Message("nevím"), waiting)
    assert overview in everything.text
    assert overview not in ask(assistant, entry, Language.CS, VehicleSlot(("982",))).text


def test_several_variants_stand_under_their_vehicles(assistant: Assistant, base: KnowledgeBase) -> None:
    entry = base.entry_of["sim-pin"]
    reply = ask(assistant, entry, Language.EN, VehicleSlot(("95B",), 2018, 2018))
    labels = [str(entry.variant(variant).label.en).removesuffix(":") for variant in ("device-manager", "phone-opt")]
    assert [block.text for block in reply.blocks if isinstance(block, Heading) and block.level == 2] == labels


def test_a_translation_says_that_it_is_one(assistant: Assistant, base: KnowledgeBase) -> None:
    entry = base.entry_of["roaming-activate"]
    origins = {
        language: ask(assistant, entry, language, VehicleSlot(("J1",))).sources[0].origin for language in Language
    }
    assert origins == {Language.CS: Origin.TRANSLATION, Language.EN: Origin.SOURCE}


def ask(assistant: Assistant, entry: Entry, language: Language, slot: VehicleSlot) -> Reply:
    message = Message(entry.question.text(language), language=language)
    reply, _ = assistant.reply(message, DialogueState(vehicle=slot))
    assert reply.entry_id == entry.id
    return reply


def test_plain_text_numbers_steps_and_joins_menu_words() -> None:
    blocks: tuple[Block, ...] = (
        Heading("A title"),
        Steps(("first", "second")),
        BulletList(("one",)),
        MenuPathBlock(("SET", "Options"), "Select", "."),
        ContactBlock("CZ", "Czechia", "a@b.cz"),
    )
    assert plain_text(blocks).splitlines() == [
        "A title",
        "1. first",
        "2. second",
        "- one",
        "Select SET > Options.",
        "a@b.cz",
    ]


def shown(reply: Reply) -> list[str]:
    return reply.text.splitlines()


@pytest.mark.parametrize(("said", "language"), [("kontakt", Language.CS), ("I want to talk to a person", Language.EN)])
def test_the_question_for_the_country_is_the_last_thing_said(
    assistant: Assistant, base: KnowledgeBase, said: str, language: Language
) -> None:
    reply, _ = assistant.reply(Message(said, language=language), DialogueState())
    assert shown(reply)[-2:] == [base.phrases[language].partner, assistant.composers[language].phrases("ask_country")]


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("country", [None, "CZ", "BR"])
def test_without_an_answer_the_partner_is_named_whatever_the_country(
    assistant: Assistant, base: KnowledgeBase, language: Language, country: str | None
) -> None:
    question = {Language.CS: "Jaký olej patří do 911?", Language.EN: "Which oil does a 911 need?"}[language]
    reply, _ = assistant.reply(Message(question, language=language, country=country), DialogueState())
    assert reply.kind is ReplyKind.NO_ANSWER
    assert shown(reply)[1].endswith(base.phrases[language].partner)
    assert reply.text.count(base.phrases[language].partner) == 1


def test_an_address_is_shown_without_its_country_which_stands_above_it(assistant: Assistant) -> None:
    reply, _ = assistant.reply(Message("kontakt pro Česko"), DialogueState())
    assert shown(reply)[1] == "smartmobility@cz.porsche.com"
    assert reply.text.count("Česko") == 1
