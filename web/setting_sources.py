"""Every setting with its value and where it comes from, secrets masked; and what is wrong with those that are set."""

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from index.errors import IndexingError
from index.pointer import POINTER, current_folder
from web.settings import OURS, Settings, SettingsError, shown_of, variable_of
from web.storage.address import database_url

_SECRET = re.compile(r"SECRET|TOKEN|PASSWORD|_KEY\b")


@dataclass(frozen=True, slots=True)
class SettingRow:
    """A setting: the variable's name, its value as it may be shown, and where that comes from."""

    name: str
    value: str
    source: str


def setting_rows(settings: Settings, environment: Mapping[str, str]) -> list[SettingRow]:
    """A row for every setting."""
    rows = []
    for field in Settings.model_fields:
        name = variable_of(field)
        source = "environment" if environment.get(name, "").strip() else "default"
        rows.append(SettingRow(name, _shown(name, getattr(settings, field)), source))
    return rows


def _shown(name: str, value: object) -> str:
    match value:
        case None | "" | ():
            return "-"
        case bool():
            return str(int(value))
        case tuple():
            return " ".join(map(str, value))
    return "***" if _SECRET.search(name) else shown_of(name, value)


def faults(environment: Mapping[str, str]) -> tuple[Settings, list[str]]:
    """The settings with a default in place of each that can't be used, and what is wrong with those, all at once."""
    kept, told = dict(environment), list(_unknown(environment))
    wrong: set[str] = set()
    while True:
        try:
            settings = Settings.from_environment(kept)
        except SettingsError as error:
            wrong |= error.told.keys()
            told += error.told.values()
            kept = {name: value for name, value in kept.items() if name not in wrong}
        else:
            return settings, told + [fault for name, fault in _places(settings) if name not in wrong]


def remarks(settings: Settings) -> list[str]:
    """What is no fault, but worth knowing."""
    if (settings.index_dir / POINTER).exists():
        return []
    built = "`radce index build` makes it, and `radce serve` does so first"
    return [f"{variable_of('index_dir')} is {str(settings.index_dir)!r}: there is no index yet; {built}"]


def _unknown(environment: Mapping[str, str]) -> Iterator[str]:
    known = set(map(variable_of, Settings.model_fields))
    for name in sorted(set(environment) - known):
        if name.startswith(OURS):
            yield f"{name} is no setting (docs/settings.md lists them): correct its name, or leave it out"


def _places(settings: Settings) -> Iterator[tuple[str, str]]:
    """Variables with places that can't be used, and why: what is read must be there, what is made must be possible."""
    name, folder = variable_of("index_dir"), settings.index_dir
    if not (folder / POINTER).exists():
        if not _can_be_made(folder):
            yield name, f"{name} is {str(folder)!r}: no index can be built there; name a folder that can be written"
    elif not _has_index(folder):
        yield name, f"{name} is {str(folder)!r}: its current index can't be read; run `radce index build`"
    url = database_url(settings.database_url)
    if url.get_backend_name() == "sqlite" and not _can_be_written(Path(url.database or "")):
        name = variable_of("database_url")
        shown = shown_of(name, settings.database_url)
        yield name, f"{name} is {shown!r}: the file can't be written or made; name one that can, or leave it out"


def _has_index(folder: Path) -> bool:
    try:
        return current_folder(folder).is_dir()
    except IndexingError:
        return False


def _can_be_written(file: Path) -> bool:
    """Whether a file can be written, or made with all folders above it."""
    return (not file.exists() or (file.is_file() and os.access(file, os.W_OK))) and _can_be_made(file.parent)


def _can_be_made(folder: Path) -> bool:
    """Whether a folder can be written, or made with all folders above it."""
    there = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    return there.is_dir() and os.access(there, os.W_OK | os.X_OK)
