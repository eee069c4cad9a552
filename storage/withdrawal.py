"""A filing is withdrawn by a new fact: what the message brought to a case counts there no more.

Nothing is deleted but what serves to find the case by (its papers): the fact says what stood
until when. A message that is filed to the case again later counts again.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, exists
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from storage.tables import DocumentRow, FactRow, PaperRow
from triage.working_days import london_day

BROUGHT = ("mail", "contribution", "relation")
"""Kinds of facts that a message brings; what staff did about it stays done."""
WITHDRAWN = "withdrawn"


def still_filed() -> ColumnElement[bool]:
    """The condition that a fact of FactRow was not withdrawn after it was written."""
    later = aliased(FactRow)
    return ~exists().where(
        col(later.kind) == WITHDRAWN,
        col(later.case) == col(FactRow.case),
        col(later.message) == col(FactRow.message),
        col(later.id) > col(FactRow.id),
    )


def standing(rows: Sequence[Row[Any]], on: date | None) -> list[Row[Any]]:
    """A case's facts, in order, without those that had been withdrawn by the end of `on`."""
    kept: list[Row[Any]] = []
    for row in rows:
        if row.kind == WITHDRAWN and (on is None or london_day(row.at) <= on):
            kept = [k for k in kept if k.message != row.message or k.kind not in BROUGHT]
        kept.append(row)
    return kept


def cases_holding(session: Session, message: int) -> list[str]:
    """The cases on which facts stand that this message brought."""
    query = (
        select(FactRow.case)
        .where(col(FactRow.message) == message, col(FactRow.kind).in_(BROUGHT), still_filed())
        .order_by(col(FactRow.id))
    )
    return list(dict.fromkeys(session.exec(query)))


def cases_ever_holding(session: Session, message: int) -> list[str]:
    """The cases to which this message was ever filed, also where that was withdrawn."""
    query = (
        select(FactRow.case)
        .where(col(FactRow.message) == message, col(FactRow.kind) == "mail")
        .order_by(col(FactRow.id))
    )
    return list(dict.fromkeys(session.exec(query)))


def forget_papers(session: Session, message: int, case: str) -> None:
    """The case is found no more by the documents that only this message brought to it."""
    others = (
        select(DocumentRow.sha256)
        .join(FactRow, col(FactRow.message) == col(DocumentRow.message))
        .where(
            col(FactRow.case) == case,
            col(FactRow.kind) == "mail",
            col(FactRow.message) != message,
            still_filed(),
        )
    )
    own = select(DocumentRow.sha256).where(col(DocumentRow.message) == message)
    session.execute(
        delete(PaperRow).where(
            col(PaperRow.case) == case,
            col(PaperRow.sha256).in_(own),
            col(PaperRow.sha256).not_in(others),
        )
    )
