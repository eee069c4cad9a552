"""Daily summaries in the outbox: one a day and recipient, and where the last one left off.

A summary carries the number of the newest case's first fact (`up_to`): what was opened later is
new in the next, whatever clocks said meanwhile. One made for an earlier day carries none.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, select

from storage import letter_acts
from storage.letter_acts import CANCELLABLE
from storage.outbox import OutboxLine, line
from storage.sealing import KeyRing
from storage.tables import FactRow, LetterRow

WENT_OUT = ("sent", "perhaps sent")
COVERED = "the newer summary covers its days"


@dataclass(frozen=True, slots=True)
class LeftOff:
    """When the last summary that went out was made (UTC), and the newest case it knew."""

    at: datetime
    up_to: int


def key(keys: KeyRing, on: date, address: str) -> str:
    """Lets it be made only once. The address is in it as a keyed hash, for keys are not sealed."""
    return f"summary {on} {_of(keys, address)}"


def made(session: Session, keys: KeyRing, on: date, address: str) -> OutboxLine | None:
    """The summary of a day to a recipient, whatever became of it; None if none was made."""
    query = select(LetterRow).where(col(LetterRow.key) == key(keys, on, address))
    row = session.exec(query).first()
    return line(row, keys) if row else None


def left_off(session: Session, keys: KeyRing, address: str) -> LeftOff | None:
    """Where the last summary to this recipient that went out left off; None if none did."""
    rows = session.exec(
        select(LetterRow)
        .where(*_summaries_to(keys, address), col(LetterRow.state).in_(WENT_OUT))
        .order_by(col(LetterRow.id).desc())
    )
    for row in rows:
        up_to = line(row, keys).contents.get("up_to")
        if up_to is not None:
            return LeftOff(row.at, int(up_to))
    return None


def cancel_older(session: Session, keys: KeyRing, address: str, newer: int) -> list[int]:
    """Cancels what has not left of earlier days; the numbers of these letters."""
    rows = session.exec(
        select(LetterRow).where(
            *_summaries_to(keys, address),
            col(LetterRow.state).in_(CANCELLABLE),
            col(LetterRow.id) < newer,
        )
    )
    older = [line(row, keys) for row in rows]
    numbers = [one.number for one in older if "up_to" in one.contents]
    return [n for n in numbers if letter_acts.cancel(session, n, COVERED)]


def first_facts(session: Session) -> dict[str, int]:
    """The number of each case's first fact: a case opened later has a greater one."""
    query = select(FactRow.case, func.min(FactRow.id)).group_by(FactRow.case)
    return {case: number for case, number in session.exec(query) if number is not None}


def _summaries_to(keys: KeyRing, address: str) -> tuple[ColumnElement[bool], ...]:
    key_ends = col(LetterRow.key).endswith(f" {_of(keys, address)}")
    return col(LetterRow.kind) == "summary", key_ends


def _of(keys: KeyRing, address: str) -> str:
    return keys.blind(f"summary {address.lower()}")
