"""Conversations in the console: the list with its filters, page by page, and one conversation."""

import re

import pytest
from sqlalchemy import update

from tests.web.console.conftest import Person, Told
from web.storage.database import Database
from web.storage.tables import CONVERSATIONS

ROAMING = "Jak zapnu roaming v Taycanu?"


def listed(html: str) -> list[str]:
    """The message ids of the rows of a list."""
    return re.findall(r'<th scope="row"><a href="/console/conversations/([\w-]+)"', html)


@pytest.fixture
def talks(agent: Person) -> dict[str, str]:
    """The first message ids of conversations that differ in what lists are filtered by."""
    firsts: dict[str, Told] = {
        "answered": agent.chat(ROAMING, country="AT"),
        "in english": agent.chat("What is the security code for?"),
        "declined": agent.chat("Kolik stojí letenka do Tokia?"),
        "rated": agent.chat("K čemu je bezpečnostní kód?"),
        "handed off": agent.chat("Jak smažu účet Porsche ID?"),
    }
    agent.rate(firsts["rated"], "down", "nerozumím")
    agent.hand_off(firsts["handed off"])
    return {name: told["message_id"] for name, told in firsts.items()}


FILTERS = {
    "country=AT": ["answered"],
    "model=taycan": ["answered"],
    "language=en": ["in english"],
    "kind=no_answer": ["declined"],
    "entry=roaming-activate": ["answered"],
    "rating=down": ["rated"],
    "rating=up": [],
    "handed_off=yes": ["handed off"],
    "handed_off=no&rating=down": ["rated"],
    "from=2020-01-01&to=2020-01-31": [],
    "country=nowhere&rating=sideways&from=yesterday": ["handed off", "rated", "declined", "in english", "answered"],
}


@pytest.mark.parametrize("query", FILTERS)
def test_the_list_shows_what_is_asked_for(agent: Person, talks: dict[str, str], query: str) -> None:
    found = listed(agent.get(f"/console/conversations?{query}").text)
    assert sorted(found) == sorted(talks[name] for name in FILTERS[query])


def test_the_newest_come_first_and_no_page_repeats_or_loses_one(agent: Person, database: Database) -> None:
    told = agent.chat(ROAMING)
    with database.writing() as connection:  # conversations of the same second, too
        row = dict(connection.execute(CONVERSATIONS.select()).mappings().one())
        turn = dict(connection.exec_driver_sql("SELECT * FROM turns").mappings().one())
        names = ", ".join(turn)
        for number in range(119):
            talk = {**row, "id": f"talk-{number:03}", "updated": row["updated"] - number // 3}
            connection.execute(CONVERSATIONS.insert().values(talk))
            values = {**turn, "conversation_id": talk["id"], "message_id": f"said-{number:03}", "opening": None}
            places = ", ".join(f":{name}" for name in values)
            connection.exec_driver_sql(f"INSERT INTO turns ({names}) VALUES ({places})", values)
    found: list[str] = []
    path: str | None = "/console/conversations"
    while path:
        page = agent.get(path).text
        found += listed(page)
        older = re.search(r'href="(/console/conversations\?[^"]*after=[^"]*)">Older', page)
        path = older[1].replace("&amp;", "&") if older else None
    assert len(found) == 120
    assert set(found) == {told["message_id"], *(f"said-{number:03}" for number in range(119))}
    assert [name for name in found if name.startswith("said")][-1] < "said-119"


def test_a_place_whose_conversation_is_gone_still_leads_on(agent: Person, database: Database) -> None:
    told = agent.chat(ROAMING)
    with database.writing() as connection:
        connection.execute(update(CONVERSATIONS).values(updated=CONVERSATIONS.c.updated - 100))
        moment = connection.execute(CONVERSATIONS.select()).one().updated
    assert listed(agent.get(f"/console/conversations?after={moment + 1}.gone").text) == [told["message_id"]]
    assert listed(agent.get(f"/console/conversations?after={moment}.gone").text) == []
    assert listed(agent.get("/console/conversations?after=nonsense").text) == [told["message_id"]]


def test_a_conversation_shows_turns_what_is_known_and_what_was_thought_of_it(agent: Person) -> None:
    first = agent.chat("Jak zapnu roaming? Pište mi na jan.novak@example.com", country="AT")
    last = agent.client.post(
        "/api/v1/chat", json={"message": "Taycan", "conversation_id": first["conversation_id"]}
    ).json
    assert last
    agent.rate(last, "up", "<b>díky</b>")
    case = agent.hand_off(last)
    page = agent.get(f"/console/conversations/{last['message_id']}").text
    assert "Roaming se zapne automaticky." in page
    assert "jan.novak" not in page
    assert "&lt;b&gt;díky&lt;/b&gt;" in page
    assert 'id="turn-2"' in page
    assert "Austria" in page
    assert "<dd>Taycan</dd>" in page
    assert f'href="/console/cases/{case}"' in page
    assert re.search(r"confidence \d+%", page)
    assert "thumb up" in page
    again = agent.get(f"/console/conversations/{first['message_id']}").text
    assert again.replace(first["message_id"], last["message_id"]) == page


def test_the_id_with_which_one_could_go_on_is_told_nowhere(agent: Person) -> None:
    told = agent.chat(ROAMING)
    for path in ("", f"/{told['message_id']}"):
        assert told["conversation_id"] not in agent.get(f"/console/conversations{path}").text


def test_a_conversation_that_is_unknown_or_erased_is_not_there(agent: Person) -> None:
    told = agent.chat(ROAMING)
    agent.client.delete(f"/api/v1/conversations/{told['conversation_id']}")
    for name in (told["message_id"], "nothing", told["conversation_id"]):
        assert agent.get(f"/console/conversations/{name}").status_code == 404
