"""Who did or saw what, and when: a row beside every change and every view, never what it said."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert
from sqlmodel import Session, col, select

from storage.database import run
from storage.tables import AuditRow

_APPEND = insert(AuditRow)


def append(session: Session, actor: str, act: str, reference: str, now: datetime) -> None:
    """One row. `actor` is a user or 'service'; `reference` a case, a message or ''."""
    run(session, _APPEND, {"at": now, "actor": actor, "act": act, "reference": reference})


def about(session: Session, reference: str) -> list[tuple[datetime, str, str]]:
    """Time, actor and act of every row about one case or message, oldest first."""
    query = select(AuditRow).where(col(AuditRow.reference) == reference).order_by(col(AuditRow.id))
    return [(row.at, row.actor, row.act) for row in session.exec(query)]


def page(
    session: Session, limit: int, offset: int = 0, reference: str = ""
) -> list[tuple[datetime, str, str, str]]:
    """Time, actor, act and reference of rows, newest first; with `reference`, of those about it."""
    query = select(AuditRow).order_by(col(AuditRow.id).desc()).limit(limit).offset(offset)
    if reference:
        query = query.where(col(AuditRow.reference) == reference)
    return [(row.at, row.actor, row.act, row.reference) for row in session.exec(query)]
