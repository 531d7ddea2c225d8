"""Every setting with its value and where it comes from, secrets masked; and what is wrong with those that are set."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields

from web.errors import WebError
from web.settings import Settings
from web.storage.address import without_password

_SECRET = re.compile(r"SECRET|TOKEN|PASSWORD|_KEY\b")
# A variable with one of these names is meant for us, and is a slip where there is no such setting.
_OURS = "RADCE_"


@dataclass(frozen=True, slots=True)
class SettingRow:
    """A setting: the variable's name, its value as it may be shown, and where that comes from."""

    name: str
    value: str
    source: str


def variable_of(field: str) -> str:
    """The name of the variable that sets a field of Settings."""
    return "DATABASE_URL" if field == "database_url" else f"{_OURS}{field.upper()}"


def setting_rows(settings: Settings, environment: Mapping[str, str]) -> list[SettingRow]:
    """A row for every setting."""
    rows = []
    for field in fields(Settings):
        name = variable_of(field.name)
        source = "environment" if environment.get(name, "").strip() else "default"
        rows.append(SettingRow(name, _shown(name, getattr(settings, field.name)), source))
    return rows


def _shown(name: str, value: object) -> str:
    match value:
        case None | "" | ():
            return "-"
        case bool():
            return str(int(value))
        case tuple():
            return " ".join(map(str, value))
    if _SECRET.search(name):
        return "***"
    return without_password(str(value)) if name.endswith("_URL") else str(value)


def faults(environment: Mapping[str, str]) -> tuple[Settings, list[str]]:
    """The settings with a default in place of each that can't be used, and what is wrong with those, all at once."""
    kept, told = dict(environment), list(_unknown(environment))
    while True:
        try:
            return Settings.from_environment(kept), told
        except WebError as error:
            told.append(str(error))
            if kept.pop(str(error).partition(" ")[0], None) is None:  # it is missing, or more than one is at fault
                return Settings(), told


def _unknown(environment: Mapping[str, str]) -> Iterator[str]:
    known = {variable_of(field.name) for field in fields(Settings)}
    for name in sorted(set(environment) - known):
        if name.startswith(_OURS):
            yield f"{name} is no setting (docs/settings.md lists them): correct its name, or leave it out"
