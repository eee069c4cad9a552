"""The settings of mail: mailboxes that are read, the server that sends, and the letters."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, SecretStr, model_validator

from config.addresses import Sender

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
Tls = Literal["implicit", "starttls", "none"]
OAUTH_FILES = ("client_secret_file", "certificate_file", "ca_file")
Policy = Literal["automatically", "after approval", "never"]


class Section(BaseModel):
    """A table of the file; a key it does not know is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class OAuthSettings(Section):
    """The application that signs in with tokens in place of a password (Microsoft 365)."""

    tenant: str = Field(default="", pattern=r"^[A-Za-z0-9.-]*$")
    client_id: str = ""
    client_secret_file: Path | None = None
    certificate_file: Path | None = None
    token_url: str = Field(default="", pattern=r"^$|^https://[^/\s@]+/\S*$")
    ca_file: Path | None = None

    @model_validator(mode="after")
    def _complete(self) -> OAuthSettings:
        missing = [
            *(["tenant"] if not self.tenant and not self.token_url else []),
            *(["client_id"] if not self.client_id else []),
            *([] if self.client_secret_file or self.certificate_file else ["certificate_file"]),
        ]
        if missing:
            raise ValueError(f"needs {', '.join(missing)}: see docs/operations.md, 'Microsoft 365'")
        if self.client_secret_file and self.certificate_file:
            raise ValueError("client_secret_file or certificate_file, and not both")
        if self.tenant in ("common", "organizations", "consumers"):
            raise ValueError("tenant is the Directory (tenant) ID of your own organisation")
        return self

    @property
    def endpoint(self) -> str:
        """Where tokens are got."""
        usual = f"https://login.microsoftonline.com/{self.tenant}/oauth2/v2.0/token"
        return self.token_url or usual

    def below(self, folder: Path) -> OAuthSettings:
        """The same with paths that are relative taken from this folder."""
        return self.model_copy(update=_absolute(self, folder, *OAUTH_FILES))


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
    oauth: OAuthSettings | None = None
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
        if not _ways_in(self):
            missing.append("password_file (or a table [mailbox.oauth])")
        if missing:
            raise ValueError(f'kind "imap" needs {", ".join(missing)}')
        if self.tls == "none" and self.host not in LOOPBACK:
            raise ValueError('tls = "none" is accepted on loopback only: use "implicit"')
        return self

    def below(self, folder: Path) -> MailboxSettings:
        """The same with paths that are relative taken from this folder."""
        oauth = self.oauth.below(folder) if self.oauth else None
        files = _absolute(self, folder, "path", "ca_file", "password_file")
        return self.model_copy(update={**files, "oauth": oauth})


class SmtpSettings(Section):
    """The server through which letters leave."""

    host: str = Field(min_length=1)
    port: int = Field(default=587, ge=1, le=65535)
    tls: Tls = "starttls"
    ca_file: Path | None = None
    username: str = ""
    password: SecretStr | None = None
    password_file: Path | None = None
    oauth: OAuthSettings | None = None
    sender: Sender

    @model_validator(mode="after")
    def _safe(self) -> SmtpSettings:
        near = self.host in LOOPBACK
        if self.tls == "none" and not near:
            raise ValueError('tls = "none" is accepted on loopback only: use "starttls"')
        if not self.username and not near:
            raise ValueError("a server that is not on loopback needs username and password_file")
        if self.username and not _ways_in(self):
            raise ValueError("username needs password_file (or a table [smtp.oauth])")
        if self.oauth and not self.username:
            raise ValueError("oauth needs username, the mailbox that letters are sent from")
        return self

    def below(self, folder: Path) -> SmtpSettings:
        """The same with paths that are relative taken from this folder."""
        oauth = self.oauth.below(folder) if self.oauth else None
        files = _absolute(self, folder, "ca_file", "password_file")
        return self.model_copy(update={**files, "oauth": oauth})


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


def _ways_in(one: MailboxSettings | SmtpSettings) -> bool:
    """How the account is let in: by a password or by tokens; two ways are one too many."""
    by_password = one.password is not None or one.password_file is not None
    if by_password and one.oauth is not None:
        raise ValueError("a password and oauth: leave one of them out")
    return by_password or one.oauth is not None


def _absolute(section: Section, folder: Path, *keys: str) -> dict[str, Path | None]:
    paths = ((key, getattr(section, key)) for key in keys)
    return {key: None if path is None else folder / path for key, path in paths}
