"""Content that holds markup shows as text on every help page, and nothing of it is an element."""

import json
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from bot.assistant import Assistant
from index.encoder import Encoder
from index.pointer import current_folder
from index.store import build, open_index
from tests.kb.conftest import FILES, PHRASES
from tests.markup import CORPUS
from tests.web.help_reader import HelpPage, flat
from web.app import create_app
from web.settings import Settings

ALL = " ".join(CORPUS)
BOTH = {"cs": ALL, "en": ALL}
PARTS: list[dict[str, Any]] = [
    BOTH,
    {"type": "note", **BOTH},
    {"type": "steps", "cs": CORPUS, "en": CORPUS},
    {"type": "list", "cs": CORPUS, "en": CORPUS},
    {"type": "menu_path", **{key: {"before": ALL, "path": CORPUS, "after": ALL} for key in BOTH}},
]
VARIANT = {"id": "old-car", "vehicles": [{"generation": "old"}], "label": BOTH, "answer": PARTS}
BRAND = {name: f"{words} {ALL}" for name, words in PHRASES.items() if words == "words"}
# It has a place for the country, and so none for other braces.
PURPOSE = f"{CORPUS[1]} {{country}}"
# Elements of the corpus that no page of the help has.
FOREIGN = frozenset({"img", "svg", "animate", "iframe", "textarea"})


class Elements(HTMLParser):
    """The names of a page's elements, and of all attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: set[str] = set()
        self.targets: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.targets |= {value or "" for name, value in attrs if name in {"href", "src", "action"}}


@pytest.fixture
def client(
    tiny: Callable[..., Path], entry: Callable[..., dict[str, Any]], encoder: Encoder, tmp_path: Path
) -> FlaskClient:
    """The application over content that is markup wherever content may be text."""
    phrases = PHRASES | BRAND | {"contact_purpose": PURPOSE}
    vehicles = FILES["vehicles.yaml"]
    generations = [row | dict.fromkeys(("name", "short", "how_to_tell"), BOTH) for row in vehicles["generations"]]
    models = [row | {"name": ALL} for row in vehicles["models"]]
    hostile = {"question": BOTH, "answer": PARTS, "variants": [VARIANT], "ask_vehicle": True}
    content = tiny(
        entry(show_contact=True),
        entry("hostile", **hostile, related=["contact-by-country"]),
        topics=[{"id": "topic", **BOTH}],
        vehicles=vehicles | {"generations": generations, "models": models},
        **{"phrases.cs": phrases, "phrases.en": phrases},
    )
    build(content, tmp_path / "index", encoder)
    assistant = Assistant.of(open_index(current_folder(tmp_path / "index"), encoder))
    return create_app(Settings(rate_limits=False), assistant).test_client()


def test_markup_in_the_content_is_text_on_every_help_page(client: FlaskClient) -> None:
    for path in ("", "/hostile", "/hostile?model=car", "/hostile?model=car&generation=old", "/contacts?country=AT",
                 "/search?q=title", "/contact-by-country", "/nothing"):  # fmt: skip
        html = client.get(f"/help/cs{path}").text
        found = Elements(html)
        assert found.names.isdisjoint(FOREIGN), path
        assert not {name for name in found.attributes if name.startswith(("on", "xlink", "srcdoc"))}, path
        assert not {target for target in found.targets if not target.startswith(("/", "#", "http://localhost"))}, path
    shown = HelpPage(client.get("/help/cs/hostile").text)
    assert shown.text.count(flat(CORPUS[0])) > 5
    assert all(flat(text) in shown.text for text in CORPUS)


def test_markup_in_the_content_ends_no_structured_text_and_no_sitemap(client: FlaskClient) -> None:
    html = client.get("/help/en/hostile").text
    text = html.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
    assert CORPUS[0] in json.dumps(json.loads(text), ensure_ascii=False)
    assert "<" not in text
    ElementTree.fromstring(client.get("/sitemap.xml").text)
