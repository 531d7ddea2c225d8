"""The state of a conversation: a fold over events that survives being stored."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.state import (
    Asked,
    CountrySet,
    Declined,
    DialogueState,
    EntryPending,
    EntryShown,
    Event,
    LanguageSet,
    PageTold,
    PendingDropped,
    StartedOver,
    Told,
    VehicleSet,
    VehicleSlot,
)
from kb.model import Language
from kb.vehicles import YearKind

TAYCAN = VehicleSlot(("J1",))
CAYENNE_2021 = VehicleSlot(("958", "9Y0"), 2021, 2021, YearKind.MODEL_YEAR)

names = st.text(max_size=12)
years = st.none() | st.integers(1948, 2100)
confidences = st.floats(0, 1)
slots = st.builds(
    VehicleSlot,
    generations=st.lists(names, max_size=3).map(tuple),
    first_year=years,
    last_year=years,
    year_kind=st.sampled_from(YearKind),
)
events: st.SearchStrategy[Event] = st.one_of(
    st.builds(LanguageSet, st.sampled_from(Language), st.booleans()),
    st.builds(VehicleSet, st.none() | slots, st.lists(slots, max_size=2).map(tuple), st.none() | slots),
    st.builds(CountrySet, st.none() | names, st.booleans()),
    st.builds(PageTold, st.none() | names, st.none() | slots),
    st.builds(EntryShown, names, confidences),
    st.builds(
        EntryPending,
        names,
        st.sampled_from(Asked),
        confidences,
        st.lists(slots, max_size=2).map(tuple),
        st.lists(names, max_size=2).map(tuple),
    ),
    st.just(PendingDropped()),
    st.builds(Declined, st.just("") | st.just("I sold my car")),
    st.builds(Told, st.just("") | st.just("I sold my car")),
    st.just(StartedOver()),
)


@pytest.mark.parametrize(
    ("event", "field", "value"),
    [
        (LanguageSet(Language.EN), "language", Language.EN),
        (VehicleSet(TAYCAN), "vehicle", TAYCAN),
        (VehicleSet(TAYCAN, (CAYENNE_2021,)), "others", (CAYENNE_2021,)),
        (VehicleSet(TAYCAN, (), CAYENNE_2021), "first_car", CAYENNE_2021),
        (CountrySet("CZ"), "country", "CZ"),
        (PageTold("CZ"), "country", "CZ"),
        (PageTold(vehicle=TAYCAN), "vehicle", TAYCAN),
        (EntryShown("sim-pin", 0.9), "last_entry", "sim-pin"),
        (EntryPending("sim-pin", Asked.VEHICLE, 0.9), "pending_entry", "sim-pin"),
        (EntryPending("sim-pin", Asked.VEHICLE, 0.9, (TAYCAN,)), "pending_cars", (TAYCAN,)),
        (EntryPending("sim-pin", Asked.VEHICLE, 0.9, (), ("app-video",)), "pending_also", ("app-video",)),
        (Declined("I sold my car"), "told", "I sold my car"),
        (Told("I sold my car"), "told", "I sold my car"),
    ],
)
def test_an_event_sets_what_it_is_about(event: Event, field: str, value: object) -> None:
    assert getattr(DialogueState().apply(event), field) == value


def test_nothing_waits_after_the_pending_entry_was_dropped() -> None:
    state = DialogueState().apply(EntryPending("sim-pin", Asked.VEHICLE, 0.9, (TAYCAN,), ("app-video",)))
    assert state.apply(PendingDropped()) == DialogueState()


def test_what_the_page_sends_again_and_again_does_not_take_back_what_the_customer_said() -> None:
    said = DialogueState().replay([PageTold("CZ", TAYCAN), CountrySet("AT", stated=True), VehicleSet(CAYENNE_2021)])
    again = said.apply(PageTold("CZ", TAYCAN))
    assert (again.country, again.vehicle) == ("AT", CAYENNE_2021)
    changed = again.apply(PageTold("DE", VehicleSlot()))
    assert (changed.country, changed.vehicle) == ("DE", None)


def test_what_the_page_sends_anew_after_a_message_without_it_counts() -> None:
    said = DialogueState().replay([PageTold("CZ"), PageTold(), CountrySet("AT", stated=True)])
    assert said.apply(PageTold("CZ")).country == "CZ"
    assert said.apply(PageTold("")).country is None


def test_declines_are_counted_until_an_entry_is_shown_or_waits() -> None:
    twice = DialogueState().replay([Declined(), Declined()])
    assert twice.declines == 2
    assert twice.apply(EntryShown("sim-pin", 0.9)).declines == 0
    assert twice.apply(EntryPending("sim-pin", Asked.VEHICLE, 0.9)).declines == 0
    assert twice.apply(VehicleSet(TAYCAN)).declines == 2


def test_what_was_told_without_an_answer_is_kept_until_there_is_one_or_another_decline() -> None:
    told = DialogueState().apply(Declined("I sold my car"))
    assert told.told == "I sold my car"
    assert told.apply(VehicleSet(TAYCAN)).told == "I sold my car"
    assert told.apply(Declined()).told == ""
    assert told.apply(EntryShown("sim-pin", 0.9)).told == ""
    assert told.apply(EntryPending("sim-pin", Asked.VEHICLE, 0.9)).told == ""


def test_what_was_told_and_noted_counts_as_no_decline() -> None:
    assert DialogueState().apply(Told("I sold my car")).declines == 0


def test_a_country_that_was_stated_gives_way_only_to_one_that_is_stated_too() -> None:
    stated = DialogueState().apply(CountrySet("AT", stated=True))
    assert stated.apply(CountrySet("DE")).country == "AT"
    assert stated.apply(CountrySet("DE", stated=True)).country == "DE"
    assert stated.apply(CountrySet(None)).country is None


def test_a_language_that_was_wished_for_stays_wished() -> None:
    state = DialogueState().replay([LanguageSet(Language.EN, wished=True), LanguageSet(Language.EN)])
    assert state.language_wished


def test_starting_over_forgets_all_but_the_language() -> None:
    before = DialogueState(
        language=Language.CS,
        language_wished=True,
        vehicle=CAYENNE_2021,
        country="CZ",
        last_entry="sim-pin",
        pending_entry="sim-pin",
        pending_asked=Asked.VEHICLE,
    )
    assert before.apply(StartedOver()) == DialogueState(Language.CS, True)


@given(st.lists(events), st.lists(events))
def test_replaying_in_two_parts_is_replaying_at_once(first: list[Event], second: list[Event]) -> None:
    assert DialogueState().replay(first).replay(second) == DialogueState().replay([*first, *second])


@given(st.lists(events))
def test_a_state_read_back_from_json_is_the_same(happened: list[Event]) -> None:
    state = DialogueState().replay(happened)
    assert DialogueState.from_json(state.to_json()) == state


@given(st.lists(events))
def test_the_json_of_a_state_is_plain_and_carries_its_version(happened: list[Event]) -> None:
    assert json.loads(DialogueState().replay(happened).to_json())["version"] == 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no json",
        "[]",
        "null",
        "7",
        "{}",
        '{"version": 0}',
        '{"version": 1, "colour": "red"}',
        '{"version": 1, "language": "de"}',
        '{"version": 1, "vehicle": "Taycan"}',
        '{"version": 1, "vehicle": {"generations": ["J1"], "year_kind": "guessed"}}',
        '{"version": 1, "vehicle": {"generations": 7}}',
        '{"version": 1, "pending_cars": [null]}',
        '{"version": 1, "pending_confidence": "high"}',
    ],
)
def test_a_stored_state_that_is_broken_or_of_another_version_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        DialogueState.from_json(text)


def test_other_cars_are_kept_until_one_is_chosen() -> None:
    several = DialogueState().apply(VehicleSet(TAYCAN, (CAYENNE_2021,)))
    assert several.cars == (CAYENNE_2021, TAYCAN)
    assert several.apply(VehicleSet(CAYENNE_2021)).cars == (CAYENNE_2021,)
    assert several.apply(PageTold(vehicle=CAYENNE_2021)).cars == (CAYENNE_2021,)


def test_the_first_car_is_kept_as_long_as_the_other_one_is_the_same() -> None:
    other = DialogueState().apply(VehicleSet(TAYCAN, (), CAYENNE_2021))
    assert other.apply(VehicleSet(VehicleSlot(("J1",), 2022, 2022))).first_car == CAYENNE_2021
    assert other.apply(VehicleSet(VehicleSlot(("982",)))).first_car is None
    assert other.apply(VehicleSet(None)).first_car is None


def test_a_state_of_before_a_field_existed_is_read_with_its_default() -> None:
    assert DialogueState.from_json('{"version": 1, "country": "CZ"}') == DialogueState(country="CZ")
