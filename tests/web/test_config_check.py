"""`radce config check`: every setting with its source, all faults at once, no password."""

import json
from dataclasses import fields

import pytest
from click.testing import CliRunner, Result

from tests.servers import clean_environment
from web.cli import main
from web.setting_sources import variable_of
from web.settings import Settings


def check(*arguments: str, **environment: str) -> Result:
    ours = [name for name in clean_environment({}) if name.startswith("RADCE_")]
    cleared: dict[str, str | None] = {variable_of(field.name): None for field in fields(Settings)}
    cleared |= dict.fromkeys(ours)
    return CliRunner(env={**cleared, **environment}).invoke(main, ["config", "check", *arguments])


def test_every_setting_is_shown_with_its_source() -> None:
    checked = check(RADCE_PORT="9000", RADCE_WORKERS=" ")
    assert checked.exit_code == 0
    rows = {line.split()[0]: line.split()[1:] for line in checked.stdout.splitlines()}
    assert rows.keys() == {variable_of(field.name) for field in fields(Settings)}
    assert rows["RADCE_PORT"] == ["environment", "9000"]
    assert rows["RADCE_WORKERS"] == ["default", "2"]
    assert rows["RADCE_RATE_LIMITS"] == ["default", "1"]


def test_all_faults_are_told_at_once_and_the_rest_is_shown() -> None:
    checked = check(RADCE_PORT="http", RADCE_WORKERS="0", RADCE_WORKER="4", RADCE_HOST="::1")
    assert checked.exit_code == 1
    for name in ("RADCE_PORT is 'http'", "RADCE_WORKERS is '0'", "RADCE_WORKER is no setting"):
        assert checked.stderr.count(name) == 1
    assert "::1" in checked.stdout


SECRETS = {
    "DATABASE_URL": [
        "mysql://radce:hunter2@db/radce",
        "postgresql://radce:hunter2-hunter2-hunter2@db/radce",
        "postgresql://db/radce?password=hunter2&user=me",
        "postgresql://db/radce?password=hunter2-hunter2-hunter2&user=me",
        "host=db password=hunter2",
    ],
    "RADCE_SMTP_URL": [
        "smtp://radce:hunter2@mail.example.com",
        "smtp://mail.example.com?password=hunter2",
        "smtp://radce:hunter2",
    ],
}


@pytest.mark.parametrize("arguments", [(), ("--json",)])
@pytest.mark.parametrize(("name", "value"), [(name, value) for name in SECRETS for value in SECRETS[name]])
def test_a_password_is_masked(arguments: tuple[str, ...], name: str, value: str) -> None:
    checked = check(*arguments, **{name: value, "RADCE_MAIL_FROM": "radce@example.com"})
    assert "hunter2" not in checked.output
    assert name in checked.output


def test_json_tells_the_same() -> None:
    told = json.loads(check("--json", RADCE_PORT="http", RADCE_TRUSTED_PROXIES="2").stdout)
    assert len(told["faults"]) == 1
    row = {"name": "RADCE_TRUSTED_PROXIES", "value": "2", "source": "environment"}
    assert row in told["settings"]
