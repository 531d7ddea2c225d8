"""The widget's files: how large they are, how they are served, and that both languages say the same."""

import gzip
import json
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from bot.assistant import Assistant
from web.app import create_app
from web.errors import WebError
from web.settings import Settings
from web.widget_bundle import bundle
from web.widget_files import FOLDER, lean_script, lean_styles, widget_files, widget_version

DOCS = Path(__file__).parents[2] / "docs" / "widget.md"
# Bytes after gzip, as the page's visitor pays for them.
MOST_LOADER = 3000
MOST_TOGETHER = 25_000
VERSION = widget_version(widget_files())


@pytest.fixture(scope="module")
def client(assistant: Assistant) -> FlaskClient:
    return create_app(Settings(conversation_days=12), assistant).test_client()


def _transferred(client: FlaskClient, *paths: str) -> int:
    """Bytes of the bodies."""
    responses = [client.get(path, headers={"Accept-Encoding": "gzip, br"}) for path in paths]
    assert all(response.headers["Content-Encoding"] == "gzip" for response in responses)
    return sum(len(response.data) for response in responses)


def test_the_loader_is_small(client: FlaskClient) -> None:
    assert _transferred(client, "/widget.js") <= MOST_LOADER


@pytest.mark.parametrize("language", ["cs", "en"])
def test_all_of_it_is_small(client: FlaskClient, language: str) -> None:
    # full-page.css is asked for by the chat page alone.
    files = [f"/widget/{VERSION}/{name}" for name in widget_files() if name != "full-page.css"]
    assert _transferred(client, "/widget.js", f"/widget/texts/{language}", *files) <= MOST_TOGETHER


def test_a_client_that_takes_no_gzip_gets_the_same_text(client: FlaskClient) -> None:
    path = f"/widget/{VERSION}/chat.js"
    packed = client.get(path, headers={"Accept-Encoding": "gzip"})
    plain = client.get(path, headers={"Accept-Encoding": "identity"})
    assert gzip.decompress(packed.data) == plain.data
    assert "Content-Encoding" not in plain.headers
    assert "Accept-Encoding" in plain.headers["Vary"]


def test_what_is_sent_has_no_comments_and_loses_no_code() -> None:
    script = "/** What\n * it is. */\n\nf(`\n  a // b`);\n  // d\n  g('/* e */')\nh()\n"
    assert lean_script(script) == "f(`\na // b`);g('/* e */')\nh()\n"
    styles = "/* What */\n.a :is(b, c) {\n  margin: 0 1px;\n}\n\n@media print { d { e: f; } }\n"
    assert lean_styles(styles) == ".a :is(b,c){margin:0 1px}@media print{d{e:f}}"


def test_modules_are_sent_as_one_each_with_its_names_to_itself(tmp_path: Path) -> None:
    (tmp_path / "base.js").write_text("const own = 1;\nexport const one = own;\n", encoding="utf-8")
    (tmp_path / "top.js").write_text(
        'import { one } from "./base.js";\nconst own = one;\nexport async function two() {}\n', encoding="utf-8"
    )
    assert bundle(tmp_path / "top.js") == (
        "const $base = (() => {\nconst own = 1;\nconst one = own;\nreturn { one };\n})();\n"
        "const { one } = $base;\nconst own = one;\nasync function two() {}\nexport { two };\n"
    )


def test_modules_that_import_each_other_are_an_error(tmp_path: Path) -> None:
    for name, other in (("one", "two"), ("two", "one")):
        (tmp_path / f"{name}.js").write_text(f'import {{ x }} from "./{other}.js";\n', encoding="utf-8")
    with pytest.raises(WebError, match="imports itself"):
        bundle(tmp_path / "one.js")


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.js")), ids=lambda path: path.name)
def test_no_comment_stands_behind_code(path: Path) -> None:
    code = re.sub(r"^\s*(?:/\*.*?\*/|//[^\n]*)\n", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    assert not re.search(r"[;,{(\[)}] *(?://|/\*)", code)


def test_no_file_builds_elements_from_text() -> None:
    for path in FOLDER.glob("*.js"):
        written = re.sub(r"/\*.*?\*/|//[^\n]*", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function|DOMParser", written
        )


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.js")), ids=lambda path: path.name)
def test_a_file_is_not_long_and_says_what_it_is(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 250
    assert "/**" in lines[0]


def test_both_languages_have_the_same_strings() -> None:
    czech, english = (
        json.loads((FOLDER / f"strings.{language}.json").read_text(encoding="utf-8")) for language in ("cs", "en")
    )
    assert czech.keys() == english.keys()
    for key, words in czech.items():
        assert re.findall(r"\{\w+\}", str(words)) == re.findall(r"\{\w+\}", str(english[key])), key


def test_every_string_is_used_and_every_used_one_is_there() -> None:
    words = json.loads((FOLDER / "strings.cs.json").read_text(encoding="utf-8"))
    code = "".join(path.read_text(encoding="utf-8") for path in FOLDER.glob("*.js"))
    page = (FOLDER.parents[1] / "templates/chat.html").read_text(encoding="utf-8")
    assert {key for key in words if not re.search(rf"[\"`.]{key}\b", code) and f"words.{key}" not in page} - {
        "origin_source", "origin_translation", "origin_editorial",
    } == set()  # fmt: skip
    brand = {"assistant", "about", "disclaimer", "scope", "storage", "days"}
    assert set(re.findall(r'say\("(\w+)"', code)) - words.keys() - brand == set()


def test_the_texts_are_the_brands_and_tell_how_long_a_conversation_is_kept(client: FlaskClient) -> None:
    texts = client.get("/widget/texts/cs").get_json()
    assert texts["days"] == 12
    assert "oficiální" in texts["disclaimer"]
    assert len(texts["examples"]) == 3
    assert client.get("/widget/texts/de").status_code == 404


def test_files_of_this_version_are_kept_and_those_of_another_are_asked_for_again(client: FlaskClient) -> None:
    kept = client.get(f"/widget/{VERSION}/chat.js")
    assert kept.headers["Content-Type"].startswith("text/javascript")
    assert "immutable" in kept.headers["Cache-Control"]
    other = client.get("/widget/0123456789ab/chat.js")
    assert other.data == kept.data
    assert other.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("path", ["/widget.js", "/widget/texts/en"])
def test_what_has_no_version_in_its_address_is_asked_for_again(client: FlaskClient, path: str) -> None:
    first = client.get(path)
    assert first.headers["Cache-Control"] == "no-cache"
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("name", ["nothing.js", "widget.js", "..%2Fpage.css", "%2e%2e/settings.py"])
def test_no_other_file_is_served(client: FlaskClient, name: str) -> None:
    assert client.get(f"/widget/{VERSION}/{name}").status_code == 404


def _code(pattern: str) -> set[str]:
    found = {name for path in FOLDER.iterdir() for name in re.findall(pattern, path.read_text(encoding="utf-8"))}
    assert found
    return found


def test_the_documentation_names_every_attribute_method_event_and_property() -> None:
    documented = DOCS.read_text(encoding="utf-8")
    attributes = {re.sub("[A-Z]", lambda letter: f"-{letter[0].lower()}", name) for name in _code(r"dataset\.(\w+)")}
    attributes |= {"theme", "side"}
    assert {name for name in attributes if f"`data-{name}`" not in documented} == set()
    methods = {name for names in _code(r'of \[("open".*?)\]') for name in re.findall(r"\w+", names)}
    assert {name for name in methods if f"`{name}(" not in documented} == set()
    assert {name for name in _code(r'emit\("(\w+)"') if f"`{name}`" not in documented} == set()
    assert {name for name in _code(r"--radce-[\w-]+") if f"`{name}`" not in documented} == set()
