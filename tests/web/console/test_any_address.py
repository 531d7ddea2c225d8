"""Whatever stands in an address or a form, no route of the application breaks: not for nobody, and not for a lead."""

import re
from urllib.parse import quote

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.web.console.conftest import HOST, Person

# Examples a route; each takes a few milliseconds, a page of the console some tens.
EXAMPLES = 8
# What pages and the API call their parameters and fields, so that something is read at all.
NAMES = (
    "q", "language", "model", "generation", "model_year", "vehicle", "country", "topic", "entry", "limit", "offset",
    "page", "days", "from", "to", "kind", "rating", "state", "action", "next", "name", "password", "form_token",
    "pinned", "v", "explain", "after", "said", "reason", "interface", "list", "not_read",
)  # fmt: skip
WORDS = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["", "-1", "0", "9" * 30, "1e999", "2024-02-30", "0001-01-01", "taycan", "cs", "xx", "%00", "\x00"]
    ),
)
FIELDS = st.dictionaries(st.one_of(st.sampled_from(NAMES), st.text(min_size=1, max_size=8)), WORDS, max_size=5)
# What stands in the place of a name in a route's address: known ones, too, so that something is found.
PLACES = st.one_of(WORDS, st.sampled_from(["sim-pin", "roaming-activate", "en", "chat.js", "page.css"]))


def routes(app: Flask) -> list[tuple[str, str]]:
    """Method and rule of every route."""
    return [
        (method, rule.rule)
        for rule in app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    ]


@pytest.mark.slow
@pytest.mark.parametrize("signed_in", [False, True], ids=["nobody", "lead"])
def test_no_route_breaks(app: Flask, request: pytest.FixtureRequest, signed_in: bool) -> None:
    person: Person = request.getfixturevalue("lead" if signed_in else "nobody")
    found = [(method, rule) for method, rule in routes(app) if not signed_in or rule.startswith("/console")]
    assert len(found) > 15
    token = person.token("/console" if signed_in else "/console/sign-in")
    for method, rule in found:
        if rule != "/console/sign-out":
            _try(person, method, rule, token)


def _try(person: Person, method: str, rule: str, token: str) -> None:

    @settings(max_examples=EXAMPLES, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(st.lists(PLACES, min_size=4, max_size=4), FIELDS, FIELDS, st.booleans())
    def answers(places: list[str], query: dict[str, str], form: dict[str, str], with_token: bool) -> None:
        words = iter(places)
        path = re.sub("<[^>]*>", lambda _: quote(next(words), safe="") or "x", rule)
        fields = {**form, **({"form_token": token} if with_token else {})}
        sent = {"data": fields} if method == "POST" else {}
        with person.client.open(path, method=method, query_string=query, base_url=HOST, **sent) as response:
            assert response.status_code < 500, (method, path, query, form)

    answers()
