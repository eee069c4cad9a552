"""What the service can tell of its own running, from its rows: counts and times only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import func
from sqlmodel import Session, col, select

from storage.messages import lives
from storage.service_tables import JobRow
from storage.tables import AuditRow, CaseRow, LetterRow, MessageRow
from triage.letters import LIMIT_REACHED
from triage.service_facts import Backlog, JobFacts, LetterFacts

NEWEST = 100
"""So many entries of the audit are looked at for a time that has not come yet."""
LATELY = timedelta(days=1)
TRIED_LATELY = timedelta(minutes=10)
"""A job that fails is tried again within minutes, unless there is nothing left for it to do."""


def backlog(session: Session, now: datetime) -> Backlog:
    """E-mails in state received that no process has in hand."""
    free = col(MessageRow.lease_until).is_(None) | (col(MessageRow.lease_until) <= now)
    waiting = (col(MessageRow.state) == "received", free)
    query = select(func.count(), func.min(MessageRow.registered_at)).where(*waiting)
    count, oldest = session.exec(query).one()
    if not count:
        return Backlog()
    settled = select(func.max(MessageRow.settled_at)).where(
        col(MessageRow.registered_at) > now - LATELY, col(MessageRow.settled_at).is_not(None)
    )
    return Backlog(int(count), oldest, session.exec(settled).one())


def letters(session: Session, now: datetime, not_now: Sequence[str], none_may: bool) -> LetterFacts:
    """How letters stand. `not_now` are kinds that may not leave at this hour."""
    limited = col(LetterRow.reason).endswith(LIMIT_REACHED)
    waiting = col(LetterRow.state) == "waiting"

    def number(*conditions: object) -> int:
        query = select(func.count()).select_from(LetterRow).where(*conditions)  # type: ignore[arg-type]
        return int(session.exec(query).one())

    last = select(func.max(LetterRow.sent_at)).where(col(LetterRow.state) == "sent")
    unsure = select(LetterRow).where(col(LetterRow.state) == "perhaps sent")
    return LetterFacts(
        may_leave=0 if none_may else number(waiting, ~limited, col(LetterRow.kind).not_in(not_now)),
        last_sent=session.exec(last).one(),
        failed=number(col(LetterRow.state) == "failed"),
        perhaps_sent=sum(not _in_hand(row, now) for row in session.exec(unsure)),
        over_limit=number(waiting, limited, col(LetterRow.not_before) > now),
    )


def _in_hand(row: LetterRow, now: datetime) -> bool:
    within = row.lease_until is not None and row.lease_until > now
    return bool(row.owner) and within and lives(row.owner)


def failed_jobs(session: Session, now: datetime) -> tuple[JobFacts, ...]:
    """Jobs whose last run failed; not those that have had nothing to do since."""
    query = select(JobRow).where(~col(JobRow.ok), col(JobRow.ended_at) > now - TRIED_LATELY)
    rows = session.exec(query.order_by(JobRow.name))
    return tuple(JobFacts(row.name, row.reason) for row in rows)


def latest_entry(session: Session) -> datetime | None:
    """The latest time among the newest entries of the audit (UTC)."""
    query = select(AuditRow.at).order_by(col(AuditRow.id).desc()).limit(NEWEST)
    return max(session.exec(query), default=None)


def database_time(session: Session) -> datetime | None:
    """What the database's own clock says (UTC); None on SQLite, which has none of its own."""
    if session.get_bind().dialect.name != "postgresql":
        return None
    said: datetime = session.execute(select(func.clock_timestamp())).scalar_one()
    return said.astimezone(UTC)


def urgent_untold(session: Session, since: datetime) -> list[str]:
    """Open cases where other children may be at risk now, received from `since` on (UTC), of
    which nobody was told yet."""
    told = select(LetterRow.case).where(
        col(LetterRow.kind) == "alert", col(LetterRow.case).is_not(None)
    )
    query = select(CaseRow.reference).where(
        col(CaseRow.open),
        col(CaseRow.urgent),
        col(CaseRow.received_at) >= since,
        col(CaseRow.reference).not_in(told),
    )
    return list(session.exec(query.order_by(col(CaseRow.reference))))
