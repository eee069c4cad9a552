"""Who does each job of the running service now, so that two services do each once at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, select

from storage.database import one_writer
from storage.messages import lives, this_process
from storage.service_tables import JobRow


@dataclass(frozen=True, slots=True)
class LastRun:
    """How a job last went. Times are UTC; `ended_at` is None until its first run has ended."""

    name: str
    started_at: datetime | None
    ended_at: datetime | None
    ok: bool
    reason: str


def take(session: Session, name: str, now: datetime, lease: timedelta) -> bool:
    """Takes a job; False while another process has it that may be alive and within its lease.

    What this process holds already it may take again: it runs no job twice at once, so that
    run has ended without being able to say so.
    """
    one_writer(session)
    row = session.get(JobRow, name) or JobRow(name=name)
    if row.owner not in ("", this_process()) and lives(row.owner) and _within(row, now):
        return False
    row.owner, row.lease_until, row.started_at = this_process(), now + lease, now
    session.add(row)
    return True


def _within(row: JobRow, now: datetime) -> bool:
    return row.lease_until is not None and row.lease_until > now


def give_back(session: Session, name: str, now: datetime, ok: bool, reason: str) -> None:
    """Notes how a run went, and lets go of the job, unless another process has it by now."""
    one_writer(session)
    row = session.get(JobRow, name)
    if row is None or row.owner != this_process():
        return
    row.owner, row.lease_until, row.ended_at, row.ok, row.reason = "", None, now, ok, reason
    session.add(row)


def last(session: Session) -> list[LastRun]:
    """Every job that was ever run, by name."""
    rows = session.exec(select(JobRow).order_by(JobRow.name))
    return [LastRun(r.name, r.started_at, r.ended_at, r.ok, r.reason) for r in rows]
