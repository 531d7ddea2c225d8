"""Settings: read from the environment once, checked at once (docs/settings.md lists them)."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from index.encoder import BUNDLED_ENCODER
from kb.knowledge_base import BUNDLED_CONTENT
from web import setting_rules
from web.errors import WebError
from web.storage.address import without_password

# More worker processes than this is a slip of the keyboard, not a machine.
MOST_WORKERS = 64
# Ten years: the longest time for which anybody could want to keep a conversation.
MOST_DAYS = 3650
# A content delivery network, a load balancer, a reverse proxy, and some to spare.
MOST_PROXIES = 10
# A variable with this at the beginning of its name is meant for us.
OURS = "RADCE_"

_Flag = Annotated[bool, BeforeValidator(setting_rules.flag)]
_Port = Annotated[int, BeforeValidator(setting_rules.number(1, setting_rules.MOST_PORTS))]
_MailAddress = Annotated[str, AfterValidator(setting_rules.mail_address)]


class SettingsError(WebError):
    """Variables that can't be used, each with what is wrong with it."""

    def __init__(self, told: Mapping[str, str]) -> None:
        super().__init__("\n".join(told.values()))
        self.told = dict(told)


class Settings(BaseSettings):
    """Everything that can be set from outside. Made directly, it takes what is given and reads no environment."""

    # A value may hold a password: pydantic's own messages would show it.
    model_config = SettingsConfigDict(
        frozen=True, env_prefix=OURS, validate_default=False, populate_by_name=True, hide_input_in_errors=True
    )

    host: Annotated[str, AfterValidator(setting_rules.host)] = "127.0.0.1"
    port: _Port = 8000
    content: Annotated[Path, BeforeValidator(setting_rules.folder)] = BUNDLED_CONTENT
    index_dir: Path = Path("var/index")
    encoder: Annotated[str, AfterValidator(setting_rules.encoder)] = str(BUNDLED_ENCODER)
    database_url: Annotated[str, AfterValidator(setting_rules.database)] = Field(
        default="sqlite:///var/radce.db", validation_alias="DATABASE_URL"
    )
    workers: Annotated[int, BeforeValidator(setting_rules.number(1, MOST_WORKERS))] = 2
    conversation_days: Annotated[int, BeforeValidator(setting_rules.number(1, MOST_DAYS))] = 90
    time_zone: Annotated[str, AfterValidator(setting_rules.zone)] = "Europe/Prague"
    allowed_origins: Annotated[tuple[str, ...], NoDecode, BeforeValidator(setting_rules.origins)] = ()
    public_url: Annotated[str, AfterValidator(setting_rules.public_url)] | None = None
    smtp_url: Annotated[str, AfterValidator(setting_rules.mail_server)] | None = None
    mail_from: _MailAddress | None = None
    handoff_to: _MailAddress | None = None
    insecure_cookies: _Flag = False
    rate_limits: _Flag = True
    trusted_proxies: Annotated[int, BeforeValidator(setting_rules.number(0, MOST_PROXIES))] = 0
    request_log: _Flag = True

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "Settings":
        """The settings of an environment; a variable that is missing or empty keeps its default.

        Raises SettingsError, naming the variables, for values that can't be used.
        """
        try:
            settings = cls(**_Given(environment)())
        except ValidationError as error:
            faults = [(str(fault["loc"][0]), fault["input"], fault["ctx"]["error"]) for fault in error.errors()]
            raise SettingsError(dict(_told(*fault) for fault in faults)) from None
        if settings.smtp_url is not None and settings.mail_from is None:
            smtp, sender = variable_of("smtp_url"), variable_of("mail_from")
            needed = f"{smtp} needs an address to send from; set it to one such as radce@example.com"
            raise SettingsError({smtp: f"{sender} is missing: {needed}"})
        return settings

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 - pydantic-settings' own signature
        init_settings: PydanticBaseSettingsSource,
        *_: PydanticBaseSettingsSource,
        **_others: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """What is given, and nothing else."""
        return (init_settings,)


class _Given(EnvSettingsSource):
    """The variables of an environment that set something, by the fields that they set."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        super().__init__(Settings)
        given = {name: environment.get(name, "").strip() for name in map(variable_of, Settings.model_fields)}
        self.env_vars = {name.lower(): value for name, value in given.items() if value}


def variable_of(field: str) -> str:
    """The name of the variable that sets a field of Settings."""
    alias = Settings.model_fields[field].validation_alias
    return str(alias or f"{OURS}{field.upper()}")


def shown_of(variable: str, value: object) -> str:
    """The value of a variable as it may be shown."""
    return without_password(str(value)) if variable.endswith("_URL") else str(value)


def _told(place: str, value: object, reason: ValueError) -> tuple[str, str]:
    """A variable's name, and what is wrong with it."""
    field = {variable_of(field): field for field in Settings.model_fields}.get(place, place)
    name, default = variable_of(field), Settings.model_fields[field].default
    left_out = f" ({int(default) if isinstance(default, bool) else default})" if default not in (None, ()) else ""
    return name, f"{name} is {shown_of(name, value)!r}: {reason}, or leave it out{left_out}"
