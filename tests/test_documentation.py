"""The documentation is true: it names what there is, and its examples give what it shows."""

import json
import re
import shlex
from pathlib import Path

import click
import pytest
import requests
from click.testing import CliRunner

from bot.assistant import Assistant
from web.app import create_app
from web.cli import main
from web.parameters import SearchParameters, SuggestParameters
from web.settings import Settings, variable_of

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
API = (ROOT / "docs/api.md").read_text(encoding="utf-8")
API_EXAMPLES = re.findall(r"^GET (/\S+)\n```\n\n(\d+):\n\n```json\n(.*?)\n```", API, re.MULTILINE | re.DOTALL)
EXAMPLES = re.findall(r"^\$ radce ask (.*)\n((?:.*\n)*?)```", README, re.MULTILINE)


def commands(group: click.Group, prefix: str = "radce") -> list[str]:
    """Every command of the command line, such as "radce index build"."""
    names = []
    for name, command in group.commands.items():
        path = f"{prefix} {name}"
        names += commands(command, path) if isinstance(command, click.Group) else [path]
    return names


@pytest.mark.parametrize("command", commands(main))
def test_the_readme_names_every_command(command: str) -> None:
    assert f"`{command}" in README


def test_every_setting_is_documented() -> None:
    documented = (ROOT / "docs/settings.md").read_text(encoding="utf-8")
    assert {name for name in map(variable_of, Settings.model_fields) if f"`{name}`" not in documented} == set()


def test_every_route_is_documented(assistant: Assistant) -> None:
    documented = (ROOT / "docs/api.md").read_text(encoding="utf-8")
    rules = [rule for rule in create_app(Settings(), assistant).url_map.iter_rules() if rule.endpoint != "static"]
    paths = {re.sub(r"<(?:path:|[a-z]+_)?([a-z]+)>", r"{\1}", rule.rule) for rule in rules}
    assert {path for path in paths if f"{path}`" not in documented} == set()


def test_every_parameter_of_a_search_is_documented() -> None:
    documented = (ROOT / "docs/api.md").read_text(encoding="utf-8")
    names = {*SearchParameters.model_fields, *SuggestParameters.model_fields}
    assert {name for name in names if f"`{name}`" not in documented} == set()


def _shape(value: object) -> object:
    """The names of an object's fields, and of those of the objects in it."""
    if isinstance(value, dict):
        return {name: _shape(one) for name, one in value.items()}
    return [_shape(one) for one in value][:1] if isinstance(value, list) else None


@pytest.mark.parametrize(("path", "status", "shown"), API_EXAMPLES, ids=lambda value: str(value)[:40])
def test_the_examples_of_the_api_are_what_it_answers(server_url: str, path: str, status: str, shown: str) -> None:
    response = requests.get(server_url + path, timeout=30)
    assert response.status_code == int(status)
    assert _shape(response.json()) == _shape(json.loads(shown))


def test_the_api_is_shown_by_examples() -> None:
    assert len(API_EXAMPLES) >= 5


def test_the_readme_shows_a_conversation_in_each_language() -> None:
    assert len(EXAMPLES) >= 2


@pytest.mark.parametrize(("arguments", "shown"), EXAMPLES)
def test_the_conversations_of_the_readme_are_what_the_command_prints(
    arguments: str, shown: str, index_dir: Path
) -> None:
    asked = CliRunner(env={"RADCE_INDEX_DIR": str(index_dir)}).invoke(main, ["ask", *shlex.split(arguments)])
    assert asked.stdout.split() == shown.split()


@pytest.mark.parametrize("path", sorted((ROOT / "docs/decisions").glob("*.md")), ids=lambda path: path.stem)
def test_a_decision_is_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 40


@pytest.mark.parametrize("document", ["README.md", "ARCHITECTURE.md"])
def test_every_file_that_is_named_exists(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    named = re.findall(r"`((?:docs|tests|index|kb|bot|web)/[\w./-]+\w)`", text)
    assert named
    missing = [name for name in named if not (ROOT / name).exists()]
    assert missing == []
