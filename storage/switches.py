"""What a person switched: letters held. And what a restore left behind: its time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from storage.database import one_writer
from storage.service_tables import SwitchRow

HELD, RESTORED = "letters held", "restored"


@dataclass(frozen=True, slots=True)
class Switched:
    """Since when (UTC), and by whom."""

    at: datetime
    by: str


def switched(session: Session, name: str) -> Switched | None:
    """When and by whom it was switched on; None if it is off."""
    row = session.get(SwitchRow, name)
    return Switched(row.at, row.by) if row else None


def switch_on(session: Session, name: str, by: str, now: datetime) -> None:
    """Switches it on; what is on already stays as it was."""
    one_writer(session)
    if session.get(SwitchRow, name) is None:
        session.add(SwitchRow(name=name, at=now, by=by))


def switch_off(session: Session, name: str) -> None:
    """Switches it off."""
    row = session.get(SwitchRow, name)
    if row is not None:
        session.delete(row)
