"""Entries in the console: both languages, the caller's variants first, source lines, contradictions, texts to copy."""

import html
import re

import pytest

from bot.assistant import Assistant
from bot.message import Message, VehicleField
from bot.resolution import Show, show_possible
from bot.slots import slot_of_field
from bot.state import DialogueState
from kb.model import Entry, Language
from tests.web.console.conftest import HOST, Person
from web.console.copies import Copier, Copies
from web.console.coverage import Holdings
from web.console.desk import desk_of
from web.console.words import load_words

# Cars with which procedures have every kind of outcome: one variant, several, none, a question.
CARS = ["", "model=taycan", "model=911&generation=992&year=2021", "model=macan&year=2018", "model=918", "model=cayenne"]


def text_of(page: str) -> str:
    """The words of a page, without its tags."""
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page)))


def copied(page: str, what: str, place: int = 0, variant: str | None = None) -> str:
    """A text to copy: the caller's language has place 0."""
    own = f' data-variant="{variant}"' if variant else ""
    texts = re.findall(rf'<textarea readonly[^>]*data-text="{what}"{own}>(.*?)</textarea>', page, re.DOTALL)
    return html.unescape(texts[place])


def shown_variants(page: str) -> list[tuple[str, bool]]:
    """The variants in the order of the table, each with whether it may hold for the caller."""
    rows = re.findall(r'<tbody( class="\w+")? data-variant="([a-z0-9-]+)"', page)
    return [(variant, "holds" in css) for css, variant in rows]


def procedures(assistant: Assistant) -> list[Entry]:
    """The entries with variants."""
    return [entry for entry in assistant.index.base.entries if entry.variants]


def test_every_entry_stands_there_in_both_languages_with_its_source_lines(agent: Person, assistant: Assistant) -> None:
    base = assistant.index.base
    for entry in base.entries:
        page = agent.get(f"/console/entries/{entry.id}")
        assert page.status_code == 200
        words = text_of(page.text)
        for language in Language:
            for part in entry.parts():
                if not part.hidden and isinstance(part.text(language), str):
                    label = str(part.text(language)).removesuffix(":")
                    assert re.sub(r"\s+", " ", label) in words, (entry.id, language)
        for part in entry.parts():
            assert all(re.sub(r"\s+", " ", base.source_lines[line - 1]).strip() in words for line in part.lines)


@pytest.mark.parametrize("car", CARS)
def test_the_callers_variants_are_those_of_the_resolution_and_come_first(
    agent: Person, assistant: Assistant, car: str
) -> None:
    base = assistant.index.base
    named = dict(pair.split("=") for pair in car.split("&")) if car else {}
    year = int(named["year"]) if "year" in named else None
    for entry in procedures(assistant):
        rows = shown_variants(agent.get(f"/console/entries/{entry.id}?{car}&year_kind=model_year").text)
        assert sorted(variant for variant, _ in rows) == sorted(variant.id for variant in entry.variants)
        if not car:
            assert not any(holds for _, holds in rows)
            continue
        slot = slot_of_field(VehicleField(named["model"], named.get("generation"), year), base.vehicles)
        possible = show_possible(base.vehicles, entry, slot)
        wanted = possible.variants if isinstance(possible, Show) else ()
        assert [variant for variant, holds in rows if holds] == list(wanted)
        assert [holds for _, holds in rows] == sorted((holds for _, holds in rows), reverse=True)


def test_original_and_translation_are_marked(agent: Person) -> None:
    page = agent.get("/console/entries/roaming-activate?customer=cs").text
    sides = re.findall(r'<p class="side"><strong>(\w+)</strong> <span class="origin (\w+)">', page)
    assert sides == [("Czech", "translation"), ("English", "source")]


def test_a_contradiction_of_the_source_is_told_where_nothing_is_known_of_the_car(
    agent: Person, assistant: Assistant
) -> None:
    warned = re.compile(r'<details class="warning">')
    for entry in assistant.index.base.entries:
        concerned = any(entry.id in row.entries for row in assistant.index.base.contradictions)
        assert bool(warned.search(agent.get(f"/console/entries/{entry.id}?country=AT").text)) is concerned, entry.id


# The caller's car, and how the contradictions begin that an agent is told of it.
CONCERNED = {
    "roaming-activate?model=macan&year=2018": ["Lines 193, 197: A Macan of 2018"],
    "roaming-activate?model=macan": ["Lines 193, 197: A Macan of 2018"],
    "roaming-activate?model=macan&year=2020": [],
    "roaming-activate?model=cayenne&year=2017": ["Lines 193, 197: A Cayenne of 2017"],
    "roaming-activate?model=panamera&generation=971&year=2021": ["Lines 195, 197: A second-generation Panamera"],
    "roaming-activate?model=911&generation=992&year=2021": [],
    "roaming-activate?model=taycan": [],
    "roaming-activate?model=918": [],
    # The generation is believed, not the year that it never had.
    "roaming-activate?model=911&generation=992&year=2010": [],
    "roaming-activate?year=2018": ["Lines 193, 197: A Macan of 2018"],
    "link-porsche-id?model=911&generation=992&year=2021&year_kind=bare": ["Lines 124, 125"],
    "link-porsche-id?model=911&generation=992&year=2021&year_kind=calendar": ["Lines 124, 125"],
    "link-porsche-id?model=911&generation=992&year=2023": [],
    "pairing-code?model=911&generation=991": ["Lines 125, 163"],
    "payment-methods?model=taycan": ["Lines 9, 116"],
}


@pytest.mark.parametrize("path", CONCERNED)
def test_a_contradiction_is_told_where_it_concerns_the_callers_car(agent: Person, path: str) -> None:
    told = re.search(r'<details class="warning">(.*?)</details>', agent.get(f"/console/entries/{path}").text, re.DOTALL)
    rows = [text_of(row).strip() for row in re.findall(r"<li>(.*?)</li>", told[1], re.DOTALL)] if told else []
    assert len(rows) == len(CONCERNED[path])
    assert all(row.startswith(begin) for row, begin in zip(rows, CONCERNED[path], strict=True)), rows


def test_a_contradiction_is_told_in_the_language_of_the_agent(agent: Person) -> None:
    page = text_of(agent.get("/console/entries/roaming-activate?model=macan&year=2018&interface=cs").text)
    assert "Řádky 193, 197: Macan z roku 2018 patří do obou řádků." in page
    assert "belongs to both rows" not in page


def test_what_is_missing_is_asked_for_and_an_answer_goes_into_the_caller(agent: Person) -> None:
    page = agent.get("/console/entries/link-porsche-id?model=macan").text
    assert "Which model year is your car (Macan)?" in text_of(page)
    link = html.unescape(re.search(r'<a class="choice" href="([^"]*)">2018</a>', page)[1])  # type: ignore[index]
    sent = agent.get(link).headers["Location"]
    assert sent == "/console/entries/link-porsche-id?model=macan&year=2018&year_kind=model_year"


def test_a_car_without_a_procedure_is_said_to_have_none(agent: Person) -> None:
    page = agent.get("/console/entries/roaming-activate?model=918&country=AT&customer=en").text
    assert "The documents have no procedure for the caller's vehicle (918 Spyder)." in text_of(page)
    told = copied(page, "text")
    assert told.startswith("Unfortunately, our documents have no procedure for your vehicle (918 Spyder).")
    assert "smartmobility@at.porsche.com" in told
    assert ">" not in told


@pytest.mark.parametrize("car", CARS)
@pytest.mark.parametrize("language", list(Language))
def test_what_is_copied_is_what_the_assistant_answers(assistant: Assistant, car: str, language: Language) -> None:
    """Without the question, and for a car that is known whole: else the assistant asks back."""
    base = assistant.index.base
    copier = Copier(assistant, Holdings(base.vehicles), load_words("mail"))
    compared = 0
    for entry in procedures(assistant):
        named = dict(pair.split("=") for pair in f"{car}&year_kind=model_year".split("&") if pair)
        desk = desk_of(named, base)
        text = copier.of(entry, desk, language, site=f"{HOST}/").text
        state = DialogueState(language=language, language_wished=True, vehicle=desk.caller.vehicle)
        reply, _ = assistant.reply(Message(entry.question.text(language)), state)
        if reply.kind == "answer" and reply.entry_id == entry.id:
            assert reply.text == f"{entry.question.text(language)}\n{text}"
            compared += 1
    assert compared or car in {"", "model=918", "model=cayenne"}


def test_a_mail_has_greeting_steps_contact_link_and_sign_off_in_the_customers_language(agent: Person) -> None:
    page = agent.get("/console/entries/roaming-activate?model=taycan&country=SK").text
    mail = copied(page, "mail")
    assert mail.startswith("Dobrý den,\n\nk vašemu dotazu „Jak zapnout roaming")
    assert "Roaming se zapne automaticky." in mail
    assert f"\n{HOST}/help/cs/roaming-activate?model=taycan\n" in mail
    assert "smartmobility@sk.porsche.com" in mail
    assert mail.endswith("\n\nS pozdravem\n")
    assert copied(page, "mail", place=1).startswith("Hello,\n\nHere is what our documents say")


def test_a_mail_is_made_of_fixed_phrases_and_the_content_alone(assistant: Assistant) -> None:
    base = assistant.index.base
    words = load_words("mail")
    copier = Copier(assistant, Holdings(base.vehicles), words)
    desk = desk_of({"model": "911", "generation": "992", "country": "AT"}, base)
    for entry in base.entries:
        for language in Language:
            copies = copier.of(entry, desk, language, site=f"{HOST}/")
            composer = assistant.composers[language]
            whom = "\n".join(getattr(block, "text", "") for block in composer.whom_to_ask("AT"))
            own = words[language].texts | {
                "question": words[language]("question", question=entry.question.text(language))
            }
            known = {*own.values(), copies.link, *whom.splitlines(), *copies.text.splitlines(), ""}
            left = [line for line in copies.mail.splitlines() if line not in known]
            assert [line for line in left if "smartmobility@at.porsche.com" not in line] == []


def test_one_procedure_is_copied_with_its_vehicles(agent: Person) -> None:
    page = agent.get("/console/entries/roaming-activate?customer=en").text
    assert copied(page, "variant", variant="taycan") == (
        "Taycan\nRoaming is activated automatically. No settings must be configured in the PCM."
    )


def _link(assistant: Assistant, entry_id: str, caller: dict[str, str]) -> str:
    base = assistant.index.base
    copier = Copier(assistant, Holdings(base.vehicles), load_words("mail"))
    copies: Copies = copier.of(base.entry_of[entry_id], desk_of(caller, base), Language.CS, site="https://x.example/")
    return copies.link.removeprefix("https://x.example/help/cs/")


@pytest.mark.parametrize(
    ("entry_id", "caller", "link"),
    [
        ("roaming-activate", {}, "roaming-activate"),
        ("roaming-activate", {"model": "taycan"}, "roaming-activate?model=taycan"),
        (
            "roaming-activate",
            {"model": "911", "generation": "992", "year": "2021", "country": "AT"},
            "roaming-activate?model=911&generation=992&model_year=2021",
        ),
        # A year of which nobody knows whether it is the model year has two procedures; a page for a model year has one.
        (
            "link-porsche-id",
            {"model": "911", "generation": "992", "year": "2021"},
            "link-porsche-id?model=911&generation=992",
        ),
        (
            "link-porsche-id",
            {"model": "911", "generation": "992", "year": "2021", "year_kind": "model_year"},
            "link-porsche-id?model=911&generation=992&model_year=2021",
        ),
        ("roaming-activate", {"generation": "982,986,987,981"}, "roaming-activate"),
        ("terms-where", {"model": "taycan"}, "terms-where"),
    ],
)
def test_a_link_leads_to_the_help_page_of_the_car(
    assistant: Assistant, entry_id: str, caller: dict[str, str], link: str
) -> None:
    assert _link(assistant, entry_id, caller) == link
