"""Searching in the console: completions, ranked answers, filters, marked words, what is not covered."""

import re

import pytest

from bot.assistant import Assistant
from tests.web.console.conftest import Person


def entries(html: str) -> list[str]:
    """The ids of the entries in a list."""
    return re.findall(r'<a href="[^"]*" data-entry="([a-z0-9-]+)"', html)


def fit(html: str, entry_id: str) -> str:
    """What the list says of an entry and the caller's car."""
    found = re.search(rf'data-entry="{entry_id}".*?<span class="fit (\w+)">', html, re.DOTALL)
    assert found
    return found[1]


@pytest.mark.parametrize("query", ["jak zapnu roaming", "how do I switch on roaming"])
def test_both_languages_are_searched(agent: Person, query: str) -> None:
    assert entries(agent.get(f"/console/results?q={query}").text)[0] == "roaming-activate"


def test_the_best_answer_stands_beside_the_list(agent: Person) -> None:
    page = agent.get("/console?q=roaming&model=taycan").text
    assert '<article class="entry" data-entry="roaming-activate"' in page
    assert "Roaming is activated automatically." in page


def test_words_are_marked_and_nothing_else_is_markup(agent: Person) -> None:
    assert "<mark>roaming</mark>" in agent.get("/console/results?q=roaming").text
    attack = agent.get("/console?q=%3Cimg+src%3Dx%3E%22roaming").text
    assert "<img" not in attack
    assert 'value="&lt;img src=x&gt;&#34;roaming"' in attack


def test_completions_match_what_is_typed_so_far(agent: Person) -> None:
    found = agent.get("/console/completions?q=faktur").text
    assert "charging-invoices" in entries(found)
    assert "<mark>faktur</mark>" in found


@pytest.mark.parametrize("typed", ["roam", "jak zapnu roam", "párov", "fakt"])
def test_a_word_that_is_half_typed_is_completed_and_not_taken_for_a_slip(agent: Person, typed: str) -> None:
    found = agent.get(f"/console/results?q={typed}").text
    assert entries(found) == entries(agent.get(f"/console/completions?q={typed}").text)
    assert f"<mark>{typed.split()[-1]}" in found


@pytest.mark.parametrize("path", ["results", "completions"])
def test_a_topic_leaves_out_the_others(agent: Person, assistant: Assistant, path: str) -> None:
    found = entries(agent.get(f"/console/{path}?q=data&topic=privacy").text)
    assert found
    assert {assistant.index.base.entry_of[entry_id].topic for entry_id in found} == {"privacy"}


def test_a_topic_without_a_query_lists_all_of_it(agent: Person, assistant: Assistant) -> None:
    found = entries(agent.get("/console/results?topic=charging").text)
    assert found == [entry.id for entry in assistant.index.base.entries if entry.topic == "charging"]


def test_a_language_limits_the_passages(agent: Person) -> None:
    page = agent.get("/console/results?q=roaming&language=cs").text
    assert 'class="passage" lang="cs"' in page
    assert 'class="passage" lang="en"' not in page


@pytest.mark.parametrize(
    ("car", "expected"),
    [("", "unknown"), ("model=taycan", "covered"), ("model=macan", "open"), ("model=918", "not_covered")],
)
def test_the_list_says_whether_an_answer_holds_for_the_car(agent: Person, car: str, expected: str) -> None:
    for path in ("results", "completions"):
        page = agent.get(f"/console/{path}?q=roaming&{car}").text
        assert fit(page, "roaming-activate") == expected
        assert fit(page, "roaming-countries") == "every"


def test_what_the_documents_do_not_hold_is_said(agent: Person) -> None:
    unsure = agent.get("/console/results?q=does+it+run+android+auto").text
    assert "probably have no answer" in unsure or "probably have nothing" in unsure
    assert "probably" not in agent.get("/console/results?q=roaming").text


def test_slips_are_put_right_and_told(agent: Person) -> None:
    page = agent.get("/console/results?q=romaing").text
    assert entries(page)[0] == "roaming-activate"
    assert "Searched: roaming" in page


@pytest.mark.parametrize("query", ["", "+++", "%00%01", "%ED%A0%80", "x" * 3000, "?!"])
def test_any_query_gives_a_page(agent: Person, query: str) -> None:
    for path in ("", "/results", "/completions"):
        assert agent.get(f"/console{path}?q={query}").status_code == 200


def test_parameters_that_mean_nothing_are_left_alone(agent: Person) -> None:
    page = agent.get("/console?q=roaming&topic=cars&language=xx&model=trabant&year=abc")
    assert page.status_code == 200
    assert entries(page.text)[0] == "roaming-activate"


def test_the_interface_follows_the_browser_until_a_language_is_chosen(agent: Person) -> None:
    assert '<html lang="en">' in agent.get("/console").text
    chosen = agent.get("/console?interface=cs")
    assert '<html lang="cs">' in chosen.text
    assert '<html lang="cs">' in agent.get("/console").text


def test_pins_stand_on_the_first_page_until_they_are_taken_off(agent: Person, lead: Person) -> None:
    question = "How do I store the PIN of my SIM card in the PCM?"
    for pinned, expected in (("yes", True), ("yes", True), ("no", False), ("no", False)):
        agent.post("/console/pins/sim-pin", form_token=agent.token("/console"), pinned=pinned)
        assert (question in agent.get("/console").text) is expected
        assert question not in lead.get("/console").text


def test_what_is_no_entry_is_not_pinned(agent: Person) -> None:
    assert agent.post("/console/pins/nothing", form_token=agent.token("/console"), pinned="yes").status_code == 404
