"""How many cases wait in the queue, and how pressing they are: counts by the queue's columns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func
from sqlmodel import Session, col, select

from storage.tables import CaseRow


@dataclass(frozen=True, slots=True)
class QueueCounts:
    """Open cases; of these urgent, with an overdue clock, and due from today up to a day."""

    open: int
    urgent: int
    overdue: int
    due_soon: int


def counts(session: Session, today: date, soon: date) -> QueueCounts:
    """The counts on a day; `soon` is the last day that counts as due soon."""
    due = col(CaseRow.next_due_on)

    def number(*conditions: object) -> int:
        query = select(func.count()).select_from(CaseRow).where(col(CaseRow.open), *conditions)  # type: ignore[arg-type]
        return int(session.exec(query).one())

    return QueueCounts(
        open=number(),
        urgent=number(col(CaseRow.urgent)),
        overdue=number(due < today),
        due_soon=number(due >= today, due <= soon),
    )
