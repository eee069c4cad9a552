"""The rows. Typed columns are what SQL sorts, joins and counts; sealed ones tell and identify.

A case is its facts (triage/case.py): one row each, appended and never changed. Columns of
CaseRow that follow from facts (state, urgent, next due day) are written with every change, for
the queue's index alone. Table models do not validate: the domain's types do, before saving.
"""

from datetime import date, datetime

from sqlalchemy import Column, Index, LargeBinary, MetaData, UniqueConstraint, text
from sqlmodel import Field, SQLModel

SQLModel.metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _sealed() -> Column[bytes]:
    return Column(LargeBinary, nullable=False)


class MetaRow(SQLModel, table=True):
    """Facts of the installation: a sealed sentence that only the right keys open."""

    __tablename__ = "meta"
    name: str = Field(primary_key=True)
    sealed: bytes = Field(sa_column=_sealed())


class MessageRow(SQLModel, table=True):
    """One place a message was seen at. The same bytes elsewhere are a row of their own."""

    __tablename__ = "messages"
    __table_args__ = (
        UniqueConstraint("mailbox", "place", name="uq_messages_place"),
        Index(
            "uq_messages_original",
            "sha256",
            unique=True,
            sqlite_where=text("original"),
            postgresql_where=text("original"),
        ),
        Index(
            "ix_messages_waiting",
            "id",
            sqlite_where=text("state = 'received'"),
            postgresql_where=text("state = 'received'"),
        ),
    )
    id: int | None = Field(default=None, primary_key=True)
    mailbox: str
    place: str
    sha256: str = Field(index=True)
    original: bool
    fetched: bool
    received_at: datetime = Field(index=True)
    received_from: str
    registered_at: datetime
    state: str
    reason: str = ""
    problem: str = ""
    kind: str | None = None
    flags: str = "[]"
    offered: str = "[]"
    claim: int = 0
    attempts: int = 0
    owner: str = ""
    lease_until: datetime | None = None
    settled_at: datetime | None = None
    marked_at: datetime | None = None
    envelope: bytes | None = Field(default=None, sa_column=Column(LargeBinary, nullable=True))


class ThreadRow(SQLModel, table=True):
    """A message's Message-ID as a keyed hash, to find what a reply answers."""

    __tablename__ = "threads"
    key: str = Field(primary_key=True)
    message: int = Field(primary_key=True, foreign_key="messages.id")


class DocumentRow(SQLModel, table=True):
    """One document of a message; its real name is sealed."""

    __tablename__ = "documents"
    message: int = Field(primary_key=True, foreign_key="messages.id")
    number: int = Field(primary_key=True)
    name: str
    path: str = "[]"
    sha256: str
    state: str
    reason: str = ""
    reader: str = ""
    sealed_name: bytes = Field(sa_column=_sealed())


class CaseRow(SQLModel, table=True):
    """A case's line in the queue; `version` counts its changes."""

    __tablename__ = "cases"
    __table_args__ = (
        Index(
            "ix_cases_queue",
            text("urgent DESC"),
            "next_due_on",
            "received_at",
            sqlite_where=text("open"),
            postgresql_where=text("open"),
        ),
    )
    reference: str = Field(primary_key=True)
    received_at: datetime
    state: str
    open: bool
    urgent: bool
    next_due_on: date | None = None
    assigned_to: str | None = None
    outcome_for_child: str | None = None
    abuse_or_neglect: str | None = None
    version: int


class FactRow(SQLModel, table=True):
    """One fact of a case, sealed whole; `kind` says which, `agency` and `state` are for counts."""

    __tablename__ = "facts"
    id: int | None = Field(default=None, primary_key=True)
    case: str = Field(foreign_key="cases.reference", index=True)
    kind: str
    at: datetime
    message: int | None = Field(default=None, foreign_key="messages.id", index=True)
    agency: str | None = None
    state: str | None = None
    body: bytes = Field(sa_column=_sealed())


class ChildRow(SQLModel, table=True):
    """A child's small sealed keys (name, date of birth, NHS number), scanned to match."""

    __tablename__ = "children"
    id: int | None = Field(default=None, primary_key=True)
    case: str = Field(foreign_key="cases.reference", index=True)
    keys: bytes = Field(sa_column=_sealed())


class PaperRow(SQLModel, table=True):
    """A form's bytes that are on a case, by sha-256."""

    __tablename__ = "papers"
    sha256: str = Field(primary_key=True)
    case: str = Field(primary_key=True, foreign_key="cases.reference")


class LetterRow(SQLModel, table=True):
    """The outbox. Address and contents are sealed; `key` lets a letter be made only once.

    `answers_mail_of` is the receipt of the mail it answers, None if it answers none. `thread` is
    the keyed hash of its Message-ID. `released_by` is a user or 'rule', '' before. `handed_over`
    means that its content may have reached the server.
    """

    __tablename__ = "letters"
    __table_args__ = (
        Index(
            "ix_letters_waiting",
            "id",
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
    )
    id: int | None = Field(default=None, primary_key=True)
    case: str | None = Field(default=None, foreign_key="cases.reference", index=True)
    kind: str
    state: str = Field(index=True)
    at: datetime
    agency: str | None = None
    answers_mail_of: datetime | None = None
    sent_at: datetime | None = None
    key: str | None = Field(default=None, unique=True)
    reason: str = ""
    released_by: str = ""
    not_before: datetime | None = None
    attempts: int = 0
    claim: int = 0
    owner: str = ""
    lease_until: datetime | None = None
    thread: str | None = Field(default=None, index=True)
    domain: str = ""
    address: bytes = Field(sa_column=_sealed())
    contents: bytes | None = Field(default=None, sa_column=Column(LargeBinary, nullable=True))


class CounterRow(SQLModel, table=True):
    """The last number given to a case in a year."""

    __tablename__ = "counters"
    year: int = Field(primary_key=True)
    last: int


class AuditRow(SQLModel, table=True):
    """Who did or saw what, when: never what it said."""

    __tablename__ = "audit"
    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(index=True)
    actor: str
    act: str
    reference: str = Field(index=True)
