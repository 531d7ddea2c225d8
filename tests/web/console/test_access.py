"""Who may do what: every route of the console for nobody, an agent and a lead."""

from functools import reduce

import pytest
from flask import Flask

from bot.assistant import Assistant
from tests.web.console.conftest import HOST, Person
from tests.web.routes import addresses
from web.app import create_app
from web.settings import Settings
from web.storage.database import Database
from web.storage.tables import METADATA, SESSIONS

SIGN_IN = (303, "/console/sign-in")
# What nobody, an agent and a lead get: a status, and where it sends them.
Answers = tuple[tuple[int, str], tuple[int, str], tuple[int, str]]
OK = (200, "")
CASE = "/console/cases/<case_id>"
TABLE: dict[tuple[str, str], Answers] = {
    ("GET", "/console"): (SIGN_IN, OK, OK),
    ("GET", "/console/results"): ((401, ""), OK, OK),
    ("GET", "/console/completions"): ((401, ""), OK, OK),
    ("GET", "/console/caller"): (SIGN_IN, (303, "/console"), (303, "/console")),
    ("GET", "/console/entries/<entry_id>"): (SIGN_IN, OK, OK),
    ("GET", "/console/entries/<entry_id>/view"): ((401, ""), OK, OK),
    ("POST", "/console/pins/<entry_id>"): (
        SIGN_IN,
        (303, "/console/entries/sim-pin"),
        (303, "/console/entries/sim-pin"),
    ),
    ("GET", "/console/conversations"): (SIGN_IN, OK, OK),
    ("GET", "/console/conversations/<message_id>"): (SIGN_IN, OK, OK),
    ("GET", "/console/cases"): (SIGN_IN, OK, OK),
    ("GET", "/console/cases/<case_id>"): (SIGN_IN, OK, OK),
    ("POST", "/console/cases/<case_id>"): (SIGN_IN, (303, CASE), (303, CASE)),
    ("GET", "/console/vain"): (SIGN_IN, (403, ""), OK),
    ("GET", "/console/vain.csv"): (SIGN_IN, (403, ""), OK),
    ("GET", "/console/shares"): (SIGN_IN, (403, ""), OK),
    ("GET", "/console/shares.csv"): (SIGN_IN, (403, ""), OK),
    ("GET", "/console/sign-in"): (OK, (303, "/console"), (303, "/console")),
    ("POST", "/console/sign-in"): ((403, ""), (403, ""), (403, "")),
    ("POST", "/console/sign-out"): (SIGN_IN, (303, "/console/sign-in"), (303, "/console/sign-in")),
}


def test_every_route_has_a_row(app: Flask) -> None:
    rules = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/console")]
    routes = {(method, rule.rule) for rule in rules for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}}
    assert routes == TABLE.keys()


@pytest.mark.parametrize("place", range(3), ids=["nobody", "agent", "lead"])
@pytest.mark.parametrize(("method", "rule"), TABLE, ids=" ".join)
def test_a_route_answers_whom_it_is_for(request: pytest.FixtureRequest, method: str, rule: str, place: int) -> None:
    person: Person = request.getfixturevalue(("nobody", "agent", "lead")[place])
    told = person.chat("Jak zapnu roaming v Taycanu?")
    names = {"<entry_id>": "sim-pin", "<message_id>": told["message_id"], "<case_id>": person.hand_off(told)}
    path = reduce(lambda path, name: path.replace(name, names[name]), names, rule)
    if method == "GET":
        response = person.get(path)
    else:
        token = person.token("/console" if place else "/console/sign-in")
        response = person.post(path, form_token=token, pinned="yes", action="take")
    status, location = TABLE[method, rule][place]
    assert response.status_code == status
    assert response.headers.get("Location", "").partition("?")[0] == location.replace("<case_id>", names["<case_id>"])


def test_looking_at_every_address_changes_nothing(app: Flask, lead: Person, database: Database) -> None:
    lead.hand_off(lead.chat("Jak zapnu roaming v Taycanu?"))

    def kept() -> dict[str, list[str]]:
        with database.reading() as connection:
            tables = [table for table in METADATA.sorted_tables if table is not SESSIONS]  # when somebody was seen last
            return {table.name: sorted(map(str, connection.execute(table.select()))) for table in tables}

    before = kept()
    for path in addresses(app):
        lead.get(f"{path}?action=take&pinned=yes&message=hi").close()
    assert kept() == before


def test_the_console_may_have_a_host_of_its_own_that_the_chats_pages_can_not_reach(
    assistant: Assistant, console_url: str, database: Database
) -> None:
    settings = Settings(database_url=console_url, public_url="https://help.example.com", rate_limits=False)
    jana = Person(create_app(settings, assistant).test_client())
    assert jana.sign_in("jana").status_code == 303
    token = jana.token("/console/entries/sim-pin")
    for origin, status in (("https://help.example.com", 403), (HOST, 303)):
        taken = jana.post("/console/pins/sim-pin", {"Origin": origin}, form_token=token, pinned="yes")
        assert taken.status_code == status
    assert jana.client.get("/console", base_url="https://help.example.com").status_code == 303  # no cookie goes there
    headers = jana.client.get("/console", base_url=HOST, headers={"Origin": "https://help.example.com"}).headers
    assert "Access-Control-Allow-Origin" not in headers


def test_an_agent_is_told_what_is_for_leads_only(agent: Person, lead: Person) -> None:
    assert "This page is for leads only" in agent.get("/console/vain").text
    assert 'href="/console/vain"' not in agent.get("/console").text
    assert 'href="/console/vain"' in lead.get("/console").text


def test_who_signs_in_gets_to_the_page_that_was_asked_for(nobody: Person) -> None:
    asked = nobody.get("/console/entries/sim-pin?model=911&country=AT")
    assert asked.headers["Location"] == (
        "/console/sign-in?next=%2Fconsole%2Fentries%2Fsim-pin%3Fmodel%3D911%26country%3DAT"
    )
    wished = "/console/entries/sim-pin?model=911&country=AT"
    assert nobody.sign_in("jana", wished=wished).headers["Location"] == wished


@pytest.mark.parametrize(
    "wished",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "/console@evil.example",
        "/console/\\evil",
        "javascript:1",
        "/",
    ],
)
def test_signing_in_leads_nowhere_else(nobody: Person, wished: str) -> None:
    assert nobody.sign_in("jana", wished=wished).headers["Location"] == "/console"


FOREIGN = {
    "another site": {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"},
    "another host of the site": {"Sec-Fetch-Site": "same-site", "Origin": "https://www.example.com"},
    "an old browser on another site": {"Origin": "https://evil.example"},
    "an origin that is hidden": {"Origin": "null"},
    "an origin that is hidden, on another site": {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
}


@pytest.mark.parametrize("headers", FOREIGN.values(), ids=FOREIGN)
def test_a_form_of_another_page_is_refused(agent: Person, headers: dict[str, str]) -> None:
    token = agent.token("/console/entries/sim-pin")
    response = agent.post("/console/pins/sim-pin", headers, form_token=token, pinned="yes")
    assert response.status_code == 403
    assert (
        "form is out of date"
        in agent.client.post(
            "/console/pins/sim-pin", headers={"Accept-Language": "en"}, base_url="https://console.example.com"
        ).text
    )


@pytest.mark.parametrize("token", ["", "0" * 64, "ř"])
def test_a_form_without_the_sessions_token_is_refused(agent: Person, token: str) -> None:
    assert agent.post("/console/pins/sim-pin", form_token=token, pinned="yes").status_code == 403


def test_the_token_of_another_session_is_refused(agent: Person, lead: Person) -> None:
    token = lead.token("/console/entries/sim-pin")
    assert agent.post("/console/pins/sim-pin", form_token=token, pinned="yes").status_code == 403


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "same-origin", "Origin": "null"}, {"Origin": "https://console.example.com"}]
)
def test_a_form_of_the_console_is_taken(agent: Person, headers: dict[str, str]) -> None:
    token = agent.token("/console/entries/sim-pin")
    assert agent.post("/console/pins/sim-pin", headers, form_token=token, pinned="yes").status_code == 303


def test_a_page_that_is_not_there_is_told_as_a_page(agent: Person) -> None:
    response = agent.get("/console/entries/nothing")
    assert (response.status_code, response.mimetype) == (404, "text/html")
    assert "not in the console" in response.text


def test_a_slash_at_the_end_does_no_harm(agent: Person) -> None:
    assert agent.get("/console/").status_code == 200


def test_no_page_is_kept_and_none_is_framed(agent: Person) -> None:
    response = agent.get("/console")
    assert response.headers["Cache-Control"] == "no-store"
    assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]
