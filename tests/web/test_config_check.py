"""`radce config check`: every setting with its source, all faults at once, no password."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.servers import clean_environment
from web.cli import main
from web.settings import Settings, variable_of


def check(*arguments: str, **environment: str) -> Result:
    ours = [name for name in clean_environment({}) if name.startswith("RADCE_")]
    cleared: dict[str, str | None] = {variable_of(field): None for field in Settings.model_fields}
    cleared |= dict.fromkeys(ours)
    return CliRunner(env={**cleared, **environment}).invoke(main, ["config", "check", *arguments])


def test_every_setting_is_shown_with_its_source() -> None:
    checked = check(RADCE_PORT="9000", RADCE_WORKERS=" ")
    assert checked.exit_code == 0
    rows = {line.split()[0]: line.split()[1:] for line in checked.stdout.splitlines()}
    assert rows.keys() == {variable_of(field) for field in Settings.model_fields}
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


def test_the_rest_is_shown_where_mail_has_no_sender() -> None:
    checked = check(RADCE_SMTP_URL="smtp://mail.example.com", RADCE_PORT="9000")
    assert checked.exit_code == 1
    assert "RADCE_MAIL_FROM is missing" in checked.stderr
    assert "9000" in checked.stdout


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("RADCE_INDEX_DIR", "{}/file/index"),
        ("RADCE_INDEX_DIR", "{}/gone"),
        ("DATABASE_URL", "sqlite:///{}/file/radce.db"),
        ("DATABASE_URL", "sqlite:///{}/gone"),
    ],
)
def test_a_place_that_can_not_be_used_is_a_fault(tmp_path: Path, name: str, value: str) -> None:
    (tmp_path / "file").write_text("no folder")
    (tmp_path / "gone").mkdir()
    (tmp_path / "gone" / "current").write_text("index-1")
    checked = check(**{name: value.format(tmp_path)})
    assert checked.exit_code == 1
    assert f"radce: {name} is " in checked.stderr


def test_what_the_program_makes_need_not_be_there_and_a_missing_index_is_told(tmp_path: Path, index_dir: Path) -> None:
    database = f"sqlite:///{tmp_path}/a/b/radce.db"
    checked = check(RADCE_INDEX_DIR=f"{tmp_path}/a/index", DATABASE_URL=database)
    assert checked.exit_code == 0
    assert "there is no index yet" in checked.stderr
    assert not (tmp_path / "a").exists()
    assert check(RADCE_INDEX_DIR=str(index_dir), DATABASE_URL=database).stderr == ""
    told = json.loads(check("--json", RADCE_INDEX_DIR=f"{tmp_path}/a/index", DATABASE_URL=database).stdout)
    assert (told["faults"], len(told["remarks"])) == ([], 1)
