"""Settings from the environment, and the page of the documentation that lists them."""

import re
import secrets
from pathlib import Path
from urllib.parse import quote

import pytest

from web.errors import WebError
from web.settings import Settings
from web.storage.address import database_url

DOCS = Path(__file__).parents[2] / "docs" / "settings.md"


def test_nothing_set_gives_the_defaults() -> None:
    assert Settings.from_environment({}) == Settings()
    assert Settings.from_environment({"RADCE_PORT": " ", "RADCE_WORKERS": ""}) == Settings()


def test_every_setting_can_be_set(tmp_path: Path) -> None:
    assert Settings.from_environment(
        {
            "RADCE_HOST": "0.0.0.0",
            "RADCE_PORT": "9000",
            "RADCE_CONTENT": str(tmp_path),
            "RADCE_INDEX_DIR": "/srv/index",
            "RADCE_ENCODER": "some/encoder",
            "DATABASE_URL": "sqlite:////srv/radce.db",
            "RADCE_WORKERS": "4",
            "RADCE_CONVERSATION_DAYS": "7",
            "RADCE_TIME_ZONE": "Asia/Tokyo",
            "RADCE_ALLOWED_ORIGINS": "https://www.Example.com, http://localhost:3000",
            "RADCE_PUBLIC_URL": "https://Help.example.com/",
            "RADCE_SMTP_URL": "smtps://radce:modry-kun-bezi-lesem@mail.example.com",
            "RADCE_MAIL_FROM": "radce@example.com",
            "RADCE_HANDOFF_TO": "team@example.com",
            "RADCE_INSECURE_COOKIES": "1",
            "RADCE_RATE_LIMITS": "0",
            "RADCE_TRUSTED_PROXIES": "2",
            "RADCE_REQUEST_LOG": "0",
        }
    ) == Settings(
        host="0.0.0.0",
        port=9000,
        content=tmp_path,
        index_dir=Path("/srv/index"),
        encoder="some/encoder",
        database_url="sqlite:////srv/radce.db",
        workers=4,
        conversation_days=7,
        time_zone="Asia/Tokyo",
        allowed_origins=("https://www.example.com", "http://localhost:3000"),
        public_url="https://help.example.com",
        smtp_url="smtps://radce:modry-kun-bezi-lesem@mail.example.com",
        mail_from="radce@example.com",
        handoff_to="team@example.com",
        insecure_cookies=True,
        rate_limits=False,
        trusted_proxies=2,
        request_log=False,
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("RADCE_HOST", "not a host"),
        ("RADCE_HOST", "300.1.1.1"),
        ("RADCE_HOST", "http://a.example"),
        ("RADCE_ENCODER", "/no/such"),
        ("RADCE_ENCODER", "./no-such"),
        ("RADCE_ENCODER", "no/such/model"),
        ("RADCE_PORT", "0"),
        ("RADCE_PORT", "65536"),
        ("RADCE_PORT", "http"),
        ("RADCE_PORT", "-1"),
        ("RADCE_PORT", "9" * 5000),
        ("RADCE_WORKERS", "0"),
        ("RADCE_WORKERS", "two"),
        ("RADCE_CONVERSATION_DAYS", "1.5"),
        ("RADCE_TIME_ZONE", "Prague"),
        ("RADCE_TIME_ZONE", "../etc/passwd"),
        ("RADCE_CONTENT", "/no/such/folder"),
        ("DATABASE_URL", "mysql://localhost/radce"),
        ("DATABASE_URL", "postgresql://db:99999/radce"),
        ("DATABASE_URL", "sqlite://"),
        ("DATABASE_URL", "sqlite:///:memory:"),
        ("DATABASE_URL", "radce.db"),
        ("RADCE_SMTP_URL", "mail.example.com"),
        ("RADCE_SMTP_URL", "smtp://mail.example.com:99999"),
        ("RADCE_MAIL_FROM", "Radce <radce@example.com>"),
        ("RADCE_HANDOFF_TO", "team@example.com, boss@example.com"),
        ("RADCE_ALLOWED_ORIGINS", "*"),
        ("RADCE_ALLOWED_ORIGINS", "null"),
        ("RADCE_ALLOWED_ORIGINS", "www.example.com"),
        ("RADCE_ALLOWED_ORIGINS", "https://www.example.com/"),
        ("RADCE_ALLOWED_ORIGINS", "https://*.example.com"),
        ("RADCE_ALLOWED_ORIGINS", "https://a.example ftp://b.example"),
        ("RADCE_ALLOWED_ORIGINS", "https://a.example:99999"),
        ("RADCE_ALLOWED_ORIGINS", "https://a.example:0"),
        ("RADCE_ALLOWED_ORIGINS", "https://[::1::]"),
        ("RADCE_RATE_LIMITS", "on"),
        ("RADCE_TRUSTED_PROXIES", "11"),
        ("RADCE_TRUSTED_PROXIES", "-1"),
        ("RADCE_PUBLIC_URL", "help.example.com"),
        ("RADCE_PUBLIC_URL", "https://help.example.com:70000"),
        ("RADCE_PUBLIC_URL", "https://help.example.com/support"),
        ("RADCE_PUBLIC_URL", "https://a.example https://b.example"),
    ],
)
def test_a_bad_value_is_told_with_the_variable_and_a_remedy(name: str, value: str) -> None:
    with pytest.raises(WebError, match=rf"(?s){name} is .*(set it to|leave it out)"):
        Settings.from_environment({name: value})


@pytest.mark.parametrize(
    "host", ["0.0.0.0", "::", "fe80::1%eth0", "localhost", "app_1", "a-b.example.com", "7up.example"]
)
def test_a_host_is_a_name_or_an_address(host: str) -> None:
    assert Settings.from_environment({"RADCE_HOST": host}).host == host


def test_all_that_is_wrong_is_told_at_once_with_the_default() -> None:
    with pytest.raises(WebError) as told:
        Settings.from_environment({"RADCE_PORT": "http", "RADCE_TIME_ZONE": "Prague", "RADCE_RATE_LIMITS": "no"})
    assert [(line.split()[0], line.rpartition(" ")[2]) for line in str(told.value).splitlines()] == [
        ("RADCE_PORT", "(8000)"),
        ("RADCE_TIME_ZONE", "(Europe/Prague)"),
        ("RADCE_RATE_LIMITS", "(1)"),
    ]


def test_settings_that_are_made_directly_read_no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RADCE_PORT", "9000")
    monkeypatch.setenv("DATABASE_URL", "sqlite:////srv/radce.db")
    assert Settings(workers=3) == Settings.from_environment({"RADCE_WORKERS": "3", "radce_port": "9000"})


@pytest.mark.parametrize(
    "url", ["postgresql://radce:modry-kun-bezi-lesem@db/radce", "postgres://db/radce", "postgresql:///radce"]
)
def test_postgresql_is_served_by_psycopg(url: str) -> None:
    assert Settings.from_environment({"DATABASE_URL": url}).database_url == url
    assert database_url(url).drivername == "postgresql+psycopg"


def test_a_mail_server_needs_an_address_to_send_from() -> None:
    with pytest.raises(WebError, match="RADCE_MAIL_FROM is missing"):
        Settings.from_environment({"RADCE_SMTP_URL": "smtp://mail.example.com"})


WEAK = ["a", "hunter2", "radce-radce-1", "password1234", "aaaaaaaaaaaaaaaa", "changeme1234", "qwertzuiop12"]
ELSEWHERE = {
    "DATABASE_URL": [
        "postgresql://radce:{}@db/radce",
        "postgresql://db/radce?user=radce&password={}",
        "postgresql://radce:{}@/radce?host=/run/postgresql,db",
        "postgresql://radce:{}@192.0.2.1/radce",
    ],
    "RADCE_SMTP_URL": ["smtp://radce:{}@mail.example.com:587", "smtps://radce:{}@[2001:db8::1]"],
}
HERE = {
    "DATABASE_URL": [
        "postgresql://radce:{}@/radce",
        "postgresql://radce:{}@/radce?host=/run/postgresql",
        "postgresql://radce:{}@localhost/radce",
        "postgresql://radce:{}@127.0.0.1:5433/radce",
    ],
    "RADCE_SMTP_URL": ["smtp://radce:{}@[::1]:25"],
}
WITHOUT = ["postgresql://radce@db/radce", "postgresql://db/radce", "sqlite:///var/radce.db"]


def places(addresses: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(name, address) for name in addresses for address in addresses[name]]


@pytest.mark.parametrize(("name", "address"), places(ELSEWHERE))
@pytest.mark.parametrize("password", WEAK)
def test_a_weak_password_for_another_machine_is_refused_and_not_told(name: str, address: str, password: str) -> None:
    with pytest.raises(WebError, match=f"(?s)^{name} is .*too short or guessed too easily.*openssl rand") as told:
        Settings.from_environment({name: address.format(password), "RADCE_MAIL_FROM": "radce@example.com"})
    if len(password) > 1:
        assert password not in str(told.value)


@pytest.mark.parametrize(("name", "address"), places(ELSEWHERE))
def test_a_strong_password_for_another_machine_is_taken(name: str, address: str) -> None:
    for password in (secrets.token_hex(24), secrets.token_urlsafe(24), "modry kun bezi lesem"):
        environment = {name: address.format(quote(password)), "RADCE_MAIL_FROM": "radce@example.com"}
        settings = Settings.from_environment(environment)
        assert environment[name] in (settings.database_url, settings.smtp_url)


@pytest.mark.parametrize(("name", "address"), places(HERE))
def test_a_password_that_is_used_on_this_machine_alone_may_be_weak(name: str, address: str) -> None:
    settings = Settings.from_environment({name: address.format("a"), "RADCE_MAIL_FROM": "radce@example.com"})
    assert address.format("a") in (settings.database_url, settings.smtp_url)


@pytest.mark.parametrize("address", WITHOUT)
def test_an_address_may_do_without_a_password(address: str) -> None:
    assert Settings.from_environment({"DATABASE_URL": address}).database_url == address


@pytest.mark.parametrize("name", ["DATABASE_URL", "RADCE_SMTP_URL"])
def test_a_password_is_not_told(name: str) -> None:
    with pytest.raises(WebError) as told:
        Settings.from_environment({name: "mysql://radce:hunter2@db/radce?password=hunter2"})
    assert "hunter2" not in str(told.value)


def test_the_documentation_lists_every_setting_with_its_default() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| (.+?) \|", DOCS.read_text(encoding="utf-8"), re.MULTILINE))
    assert len(rows) == len(Settings.model_fields)
    default = Settings()
    for name, value in {
        "RADCE_HOST": default.host,
        "RADCE_PORT": default.port,
        "RADCE_INDEX_DIR": default.index_dir,
        "DATABASE_URL": default.database_url,
        "RADCE_WORKERS": default.workers,
        "RADCE_CONVERSATION_DAYS": default.conversation_days,
        "RADCE_TIME_ZONE": default.time_zone,
    }.items():
        assert rows[name] == f"`{value}`"
