"""The documentation is true: it names what there is, and its examples give what it shows."""

import re
import shlex
from dataclasses import fields
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from web.cli import main
from web.settings import Settings

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
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
    source = (ROOT / "web/settings.py").read_text(encoding="utf-8")
    names = set(re.findall(r'"((?:RADCE_|DATABASE_)[A-Z_]+)"', source))
    assert len(names) == len(fields(Settings))
    assert all(f"`{name}`" in documented for name in names)


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
