"""The settings of mail: mailboxes that are read, the server that sends, and the letters."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, SecretStr, model_validator

from config.addresses import Sender

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
Tls = Literal["implicit", "starttls", "none"]
Policy = Literal["automatically", "after approval", "never"]


class Section(BaseModel):
    """A table of the file; a key it does not know is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class MailboxSettings(Section):
    """One mailbox that is polled."""

    name: str = Field(min_length=1)
    kind: Literal["imap", "maildir"] = "imap"
    path: Path | None = None
    host: str = ""
    port: int = 993
    tls: Literal["implicit", "starttls", "none"] = "implicit"
    ca_file: Path | None = None
    username: str = ""
    password: SecretStr | None = None
    password_file: Path | None = None
    folder: str = "INBOX"
    starts_at: AwareDatetime | None = None
    after_filing: Literal["leave"] = "leave"
    authentication_servers: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _complete(self) -> MailboxSettings:
        if self.kind == "maildir":
            if self.path is None:
                raise ValueError('kind "maildir" needs path, the folder that holds new and cur')
            return self
        missing = [key for key in ("host", "username") if not getattr(self, key)]
        if self.password is None and self.password_file is None:
            missing.append("password_file")
        if missing:
            raise ValueError(f'kind "imap" needs {", ".join(missing)}')
        if self.tls == "none" and self.host not in LOOPBACK:
            raise ValueError('tls = "none" is accepted on loopback only: use "implicit"')
        return self

    def below(self, folder: Path) -> MailboxSettings:
        """The same with paths that are relative taken from this folder."""
        return self.model_copy(update=_absolute(self, folder, "path", "ca_file", "password_file"))


class SmtpSettings(Section):
    """The server through which letters leave."""

    host: str = Field(min_length=1)
    port: int = Field(default=587, ge=1, le=65535)
    tls: Tls = "starttls"
    ca_file: Path | None = None
    username: str = ""
    password: SecretStr | None = None
    password_file: Path | None = None
    sender: Sender

    @model_validator(mode="after")
    def _safe(self) -> SmtpSettings:
        near = self.host in LOOPBACK
        if self.tls == "none" and not near:
            raise ValueError('tls = "none" is accepted on loopback only: use "starttls"')
        if not self.username and not near:
            raise ValueError("a server that is not on loopback needs username and password_file")
        if self.username and self.password is None and self.password_file is None:
            raise ValueError("username needs password_file")
        return self

    def below(self, folder: Path) -> SmtpSettings:
        """The same with paths that are relative taken from this folder."""
        return self.model_copy(update=_absolute(self, folder, "ca_file", "password_file"))


class LetterSettings(Section):
    """From when letters leave, which leave by themselves, and how many an hour at most."""

    live_from: AwareDatetime | None = None
    ask_involvement_first: bool = True
    acknowledgement: Policy = "automatically"
    request: Policy = "after approval"
    chaser: Policy = "after approval"
    escalation: Policy = "after approval"
    own_addresses: tuple[str, ...] = ()
    most_per_case: int = Field(default=10, ge=1)
    most_per_domain: int = Field(default=60, ge=1)
    most_per_hour: int = Field(default=200, ge=1)


def _absolute(section: Section, folder: Path, *keys: str) -> dict[str, Path | None]:
    paths = ((key, getattr(section, key)) for key in keys)
    return {key: None if path is None else folder / path for key, path in paths}
