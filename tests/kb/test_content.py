"""The content itself: entries, contacts, translations and questions."""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.coverage import coverage_faults, flatten, normalise
from kb.draft import Draft, Source
from kb.fields import MenuPath
from kb.knowledge_base import KnowledgeBase
from kb.load import BUNDLED_CONTENT
from kb.model import Entry, Language, Part

ENTRY_IDS = re.findall(r"\S+", """
    porsche-id-what registration-mail-missing registration-process security-code personal-data-change country-change
    secondary-users account-after-sale account-delete app-language app-video
    data-privacy data-consent contact-by-country
    store-account-needed services-overview services-order services-free services-after-order payment-methods
    payment-card-manage terms-where terms-sent auto-renewal service-cancel sell-vehicle-services services-by-country
    service-missing
    vehicle-add link-porsche-id pairing-code service-appointment
    data-connection roaming-activate roaming-countries data-connection-off sim-pin carplay-bluetooth
    charging-price charging-invoices charging-history
    fod-billing fod-activate fod-activation-failed fod-sell-vehicle fod-cancel
""")  # fmt: skip

SOURCE_SHA256 = "51ffd8c36dd415396982be8fedf99772550fbfb65a348ed0788b9d4ea22bc5c5"

# Words of the customer's page beside a menu word, which are translated.
EXPLAINED = {("Aplikace My Porsche", "My Porsche app")}


def shown_parts(base: KnowledgeBase) -> Iterator[tuple[Entry, Part]]:
    for entry in base.entries:
        yield from ((entry, part) for part in entry.parts() if not part.hidden)


def folded(text: str) -> str:
    """The words of a question without accents, case and punctuation."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(re.findall(r"\w+", "".join(letter for letter in bare if not unicodedata.combining(letter))))


def test_the_entries_are_exactly_those_of_the_contract(base: KnowledgeBase) -> None:
    assert len(ENTRY_IDS) == 46
    assert sorted(entry.id for entry in base.entries) == sorted(ENTRY_IDS)


def test_the_source_text_is_verbatim() -> None:
    text = (BUNDLED_CONTENT / "source/porsche-connect-faq.txt").read_bytes()
    assert hashlib.sha256(text).hexdigest() == SOURCE_SHA256


def test_the_contacts_are_the_source_s_letter_by_letter(base: KnowledgeBase) -> None:
    rows = [
        (number, *match.groups())
        for number, line in enumerate(base.source_lines, start=1)
        if (match := re.fullmatch(r"\s*•\s*([^:]+): (\S+@\S+)", line))
    ]
    assert len(rows) == 45
    assert [(contact.line, contact.name, contact.email) for contact in base.contacts] == rows


def test_the_contacts_of_their_own_form_are_these_eight(base: KnowledgeBase) -> None:
    own = {contact.country: contact.email for contact in base.contacts if contact.email.startswith("connect@")}
    assert own == {
        "AU": "connect@porsche.com.au", "CA": "connect@porsche.ca", "CN": "connect@cn.porsche.com",
        "HK": "connect@cn.porsche.com", "JP": "connect@jp.porsche.com", "RU": "connect@porsche.ru",
        "TW": "connect@porsche.tw", "US": "connect@porsche.us",
    }  # fmt: skip
    others = [contact for contact in base.contacts if contact.country not in own]
    for contact in others:
        code = "uk" if contact.country == "GB" else contact.country.lower()
        assert contact.email == f"smartmobility@{code}.porsche.com"


@pytest.mark.parametrize("language", Language)
def test_every_entry_has_ten_alternates_or_more(language: Language, base: KnowledgeBase) -> None:
    assert min(len(entry.alternates.texts(language)) for entry in base.entries) >= 10


@pytest.mark.parametrize("language", Language)
def test_no_question_leads_to_two_entries(language: Language, base: KnowledgeBase) -> None:
    """Not even one that differs in accents, case or punctuation only."""
    questions = [
        *((entry.id, text) for entry in base.entries for text in entry.alternates.texts(language)),
        *((entry.id, entry.question.text(language)) for entry in base.entries),
        *((row.id, text) for row in base.out_of_scope for text in (row.cs if language is Language.CS else row.en)),
    ]
    counts = Counter(folded(text) for _, text in questions)
    assert [row for row in questions if counts[folded(row[1])] > 1] == []


def test_every_shown_part_has_both_languages(base: KnowledgeBase) -> None:
    for entry, part in shown_parts(base):
        assert part.cs, entry.id
        assert part.en, entry.id


def test_lists_and_steps_have_as_many_lines_in_both_languages(base: KnowledgeBase) -> None:
    for entry, part in shown_parts(base):
        if isinstance(part.cs, tuple):
            assert isinstance(part.en, tuple)
            assert len(part.cs) == len(part.en), entry.id


def test_menu_words_are_the_same_in_both_languages(base: KnowledgeBase) -> None:
    for entry, part in shown_parts(base):
        if isinstance(part.cs, MenuPath) and isinstance(part.en, MenuPath):
            for czech, english in zip(part.cs.path, part.en.path, strict=True):
                same = _menu_word(czech) == _menu_word(english)
                assert same or (czech, english) in EXPLAINED, entry.id


def _menu_word(words: str) -> str:
    """The menu word without where it is found: "Device manager (under SET or DEVICES, ...)"."""
    return re.split(r" \(| under | pod ", words)[0]


def test_menu_words_of_the_source_stand_in_its_translation(base: KnowledgeBase) -> None:
    for entry, part in shown_parts(base):
        if part.original is not None:
            texts = {language: flatten(part.text(language)) for language in Language}
            quoted = {
                Language.CS: set(re.findall("„([^“]+)“", texts[Language.CS])),
                Language.EN: set(re.findall('"([^"]+)"', texts[Language.EN])),
            }
            other = Language.EN if part.original is Language.CS else Language.CS
            assert quoted[part.original] <= quoted[other], entry.id


def test_names_are_not_translated(base: KnowledgeBase) -> None:
    names = (
        "Porsche ID",
        "Porsche Connect Store",
        "Charging Service",
        "Functions on Demand",
        "PCM",
        "Bluetooth",
        "Taycan",
    )
    for entry, part in shown_parts(base):
        texts = [flatten(part.text(language)) for language in Language]
        for name in names:
            assert len({text.count(name) > 0 for text in texts}) == 1, (entry.id, name)


def test_numbers_are_the_same_in_both_languages(base: KnowledgeBase) -> None:
    for entry, part in shown_parts(base):
        numbers = [sorted(re.findall(r"\d+", flatten(part.text(language)))) for language in Language]
        assert numbers[0] == numbers[1], (entry.id, numbers)


def test_the_only_links_are_the_source_s(base: KnowledgeBase) -> None:
    texts = chain.from_iterable(
        (flatten(part.text(language)) for language in Language) for _, part in shown_parts(base)
    )
    links = set(re.findall(r"https?://[^\s)]+", " ".join(texts)))
    assert links == {"https://my.porsche.com/", "https://login.porsche.com/login"}


def test_no_address_stands_in_an_answer_but_in_the_contacts(base: KnowledgeBase) -> None:
    for entry, part in shown_parts(base):
        assert "@" not in flatten(part.text(Language.CS)) + flatten(part.text(Language.EN)), entry.id


def test_czech_texts_have_czech_quotation_marks(base: KnowledgeBase) -> None:
    for entry, part in shown_parts(base):
        assert '"' not in flatten(part.text(Language.CS)), entry.id
        assert not set("„“”") & set(flatten(part.text(Language.EN))), entry.id


def test_the_contradictions_name_the_year_2021_and_the_pairing_code(base: KnowledgeBase) -> None:
    texts = [f"{row.what.en} {row.followed.en}" for row in base.contradictions]
    assert any("2021" in text and "pairing code" in text for text in texts)


def test_a_taycan_owner_is_never_told_where_to_find_a_pairing_code(base: KnowledgeBase) -> None:
    entry = base.entry_of["pairing-code"]
    where = [part for part in entry.answer if "My Porsche" in flatten(part.text(Language.EN)) and not part.hidden]
    assert where
    assert all(part.only_with and "no-code" not in part.only_with for part in where)


def test_an_answer_of_no_says_no_to_its_title(base: KnowledgeBase) -> None:
    entry = base.entry_of["account-after-sale"]
    assert str(entry.answer[0].en).startswith("No. Your Porsche ID account remains.")
    assert entry.question.en == "Is my Porsche ID account deleted when I sell my vehicle?"


def draft_of(base: KnowledgeBase, entry: Entry) -> Draft:
    """The real content with one entry changed."""
    entries = {f"entries/{row.id}.yaml": row for row in base.entries} | {f"entries/{entry.id}.yaml": entry}
    return Draft(
        files={},
        entries=entries,
        topics=base.topics,
        vehicles=base.vehicles,
        contacts=base.contacts,
        countries=base.countries,
        out_of_scope=base.out_of_scope,
        other_names=base.other_names,
        synonyms=base.synonyms,
        contradictions=base.contradictions,
        phrases=dict(base.phrases),
        source=Source("source/source.txt", base.source_lines, (1, 287)),
    )


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_a_letter_changed_anywhere_in_a_source_s_text_is_found(base: KnowledgeBase, data: st.DataObject) -> None:
    entry = data.draw(st.sampled_from([row for row in base.entries if row.answer]))
    number = data.draw(st.integers(0, len(entry.answer) - 1))
    part = entry.answer[number]
    if part.original is None:
        return
    text = flatten(part.text(part.original))
    place = data.draw(st.sampled_from([at for at, letter in enumerate(text) if normalise(letter)]))
    changed = text[:place] + ("x" if text[place] != "x" else "y") + text[place + 1 :]
    spoilt = replace(part, **{part.original.value: changed})
    answer = (*entry.answer[:number], spoilt, *entry.answer[number + 1 :])
    faults = coverage_faults(draft_of(base, replace(entry, answer=answer)))
    assert f"entries/{entry.id}.yaml" in {fault.file for fault in faults}


@settings(max_examples=20, deadline=None)
@given(st.data())
def test_a_part_dropped_from_an_entry_is_found_by_its_lines(base: KnowledgeBase, data: st.DataObject) -> None:
    entry = data.draw(st.sampled_from([row for row in base.entries if row.answer]))
    number = data.draw(st.integers(0, len(entry.answer) - 1))
    dropped = entry.answer[number]
    rest = (*entry.answer[:number], *entry.answer[number + 1 :])
    faults = coverage_faults(draft_of(base, replace(entry, answer=rest)))
    shared = {line for row in base.entries for part in row.parts() if part is not dropped for line in part.lines}
    for line in set(dropped.lines) - shared:
        assert line in {fault.line for fault in faults}


def test_the_content_is_covered_whole(base: KnowledgeBase) -> None:
    assert coverage_faults(draft_of(base, base.entries[0])) == []
