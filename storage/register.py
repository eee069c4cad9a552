"""The register as people see it: every place a message was seen at, nothing left out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import func, update
from sqlmodel import Session, col, select

from storage.messages import name
from storage.sealing import KeyRing
from storage.settled import DocumentSeen, Envelope, opened_envelope
from storage.tables import DocumentRow, FactRow, MessageRow
from storage.withdrawal import still_filed
from triage.case import MailFlag
from triage.working_days import LONDON

BATCH = 500


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One message as registered. Times are UTC; `envelope` is unsealed.

    `fetched` is False while the mailbox has not given the message yet: the next poll asks again.
    """

    number: int
    mailbox: str
    place: str
    sha256: str
    received_at: datetime
    received_from: str
    state: str
    reason: str
    kind: str | None
    cases: tuple[str, ...]
    flags: tuple[MailFlag, ...]
    offered: tuple[str, ...]
    envelope: Envelope | None
    documents: tuple[DocumentSeen, ...]
    fetched: bool = True

    @property
    def id(self) -> str:
        """M-000123."""
        return name(self.number)


def lines(
    session: Session,
    keys: KeyRing,
    state: str | None = None,
    since: datetime | None = None,
    only: Sequence[int] | None = None,
) -> Iterator[RegisterLine]:
    """The register in order of receipt, a batch at a time, so that it can be streamed."""
    query = select(MessageRow).order_by(col(MessageRow.received_at), col(MessageRow.id))
    if state is not None:
        query = query.where(col(MessageRow.state) == state)
    if since is not None:
        query = query.where(col(MessageRow.received_at) >= since)
    if only is not None:
        query = query.where(col(MessageRow.id).in_(only))
    for batch in session.exec(query.execution_options(yield_per=BATCH)).partitions():
        yield from _filled(session, keys, batch)


def numbers(
    session: Session,
    state: str | None,
    received: tuple[datetime, datetime] | None,
    limit: int,
    offset: int = 0,
) -> list[int]:
    """The ids of one page: what waits for a person longest waiting first, else newest first.

    `received` are the first moment that counts and the first that does not any more.
    """
    when, number = col(MessageRow.received_at), col(MessageRow.id)
    oldest_first = state == "needs a person"
    order = (when, number) if oldest_first else (when.desc(), number.desc())
    query = select(number).order_by(*order).limit(limit).offset(offset)
    if state is not None:
        query = query.where(col(MessageRow.state) == state)
    if received is not None:
        query = query.where(when >= received[0], when < received[1])
    return [found for found in session.exec(query) if found is not None]


def _filled(session: Session, keys: KeyRing, rows: Sequence[MessageRow]) -> Iterator[RegisterLine]:
    ids = [row.id for row in rows if row.id is not None]
    cases, documents = cases_of(session, ids), _documents(session, keys, ids)
    same_bytes = _envelopes_of_originals(session, rows)
    for row in rows:
        assert row.id is not None
        yield RegisterLine(
            number=row.id,
            mailbox=row.mailbox,
            place=row.place,
            sha256=row.sha256,
            received_at=row.received_at,
            received_from=row.received_from,
            state=row.state,
            reason=row.reason,
            kind=row.kind,
            cases=tuple(cases.get(row.id, ())),
            flags=tuple(MailFlag(*flag) for flag in json.loads(row.flags)),
            offered=tuple(json.loads(row.offered)),
            envelope=opened_envelope(row.envelope or same_bytes.get(row.sha256), keys),
            documents=tuple(documents.get(row.id, ())),
            fetched=row.fetched,
        )


def _envelopes_of_originals(
    session: Session, rows: Sequence[MessageRow]
) -> dict[str, bytes | None]:
    """A second place of the same bytes is never opened: its headers are those of the first."""
    shas = [row.sha256 for row in rows if row.kind == "duplicate" and not row.original]
    if not shas:
        return {}
    query = select(MessageRow.sha256, MessageRow.envelope).where(
        col(MessageRow.sha256).in_(shas), col(MessageRow.original)
    )
    return dict(session.exec(query).all())


def _documents(
    session: Session, keys: KeyRing, messages: Sequence[int]
) -> dict[int, list[DocumentSeen]]:
    query = (
        select(DocumentRow)
        .where(col(DocumentRow.message).in_(messages))
        .order_by(col(DocumentRow.message), col(DocumentRow.number))
    )
    found: dict[int, list[DocumentSeen]] = {}
    for row in session.exec(query):
        found.setdefault(row.message, []).append(
            DocumentSeen(
                name=row.name,
                path=tuple(json.loads(row.path)),
                sha256=row.sha256,
                state=row.state,
                reason=row.reason,
                reader=row.reader,
                real_name=keys.unseal(row.sealed_name, "document name").decode(),
            )
        )
    return found


def counts(session: Session, up_to: date | None = None) -> dict[str, int]:
    """How many messages are in each state; with `up_to`, those received by its end in London."""
    query = select(MessageRow.state, func.count()).group_by(MessageRow.state)
    if up_to is not None:
        end = datetime.combine(up_to + timedelta(days=1), time(), tzinfo=LONDON)
        query = query.where(col(MessageRow.received_at) < end.astimezone(UTC))
    return {state: int(n) for state, n in session.exec(query)}


def unmarked(session: Session, mailbox: str) -> Iterator[tuple[int, str, str]]:
    """Messages whose end is not yet shown in their mailbox: id, place, state."""
    query = select(MessageRow).where(
        col(MessageRow.mailbox) == mailbox,
        col(MessageRow.marked_at).is_(None),
        col(MessageRow.state) != "received",
        col(MessageRow.fetched),
    )
    for row in session.exec(query):
        assert row.id is not None
        yield row.id, row.place, row.state


def cases_of(session: Session, messages: Sequence[int]) -> dict[int, list[str]]:
    """The cases each message is filed to, in the order they were filed."""
    query = (
        select(FactRow.message, FactRow.case)
        .where(col(FactRow.message).in_(messages), col(FactRow.kind) == "mail", still_filed())
        .order_by(col(FactRow.id))
    )
    found: dict[int, list[str]] = {}
    for message, case in session.exec(query):
        if message is not None and case not in found.setdefault(message, []):
            found[message].append(case)
    return found


def marked(session: Session, messages: Sequence[int], now: datetime) -> None:
    """Notes that these messages' ends are shown in their mailbox."""
    if messages:
        query = update(MessageRow).where(col(MessageRow.id).in_(messages)).values(marked_at=now)
        session.execute(query)
