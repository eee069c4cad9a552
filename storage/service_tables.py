"""Rows about the running of the service: polls, jobs, switches, troubles, accounts.

Nothing of a case is in them.
"""

from datetime import datetime

from sqlmodel import Field, SQLModel

from storage import tables  # noqa: F401  # its naming convention comes first


class PollRow(SQLModel, table=True):
    """When each mailbox was last read to its end, and how the last try went.

    `refused`: the server did not let the account in, and trying again will not help.
    """

    __tablename__ = "polls"
    mailbox: str = Field(primary_key=True)
    tried_at: datetime
    ok: bool
    reason: str = ""
    good_at: datetime | None = None
    refused: bool = False


class UserRow(SQLModel, table=True):
    """An account of the desk. The password is kept as a salted scrypt hash."""

    __tablename__ = "users"
    name: str = Field(primary_key=True)
    role: str
    password: str
    failures: int = 0
    locked_until: datetime | None = None


class SessionRow(SQLModel, table=True):
    """A signed-in browser: the hash of its cookie, and until when it holds."""

    __tablename__ = "sessions"
    token: str = Field(primary_key=True)
    user: str = Field(foreign_key="users.name", index=True)
    until: datetime


class JobRow(SQLModel, table=True):
    """A job of the running service: who does it now, and how it last went."""

    __tablename__ = "jobs"
    name: str = Field(primary_key=True)
    owner: str = ""
    lease_until: datetime | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    ok: bool = True
    reason: str = ""


class SwitchRow(SQLModel, table=True):
    """What a person switched, or a restore left behind: letters held, restored from a backup."""

    __tablename__ = "switches"
    name: str = Field(primary_key=True)
    at: datetime
    by: str


class TroubleRow(SQLModel, table=True):
    """Something wrong with the service, since when, and when administrators were told of it.

    `stands` is False until it has lasted long enough to count; `gone_at` is since when it seems to
    be over.
    """

    __tablename__ = "troubles"
    name: str = Field(primary_key=True)
    said: str
    since: datetime
    told_at: datetime | None = None
    reminded_at: datetime | None = None
    stands: bool = True
    gone_at: datetime | None = None
