"""The end of a message's way: its state, what its headers said, what became of its documents."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, update
from sqlmodel import Session, col, select

from storage.messages import Claimed, LostClaim
from storage.sealing import KeyRing
from storage.tables import DocumentRow, MessageRow, ThreadRow
from triage.case import MailFlag


@dataclass(frozen=True, slots=True)
class DocumentSeen:
    """What became of one document; `real_name` is the sender's, kept sealed."""

    name: str
    path: tuple[str, ...]
    sha256: str
    state: str
    reason: str = ""
    reader: str = ""
    real_name: str = ""


@dataclass(frozen=True, slots=True)
class Envelope:
    """What a message's headers say, and what a person noted when settling it; kept sealed."""

    message_id: str | None
    sender: str
    sender_name: str
    subject: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Settled:
    """The state a message comes to, with everything the register shows of it."""

    state: str
    reason: str
    kind: str | None
    flags: Sequence[MailFlag]
    offered: Sequence[str]
    envelope: Envelope
    documents: Sequence[DocumentSeen]


def settle(session: Session, keys: KeyRing, mine: Claimed, now: datetime, end: Settled) -> None:
    """Writes a message's end under its claim. Raises LostClaim where that is no longer ours."""
    ours = (col(MessageRow.id) == mine.id, col(MessageRow.claim) == mine.claim)
    envelope = json.dumps([getattr(end.envelope, f) for f in Envelope.__dataclass_fields__])
    done = session.execute(
        update(MessageRow)
        .where(*ours, col(MessageRow.state) == "received")
        .values(
            state=end.state,
            reason=end.reason,
            kind=end.kind,
            flags=json.dumps([[flag.name, flag.why] for flag in end.flags]),
            offered=json.dumps(list(end.offered)),
            settled_at=now,
            owner="",
            envelope=keys.seal(envelope.encode(), "envelope"),
        )
    )
    if done.rowcount != 1:  # type: ignore[attr-defined]
        raise LostClaim
    _documents(session, keys, mine.id, end.documents)
    if end.envelope.message_id:
        key = keys.blind(end.envelope.message_id)
        if session.get(ThreadRow, (key, mine.id)) is None:
            session.add(ThreadRow(key=key, message=mine.id))


def _documents(
    session: Session, keys: KeyRing, message: int, documents: Sequence[DocumentSeen]
) -> None:
    for old in session.exec(select(DocumentRow).where(col(DocumentRow.message) == message)):
        session.delete(old)
    session.flush()
    rows = [
        {
            "message": message,
            "number": n,
            "name": seen.name,
            "path": json.dumps(list(seen.path)),
            "sha256": seen.sha256,
            "state": seen.state,
            "reason": seen.reason,
            "reader": seen.reader,
            "sealed_name": keys.seal(seen.real_name.encode(), "document name"),
        }
        for n, seen in enumerate(documents)
    ]
    if rows:
        session.execute(insert(DocumentRow), rows)


def opened_envelope(sealed: bytes | None, keys: KeyRing) -> Envelope | None:
    """What the headers said, unsealed; None for a message nobody opened."""
    return Envelope(*json.loads(keys.unseal(sealed, "envelope"))) if sealed else None
