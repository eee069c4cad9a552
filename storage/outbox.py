"""The outbox: every letter from its draft to its end.

draft -> waiting -> sent | failed | cancelled. sending.py takes letters on this way, and
letter_acts.py is what people do with them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, insert
from sqlalchemy import case as when
from sqlmodel import Session, col, select

from storage.database import one_writer, run
from storage.sealing import KeyRing
from storage.tables import LetterRow
from triage.letters import RULE, Letter

_WITH_KEY = select(LetterRow.id).where(col(LetterRow.key) == bindparam("key"))
_ADD = insert(LetterRow)
ENDED = ("sent", "bounced", "cancelled")


@dataclass(frozen=True, slots=True)
class OutboxLine:
    """One letter as it stands. Times are UTC; `to` and `contents` are unsealed."""

    number: int
    case: str | None
    kind: str
    state: str
    at: datetime
    agency: str | None
    to: str
    reason: str
    released_by: str
    answers_mail_of: datetime | None
    sent_at: datetime | None
    not_before: datetime | None
    attempts: int
    claim: int
    contents: Mapping[str, str]
    key: str = ""

    @property
    def id(self) -> str:
        """L-000123."""
        return letter_name(self.number)


def letter_name(number: int) -> str:
    """A letter's id as people see it: L-000123."""
    return f"L-{number:06d}"


def letter_number(letter: str) -> int | None:
    """The number in an id such as L-000123 (or plain 123); None if it is none."""
    digits = letter.upper().removeprefix("L-")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 12 else None


def add(
    session: Session, keys: KeyRing, letter: Letter, now: datetime, case: str | None = None
) -> int | None:
    """Puts a letter into the outbox; its number, None where one with its key is there already."""
    if letter.key is not None:
        one_writer(session)
        if run(session, _WITH_KEY, {"key": letter.key}).first():
            return None
    values = {
        "case": case,
        "kind": letter.kind,
        "state": letter.state,
        "at": now,
        "agency": letter.agency,
        "answers_mail_of": letter.answers_mail_of,
        "key": letter.key,
        "reason": letter.why,
        "released_by": RULE if letter.state == "waiting" else "",
        "domain": keys.blind(f"domain {letter.to.rpartition('@')[2]}"),
        "address": keys.seal(letter.to.encode(), "address"),
        "contents": keys.seal(json.dumps(dict(letter.contents)).encode(), "letter"),
    }
    inserted = run(session, _ADD, values).inserted_primary_key
    return inserted[0] if inserted else None


def lines(
    session: Session,
    keys: KeyRing,
    states: Sequence[str] = (),
    only: Sequence[int] | None = None,
    case: str | None = None,
    limit: int | None = None,
) -> list[OutboxLine]:
    """Letters by number, unsealed."""
    query = select(LetterRow).order_by(col(LetterRow.id)).limit(limit)
    if states:
        query = query.where(col(LetterRow.state).in_(states))
    if only is not None:
        query = query.where(col(LetterRow.id).in_(only))
    if case is not None:
        query = query.where(col(LetterRow.case) == case)
    return [line(row, keys) for row in session.exec(query)]


def page(
    session: Session,
    keys: KeyRing,
    states: Sequence[str],
    limit: int,
    offset: int = 0,
    case: str | None = None,
) -> list[OutboxLine]:
    """A page of letters, of one case if given, in the order of `states`; of one state by case,
    drafts of a case together, but what has ended newest first."""
    state, number = col(LetterRow.state), col(LetterRow.id)
    order = when({name: place for place, name in enumerate(states)}, value=state)
    query = select(LetterRow).where(state.in_(states)).limit(limit).offset(offset)
    query = query if case is None else query.where(col(LetterRow.case) == case)
    ended = all(name in ENDED for name in states)
    within = (number.desc(),) if ended else (order, col(LetterRow.case), number)
    return [line(row, keys) for row in session.exec(query.order_by(*within))]


def line(row: LetterRow, keys: KeyRing) -> OutboxLine:
    """A row, unsealed."""
    assert row.id is not None
    contents = json.loads(keys.unseal(row.contents, "letter")) if row.contents else {}
    return OutboxLine(
        number=row.id,
        case=row.case,
        kind=row.kind,
        state=row.state,
        at=row.at,
        agency=row.agency,
        to=keys.unseal(row.address, "address").decode(),
        reason=row.reason,
        released_by=row.released_by,
        answers_mail_of=row.answers_mail_of,
        sent_at=row.sent_at,
        not_before=row.not_before,
        attempts=row.attempts,
        claim=row.claim,
        contents=contents,
        key=row.key or "",
    )


def counts(session: Session) -> dict[str, int]:
    """How many letters are in each state."""
    query = select(LetterRow.state, func.count()).group_by(LetterRow.state)
    return {state: int(n) for state, n in session.exec(query)}


def counts_by_kind(session: Session) -> dict[tuple[str, str], int]:
    """How many letters there are of each kind and state."""
    query = (
        select(LetterRow.kind, LetterRow.state, func.count())
        .group_by(LetterRow.kind, LetterRow.state)
        .order_by(LetterRow.kind, LetterRow.state)
    )
    return {(kind, state): int(n) for kind, state, n in session.exec(query)}


def waiting_since(session: Session, now: datetime) -> datetime | None:
    """Since when the oldest letter that could leave at this moment waits; None if none does."""
    query = select(func.min(LetterRow.at)).where(
        col(LetterRow.state) == "waiting",
        col(LetterRow.not_before).is_(None) | (col(LetterRow.not_before) <= now),
    )
    found: datetime | None = session.exec(query).one()
    return found
