"""A letter's way out, claimed by one process at a time. Nothing here talks to a server.

Just before its content is handed to the server a letter is committed as 'perhaps sent', and as
'sent' after the server's answer: a kill in between leaves the truth, and a person decides.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import func, update
from sqlmodel import Session, col, select

from storage.database import one_writer
from storage.messages import LEASE, lives, this_process
from storage.outbox import OutboxLine, line
from storage.sealing import KeyRing
from storage.tables import LetterRow
from triage.letters import HOUR, RULE, Outgoing, Verdict


class LetterLost(Exception):
    """Another process or a person has taken this letter over; this one must not go on with it."""


def claim(
    session: Session, keys: KeyRing, now: datetime, judge: Callable[[Outgoing], Verdict]
) -> OutboxLine | None:
    """Takes the next letter that may leave now, alerts first; None if there is none.

    Those that may never leave are cancelled, those that need a person become drafts again.
    """
    one_writer(session)
    for number in _waiting(session, now):
        row = session.get_one(LetterRow, number)
        if _in_hand(row, now):
            continue
        verdict = judge(_outgoing(session, row, now))
        if verdict.what == "now":
            row.claim, row.attempts = row.claim + 1, row.attempts + 1
            row.owner, row.lease_until = this_process(), now + LEASE
            session.add(row)
            session.flush()
            return line(row, keys)
        row.reason, row.not_before = verdict.why, verdict.until or row.not_before
        if verdict.what != "later":
            row.state = "cancelled" if verdict.what == "never" else "draft"
        session.add(row)
    return None


def _in_hand(row: LetterRow, now: datetime) -> bool:
    """Whether another process is at it. A letter of our own was left when the database went away:
    if we are at it after all, the older claim is lost before anything has left."""
    if row.owner in ("", this_process()) or not lives(row.owner):
        return False
    return row.lease_until is not None and row.lease_until > now


def _waiting(session: Session, now: datetime) -> list[int | None]:
    """Letters whose time has come: what warns people before what answers and asks."""
    query = select(LetterRow.id).where(
        col(LetterRow.state) == "waiting",
        col(LetterRow.not_before).is_(None) | (col(LetterRow.not_before) <= now),
    )
    return list(session.exec(query.order_by(col(LetterRow.kind) != "alert", col(LetterRow.id))))


def _outgoing(session: Session, row: LetterRow, now: datetime) -> Outgoing:
    by_rule = (col(LetterRow.released_by) == RULE, col(LetterRow.sent_at) > now - HOUR)

    def lately(*also: Any) -> int:
        query = select(func.count()).select_from(LetterRow).where(*by_rule, *also)
        return int(session.exec(query).one())

    return Outgoing(
        kind=row.kind,
        released_by=row.released_by,
        answers_mail_of=row.answers_mail_of,
        all_lately=lately(),
        of_case_lately=lately(col(LetterRow.case) == row.case) if row.case else 0,
        to_domain_lately=lately(col(LetterRow.domain) == row.domain),
    )


def handing_over(session: Session, mine: OutboxLine, thread: str, now: datetime) -> None:
    """The content goes to the server next: from now on it has perhaps been sent.

    `thread` is the keyed hash of its Message-ID, so that replies find the case. Raises LetterLost.
    """
    _change(
        session, mine, "waiting", state="perhaps sent", sent_at=now, thread=thread,
        reason="its content was handed to the mail server, whose answer is not known",
    )  # fmt: skip


def sent(session: Session, mine: OutboxLine, now: datetime) -> None:
    """The server took it (250). Raises LetterLost."""
    twice = "sent again by a person after it had perhaps been sent" if _again(mine) else ""
    _change(session, mine, "perhaps sent", state="sent", sent_at=now, owner="", reason=twice)


def _again(mine: OutboxLine) -> bool:
    return mine.sent_at is not None


def put_back(
    session: Session, mine: OutboxLine, reason: str, not_before: datetime, attempts: int
) -> None:
    """It surely did not leave, and is tried again. Raises LetterLost."""
    _change(
        session, mine, ("waiting", "perhaps sent"), state="waiting", reason=reason, owner="",
        not_before=not_before, attempts=attempts, sent_at=mine.sent_at,
    )  # fmt: skip


def failed(session: Session, mine: OutboxLine, reason: str) -> None:
    """It surely did not leave, and is not tried again: a person decides. Raises LetterLost."""
    _change(
        session, mine, ("waiting", "perhaps sent"), state="failed", reason=reason, owner="",
        sent_at=mine.sent_at,
    )  # fmt: skip


def unknown(session: Session, mine: OutboxLine) -> None:
    """Whether it left is not known and will not be: a person decides. Raises LetterLost."""
    _change(session, mine, "perhaps sent", owner="")


def _change(session: Session, mine: OutboxLine, was: str | tuple[str, ...], **values: Any) -> None:
    states = (was,) if isinstance(was, str) else was
    done = session.execute(
        update(LetterRow)
        .where(
            col(LetterRow.id) == mine.number,
            col(LetterRow.claim) == mine.claim,
            col(LetterRow.state).in_(states),
        )
        .values(**values)
    )
    if done.rowcount != 1:  # type: ignore[attr-defined]
        raise LetterLost
