"""Report folders: a JSON file and a Markdown file side by side, each saying which command made it."""

import json
import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path

from index.intervals import wilson
from index.store import SearchIndex
from web.errors import WebError


def report_folder(folder: Path) -> Path:
    """The folder, made where it is missing. Raises WebError where it can't be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WebError(f"{folder}: can't be made ({error}); name another folder with --report") from error
    return folder


def write_report(folder: Path, name: str, *, fields: Mapping[str, object], text: str) -> None:
    """Write NAME.json and NAME.md. Raises WebError where they can't be written."""
    try:
        (folder / f"{name}.json").write_text(json.dumps(fields, ensure_ascii=False) + "\n", encoding="utf-8")
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    except OSError as error:
        raise WebError(f"{folder}: can't be written ({error}); name another folder with --report") from error


def command_line(name: str, files: Sequence[Path], options: Mapping[str, object]) -> str:
    """The command as one types it; options without a value are left out."""
    given = [word for option, value in options.items() if value is not None for word in (option, str(value))]
    return shlex.join(["radce", *name.split(), *map(str, files), *given])


def made_of(index: SearchIndex) -> dict[str, str]:
    """What was measured: the versions of content, encoder and weights."""
    manifest = index.manifest
    return {"kb_version": manifest.kb_version, "encoder": manifest.encoder, "scoring": manifest.scoring}


def heading(title: str, command: str, index: SearchIndex) -> list[str]:
    """The first lines of a report."""
    versions = ", ".join(f"{name} `{version}`" for name, version in made_of(index).items())
    return [f"# {title}", "", f"Made by `{command}`; do not edit.", "", f"Measured: {versions}.", ""]


def table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> list[str]:
    """The lines of a Markdown table, with an empty one after it."""
    lines = [columns, ["---"] * len(columns), *rows]
    return [*(f"| {' | '.join(map(str, line))} |" for line in lines), ""]


def percent(share: float) -> str:
    """A share as a percentage with one decimal."""
    return f"{share:.1%}".replace("%", " %")


def interval(right: int, total: int) -> str:
    """The 95 % interval of a share, in percent."""
    low, high = wilson(right, total)
    return f"{low:.1%} to {high:.1%}".replace("%", " %")
