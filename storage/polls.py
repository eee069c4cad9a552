"""When each mailbox was last read to its end: the sign that the service sees its mail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, select

from storage.database import one_writer
from storage.service_tables import PollRow


@dataclass(frozen=True, slots=True)
class LastPoll:
    """How the last try went, and when the last good one ended (UTC; None: never).

    `refused`: the server did not let the account in.
    """

    mailbox: str
    ok: bool
    reason: str
    tried_at: datetime
    good_at: datetime | None
    refused: bool = False

    @property
    def because(self) -> str:
        """The reason without the mailbox's name, for where that was said already."""
        return self.reason.removeprefix(f"Mailbox '{self.mailbox}': ")


def note(
    session: Session, mailbox: str, ok: bool, reason: str, now: datetime, refused: bool = False
) -> None:
    """Remembers how a poll of a mailbox ended; two first polls at once make one row."""
    one_writer(session)
    row = session.get(PollRow, mailbox) or PollRow(mailbox=mailbox, tried_at=now, ok=ok)
    row.tried_at, row.ok, row.reason, row.refused = now, ok, reason, refused
    row.good_at = now if ok else row.good_at
    session.add(row)


def last(session: Session) -> list[LastPoll]:
    """Every mailbox ever polled, by name."""
    rows = session.exec(select(PollRow).order_by(PollRow.mailbox))
    return [LastPoll(r.mailbox, r.ok, r.reason, r.tried_at, r.good_at, r.refused) for r in rows]
