"""The settings: one TOML file and the environment; the only reader of either.

Every error is told at once, each with its key and what would be right. A key that exists in the
interface but is not built yet is refused with a sentence, so that nobody relies on it.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    Field,
    ValidationError,
    field_validator,
)
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

from config.addresses import Address
from config.durations import Duration
from config.mail_settings import (
    OAUTH_FILES,
    LetterSettings,
    MailboxSettings,
    Section,
    SmtpSettings,
)
from config.not_built import take_refused
from config.wrong import not_json, said, unknown_names

HERE = Path(__file__).parent


class SettingsWrong(Exception):
    """The configuration is wrong; the text names every key and what would be right."""


class PollSettings(Section):
    """How often mailboxes are read."""

    every: Duration = 60.0


class LimitSettings(Section):
    """What a document may cost, and below which confidence a person is asked."""

    document_seconds: float = Field(default=20, gt=0)
    scan_seconds: float = Field(default=240, gt=0)
    worker_megabytes: int = Field(default=300, ge=100)
    ask_below: float = Field(default=0.95, ge=0, le=1)
    message_megabytes: int = Field(default=150, ge=1)


class SummarySettings(Section):
    """The daily summary: to whom, and when in London on working days."""

    to: tuple[Address, ...] = ()
    at: str = Field(default="07:30", pattern=r"^([01]\d|2[0-3]):[0-5]\d$")

    @field_validator("at")
    @classmethod
    def _not_when_clocks_change(cls, value: str) -> str:
        if value.startswith("01:"):
            raise ValueError("no time between 01:00 and 02:00: it comes twice or never when clocks "
                             "change")  # fmt: skip
        return value


class AlertSettings(Section):
    """Whom to tell that something is wrong with the service, or that children are at risk now."""

    to: tuple[Address, ...] = ()
    urgent_to: tuple[Address, ...] = ()
    silent_after: Duration = 1800.0


class WebSettings(Section):
    """Where the desk listens."""

    listen: str = Field(default="127.0.0.1:8080", pattern=r"^[^\s:]+:\d{1,5}$")
    base_url: str = ""


def _a_time_zone(name: str) -> str:
    if name != "Europe/London":
        raise ValueError('only "Europe/London" is supported: England\'s clocks run in it')
    return name


class Settings(BaseSettings):
    """Everything that can be set; see docs/configuration.md. Paths are absolute."""

    model_config = SettingsConfigDict(
        env_prefix="TSCP_", env_nested_delimiter="__", extra="forbid", frozen=True
    )
    data: Path = Path("var")
    keys: Path = Path("keys")
    timezone: Annotated[str, AfterValidator(_a_time_zone)] = "Europe/London"
    database: str = ""
    forms: tuple[Path, ...] = ()
    agencies: tuple[Path, ...] = ()
    clocks: tuple[Path, ...] = ()
    holidays: tuple[Path, ...] = ()
    mailbox: tuple[MailboxSettings, ...] = ()
    poll: PollSettings = PollSettings()
    limits: LimitSettings = LimitSettings()
    smtp: SmtpSettings | None = None
    letters: LetterSettings = LetterSettings()
    summary: SummarySettings = SummarySettings()
    alerts: AlertSettings = AlertSettings()
    web: WebSettings = WebSettings()

    @field_validator("forms", "agencies", "clocks", "holidays", mode="before")
    @classmethod
    def _one_is_a_list(cls, value: object) -> object:
        return (value,) if isinstance(value, str) else value

    @field_validator("mailbox")
    @classmethod
    def _names_differ(cls, value: tuple[MailboxSettings, ...]) -> tuple[MailboxSettings, ...]:
        names = [mailbox.name for mailbox in value]
        if len(set(names)) != len(names) or "import" in names:
            raise ValueError('each mailbox needs a name of its own, and "import" is taken')
        return value


def load(file: Path | None) -> Settings:
    """The settings of a file (None: built-in defaults) and the environment.

    Raises SettingsWrong with every error, each on a line of its own.
    """
    values, folder = _from_file(file)
    problems = take_refused(values) + unknown_names({*Settings.model_fields, "config"})
    settings: Settings | None = None
    try:
        settings = Settings(**values)
    except ValidationError as error:
        problems += [said(one) for one in error.errors()]
        settings = _the_rest(values, error)
    except SettingsError as error:
        problems.append(not_json(error))
    if settings is not None:
        settings = _absolute(settings, folder)
        problems += [("", missing) for missing in _files_missing(settings)]
    if problems or settings is None:
        lines = [f"{key}: {right}" if key else right for key, right in problems]
        raise SettingsWrong("\n".join(dict.fromkeys(lines)))
    return settings


def _from_file(file: Path | None) -> tuple[dict[str, Any], Path]:
    if file is None:
        return {}, Path.cwd()
    try:
        return tomllib.loads(file.read_text(encoding="utf-8")), file.resolve().parent
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise SettingsWrong(f"{file}: cannot be read ({reason})") from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsWrong(f"{file}: is not TOML: {error}") from None


def _the_rest(values: dict[str, Any], error: ValidationError) -> Settings | None:
    """The settings without those that are wrong, so that the others are looked at too."""
    wrong = {str(one["loc"][0]) for one in error.errors() if one["loc"]}
    try:
        return Settings(**{key: value for key, value in values.items() if key not in wrong})
    except ValidationError:
        return None


def _absolute(settings: Settings, folder: Path) -> Settings:
    """Paths in the file are relative to the file."""
    data = folder / settings.data
    return settings.model_copy(
        update={
            "data": data,
            "keys": folder / settings.keys,
            "database": _database(settings.database, folder, data),
            "forms": tuple(folder / p for p in settings.forms),
            "agencies": tuple(folder / p for p in settings.agencies),
            "clocks": tuple(folder / p for p in settings.clocks),
            "holidays": tuple(folder / p for p in settings.holidays),
            "mailbox": tuple(m.below(folder) for m in settings.mailbox),
            "smtp": settings.smtp.below(folder) if settings.smtp else None,
        }
    )


def _database(url: str, folder: Path, data: Path) -> str:
    prefix = "sqlite:///"
    if not url:
        return f"{prefix}{data / 'tscp.sqlite3'}"
    return f"{prefix}{folder / url.removeprefix(prefix)}" if url.startswith(prefix) else url


def _files_missing(settings: Settings) -> list[str]:
    named = [
        *((f"{key}.{n}", path) for key in ("forms", "agencies", "clocks", "holidays")
          for n, path in enumerate(getattr(settings, key))),
        *((f"mailbox.{n}.{key}", getattr(m, key)) for n, m in enumerate(settings.mailbox)
          for key in ("ca_file", "password_file")),
        *((f"smtp.{key}", getattr(settings.smtp, key, None))
          for key in ("ca_file", "password_file")),
        *((f"{place}.oauth.{key}", getattr(one.oauth, key, None))
          for place, one in (*((f"mailbox.{n}", m) for n, m in enumerate(settings.mailbox)),
                             *((("smtp", settings.smtp),) if settings.smtp else ()))
          for key in OAUTH_FILES),
    ]  # fmt: skip
    found = [f"{key}: no file {path}" for key, path in named if path and not path.is_file()]
    if not settings.database.startswith(("sqlite:///", "postgresql+psycopg://")):
        found.append('database: "sqlite:///FILE" or "postgresql+psycopg://USER@HOST/NAME"')
    return found
