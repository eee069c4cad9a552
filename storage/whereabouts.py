"""What the register knows of one mailbox: each message, and the place it was seen at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from storage.messages import name
from storage.tables import MessageRow


@dataclass(frozen=True, slots=True)
class Seen:
    """One line of the register, as far as it tells where. Times are UTC."""

    number: int
    place: str
    sha256: str
    received_at: datetime
    state: str

    @property
    def id(self) -> str:
        """M-000123."""
        return name(self.number)


@dataclass(frozen=True, slots=True)
class Kept:
    """A message's original: its name, and what is wrong with it ('' if it is whole)."""

    sha256: str
    problem: str


def seen_in(session: Session, mailbox: str) -> Iterator[Seen]:
    """Every message ever seen in a mailbox, in the order it was registered."""
    row = MessageRow
    columns = (row.id, row.place, row.sha256, row.received_at, row.state)
    query = select(*map(col, columns)).where(col(row.mailbox) == mailbox)
    for number, place, sha256, received_at, state in session.execute(query.order_by(col(row.id))):
        yield Seen(number, place, sha256, received_at, state)


def kept_of(session: Session, number: int) -> Kept | None:
    """The original of one message; None for a number nobody has."""
    row = session.get(MessageRow, number)
    return Kept(row.sha256, row.problem) if row is not None else None
