"""Cases in the console: who has which, two agents at once, and the state of the mail."""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import insert, update

from tests.web.console.conftest import PASSWORDS, Person
from web.console.accounts import Accounts, Role
from web.storage.database import Database
from web.storage.tables import MAIL_QUEUE

ROAMING = "Jak zapnu roaming v Taycanu?"


@pytest.fixture
def case(agent: Person) -> str:
    """The id of an open case."""
    return agent.hand_off(agent.chat(ROAMING), "Zavolejte mi <prosím>.")


@pytest.fixture
def eva(app: Flask, accounts: Accounts) -> Person:
    """Another agent, signed in."""
    accounts.add("eva", Role.AGENT, PASSWORDS["jana"])
    person = Person(app.test_client())
    assert person.sign_in("eva", PASSWORDS["jana"]).status_code == 303
    return person


def act(person: Person, case: str, action: str) -> int:
    """The status of what somebody does with a case."""
    path = f"/console/cases/{case}"
    return person.post(path, form_token=person.token(path), action=action).status_code


def test_a_case_shows_what_was_said_and_whom_to_answer(agent: Person, case: str) -> None:
    page = agent.get(f"/console/cases/{case}").text
    assert "Roaming se zapne automaticky." in page
    assert "Zavolejte mi &lt;prosím&gt;." in page
    assert "mailto:eva%40example.com" in page
    assert f'href="/console/cases/{case}"' in agent.get("/console/cases").text


def test_what_was_said_afterwards_is_not_in_the_case(agent: Person) -> None:
    told = agent.chat(ROAMING)
    case = agent.hand_off(told)
    fields = {"message": "K čemu je bezpečnostní kód?", "conversation_id": told["conversation_id"]}
    assert agent.client.post("/api/v1/chat", json=fields).status_code == 200
    assert 'id="turn-2"' not in agent.get(f"/console/cases/{case}").text


def test_a_case_is_taken_closed_and_listed_by_its_state(agent: Person, case: str) -> None:
    def lists() -> list[str]:
        names = ("waiting", "open", "taken", "closed")
        return [name for name in names if case in agent.get(f"/console/cases?list={name}").text]

    assert lists() == ["waiting", "open"]
    assert act(agent, case, "take") == 303
    assert lists() == ["waiting", "taken"]
    assert act(agent, case, "give_back") == 303
    assert lists() == ["waiting", "open"]
    assert [act(agent, case, "take"), act(agent, case, "close")] == [303, 303]
    assert lists() == ["closed"]
    assert [act(agent, case, action) for action in ("take", "give_back", "close")] == [409, 409, 409]


def test_the_second_agent_is_told_who_has_the_case(agent: Person, eva: Person, case: str) -> None:
    assert act(agent, case, "take") == 303
    path = f"/console/cases/{case}"
    late = eva.post(path, {"Accept-Language": "en"}, form_token=eva.token(path), action="take")
    assert late.status_code == 409
    assert "jana already has this case" in late.text
    assert [act(eva, case, "close"), act(eva, case, "give_back")] == [409, 409]


def test_of_many_at_once_one_gets_the_case(agent: Person, eva: Person, lead: Person, case: str) -> None:
    people = [agent, eva, lead]
    tokens = [person.token(f"/console/cases/{case}") for person in people]
    barrier = Barrier(3)

    def take(number: int) -> int:
        barrier.wait()
        return people[number].post(f"/console/cases/{case}", form_token=tokens[number], action="take").status_code

    with ThreadPoolExecutor(3) as threads:
        assert sorted(threads.map(take, range(3))) == [303, 409, 409]


def test_a_lead_may_end_what_an_agent_has_begun(agent: Person, lead: Person, case: str) -> None:
    assert act(agent, case, "take") == 303
    assert "Give back" in lead.get(f"/console/cases/{case}").text
    assert act(lead, case, "give_back") == 303
    assert [act(agent, case, "take"), act(lead, case, "close")] == [303, 303]


def test_what_cannot_be_done_with_a_case_is_not_found(agent: Person, case: str) -> None:
    assert act(agent, case, "eat") == 404
    assert agent.get("/console/cases/nothing").status_code == 404
    assert agent.post("/console/cases/nothing", form_token=agent.token("/console"), action="take").status_code == 404


def test_the_state_of_the_mail_is_shown(agent: Person, case: str, database: Database) -> None:
    def shown() -> str:
        return agent.get(f"/console/cases/{case}").text

    with database.writing() as connection:
        connection.execute(MAIL_QUEUE.delete())
    assert "none is sent" in shown()
    mail = {"handoff_id": case, "recipient": "pomoc@example.com", "attempts": 0, "next_attempt": 0}
    with database.writing() as connection:
        connection.execute(insert(MAIL_QUEUE).values(mail))
    assert "waits, pomoc@example.com" in shown()
    with database.writing() as connection:
        connection.execute(update(MAIL_QUEUE).values(attempts=3, failure="550 no such <user>"))
    assert "(attempts: 3: 550 no such &lt;user&gt;)" in shown()
    with database.writing() as connection:
        connection.execute(update(MAIL_QUEUE).values(sent=1_790_000_000, failure=None))
    assert "sent, pomoc@example.com, 21 Sep 2026" in shown()


def test_many_cases_come_page_by_page_those_that_waited_longest_first(agent: Person) -> None:
    told = agent.chat(ROAMING)
    cases = [agent.hand_off(told, str(number)) for number in range(55)]
    first = agent.get("/console/cases").text
    (path,) = re.findall(r'href="([^"]*after=[^"]*)"', first)
    second = agent.get(path.replace("&amp;", "&")).text
    found = [{case for case in cases if f"/console/cases/{case}" in page} for page in (first, second)]
    assert [len(each) for each in found] == [50, 5]
    assert found[0] | found[1] == set(cases)
