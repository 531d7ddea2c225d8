"""Search for agents: which entries are listed, what of them is shown for a car, which passages."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.assistant import Assistant
from bot.message import VehicleField
from bot.resolution import Show, show_possible
from bot.search import LEAST_CONFIDENCE, Coverage, EntrySearch, FoundEntry, SearchRequest
from bot.slots import slot_of_field
from index.passages import PassageKind
from kb.model import Language

# A sentence of an answer that does not hold for the Taycan.
CONDITION = "To use Porsche Connect services in another country, you must first activate Roaming in the PCM."


@pytest.fixture(scope="module")
def search(assistant: Assistant) -> EntrySearch:
    return EntrySearch(assistant)


def found(search: EntrySearch, entry_id: str, request: SearchRequest) -> FoundEntry:
    return next(row for row in search.search(request).entries if row.entry.id == entry_id)


@pytest.mark.parametrize(
    ("query", "entry_id", "language"),
    [
        ("jak zapnu roaming", "roaming-activate", Language.CS),
        ("romaing zapnout", "roaming-activate", Language.CS),
        ("how do I switch on roaming", "roaming-activate", Language.EN),
        ("kde najdu faktury za nabijeni", "charging-invoices", Language.CS),
    ],
)
def test_the_best_entry_comes_first_and_the_query_decides_the_language(
    search: EntrySearch, query: str, entry_id: str, language: Language
) -> None:
    page = search.search(SearchRequest(query))
    assert page.entries[0].entry.id == entry_id
    assert page.language is language


def test_entries_come_in_the_order_of_their_confidence(search: EntrySearch) -> None:
    confidences = [row.confidence for row in search.search(SearchRequest("roaming PIN faktura", limit=50)).entries]
    assert len(confidences) > 2
    assert confidences == sorted(confidences, reverse=True)


def test_an_improbable_entry_is_listed_where_it_has_a_telling_word(search: EntrySearch) -> None:
    page = search.search(SearchRequest("prodej", limit=50))
    assert any(row.confidence < LEAST_CONFIDENCE for row in page.entries)
    assert page.total < len(search.search(SearchRequest("prodej nabíjení účet faktura", limit=50)).entries)


@pytest.mark.parametrize("query", ["?!", "😀", "jak to je"])
def test_nothing_is_listed_where_no_word_tells_an_entry(search: EntrySearch, query: str) -> None:
    assert search.search(SearchRequest(query)).total == 0


def test_pages_together_are_the_whole(search: EntrySearch) -> None:
    whole = [row.entry.id for row in search.search(SearchRequest("roaming data", limit=50)).entries]
    pages = [search.search(SearchRequest("roaming data", limit=2, offset=place)) for place in range(0, len(whole), 2)]
    assert [row.entry.id for page in pages for row in page.entries] == whole
    assert {page.total for page in pages} == {len(whole)}
    assert search.search(SearchRequest("roaming data", offset=len(whole))).entries == ()


def test_a_topic_leaves_its_entries_only_and_their_confidence(search: EntrySearch) -> None:
    everywhere = {row.entry.id: row.confidence for row in search.search(SearchRequest("roaming", limit=50)).entries}
    page = search.search(SearchRequest("roaming", topic="connectivity", limit=50))
    assert page.total == len(page.entries) > 0
    assert all(row.entry.topic == "connectivity" for row in page.entries)
    assert all(everywhere[row.entry.id] == row.confidence for row in page.entries)


def test_a_language_restricts_passages_and_names_questions(search: EntrySearch) -> None:
    for language in Language:
        page = search.search(SearchRequest("roaming", language=language))
        assert page.language is language
        assert {found.passage.language for row in page.entries for found in row.passages} == {language}


@pytest.mark.parametrize(
    ("vehicle", "coverage", "variants"),
    [
        (None, Coverage.COVERED, ("phone-opt", "device-manager", "set-device-manager", "taycan")),
        (VehicleField("taycan"), Coverage.COVERED, ("taycan",)),
        (VehicleField("911", "992"), Coverage.COVERED, ("set-device-manager",)),
        (VehicleField(None, "992"), Coverage.COVERED, ("set-device-manager",)),
        (VehicleField("macan", None, 2018), Coverage.COVERED, ("phone-opt", "set-device-manager")),
        (VehicleField("918"), Coverage.NOT_COVERED, ()),
    ],
)
def test_the_variants_are_those_of_the_vehicle(
    search: EntrySearch, vehicle: VehicleField | None, coverage: Coverage, variants: tuple[str, ...]
) -> None:
    row = found(search, "roaming-activate", SearchRequest("roaming", vehicle=vehicle))
    assert (row.coverage, row.shown.variants) == (coverage, variants)


def test_variants_that_both_hold_come_with_how_to_tell(search: EntrySearch) -> None:
    row = found(search, "roaming-activate", SearchRequest("roaming", vehicle=VehicleField("macan", None, 2018)))
    assert row.shown.how_to_tell is not None


def test_an_entry_without_variants_holds_for_every_vehicle(search: EntrySearch) -> None:
    request = SearchRequest("faktury za nabíjení", vehicle=VehicleField("918"))
    assert found(search, "charging-invoices", request).coverage is Coverage.EVERY_VEHICLE


def test_no_passage_is_another_vehicles(search: EntrySearch) -> None:
    request = SearchRequest(CONDITION, Language.EN, limit=50)
    for vehicle in (VehicleField("taycan"), VehicleField("918")):
        page = search.search(SearchRequest(CONDITION, Language.EN, vehicle, limit=50))
        assert CONDITION not in [row.passage.text for entry in page.entries for row in entry.passages]
        for entry in page.entries:
            shown = {row.passage.variant_id for row in entry.passages} - {None}
            assert shown <= set(entry.shown.variants)
    assert CONDITION in [row.passage.text for row in found(search, "roaming-activate", request).passages]


def test_passages_are_the_entrys_and_never_hidden(search: EntrySearch) -> None:
    page = search.search(SearchRequest("Porsche partner země kontakt", limit=50))
    for entry in page.entries:
        for row in entry.passages:
            assert row.passage.entry_id == entry.entry.id
            assert row.passage.kind is not PassageKind.OUTSIDE
            assert "If your country is not listed here" not in row.passage.text


@given(st.data())
@settings(max_examples=25, deadline=None)
def test_the_variants_are_those_that_the_dialogue_finds_possible(
    search: EntrySearch, assistant: Assistant, data: st.DataObject
) -> None:
    vehicles = assistant.index.base.vehicles
    model = data.draw(st.sampled_from(sorted(vehicles.model_of)))
    codes = [row.code for row in vehicles.generations if row.model == model]
    year = data.draw(st.none() | st.integers(2010, 2027))
    vehicle = VehicleField(model, data.draw(st.none() | st.sampled_from(codes)) if codes else None, year)
    page = search.search(SearchRequest("roaming PIN párovací kód", vehicle=vehicle, limit=50))
    for row in page.entries:
        if row.entry.variants:
            possible = show_possible(vehicles, row.entry, slot_of_field(vehicle, vehicles))
            shown = possible.variants if isinstance(possible, Show) else ()
            assert row.shown.variants == shown
            assert (row.coverage is Coverage.NOT_COVERED) == (not shown)


@given(st.text(max_size=60))
@settings(max_examples=40, deadline=None)
def test_any_text_can_be_searched(search: EntrySearch, text: str) -> None:
    page = search.search(SearchRequest(text))
    assert len(page.entries) == min(page.total, 10)
    for entry in page.entries:
        for row in entry.passages:
            assert all(0 <= start < end <= len(row.passage.text) for start, end in row.highlights)
