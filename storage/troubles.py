"""Troubles that stand, from their beginning to their end; one row each."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session, col, select

from storage import letter_acts
from storage.service_tables import TroubleRow
from storage.tables import LetterRow
from triage.troubles import Standing

FIELDS = ("name", "said", "since", "stands", "told_at", "reminded_at", "gone_at")
OVERTAKEN = "a newer alert says how it stands"


def remembered(session: Session) -> list[Standing]:
    """All by name, also what has not lasted long enough yet, or has just gone."""
    rows = session.exec(select(TroubleRow).order_by(TroubleRow.name))
    return [Standing(**{field: getattr(row, field) for field in FIELDS}) for row in rows]


def standing(session: Session) -> list[Standing]:
    """What is wrong now, as people are shown it, the oldest first."""
    here = (one for one in remembered(session) if one.stands and one.gone_at is None)
    return sorted(here, key=lambda one: (one.since, one.name))


def remember(session: Session, standing: Sequence[Standing]) -> None:
    """Keeps these, and forgets all others."""
    rows = {row.name: row for row in session.exec(select(TroubleRow))}
    for one in standing:
        values = {field: getattr(one, field) for field in FIELDS}
        row = rows.pop(one.name, None) or TroubleRow(**values)
        for field, value in values.items():
            setattr(row, field, value)
        session.add(row)
    for row in rows.values():
        session.delete(row)


def cancel_alerts(session: Session, episode: str) -> None:
    """Cancels the alerts of one trouble that have not left, for a newer one is made."""
    query = select(LetterRow.id).where(
        col(LetterRow.state) == "waiting",
        col(LetterRow.key).startswith(f"{episode} ", autoescape=True),
    )
    for number in list(session.exec(query)):
        assert number is not None
        letter_acts.cancel(session, number, OVERTAKEN)
