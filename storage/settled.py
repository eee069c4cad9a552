"""The end of a message's way: its state, what its headers said, what became of its documents."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, insert, update
from sqlmodel import Session, col

from storage.database import run
from storage.messages import Claimed, LostClaim
from storage.sealing import KeyRing
from storage.tables import DocumentRow, MessageRow, ThreadRow
from triage.case import MailFlag

_SETTLE = update(MessageRow).where(
    col(MessageRow.id) == bindparam("this"),
    col(MessageRow.claim) == bindparam("ours"),
    col(MessageRow.state) == "received",
)
_DOCUMENT, _THREAD = insert(DocumentRow), insert(ThreadRow)
_NO_DOCUMENTS = delete(DocumentRow).where(col(DocumentRow.message) == bindparam("message"))
_NO_THREADS = delete(ThreadRow).where(col(ThreadRow.message) == bindparam("message"))
MOST_IN_THREAD = 100
"""Message-IDs of one message that are remembered: its own, and those it answers."""


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
    """The state a message comes to, with everything the register shows of it.

    `answers` are the Message-IDs it refers to: two mails that answer one that we never got belong
    together too.
    """

    state: str
    reason: str
    kind: str | None
    flags: Sequence[MailFlag]
    offered: Sequence[str]
    envelope: Envelope
    documents: Sequence[DocumentSeen]
    answers: Sequence[str] = ()


def answered(message_id: str) -> str:
    """What is indexed of a message that another one answers: it is not that one's own."""
    return f"answered {message_id}"


def settle(session: Session, keys: KeyRing, mine: Claimed, now: datetime, end: Settled) -> None:
    """Writes a message's end under its claim. Raises LostClaim where that is no longer ours."""
    values = {
        "state": end.state,
        "reason": end.reason,
        "kind": end.kind,
        "flags": json.dumps([[flag.name, flag.why] for flag in end.flags]),
        "offered": json.dumps(list(end.offered)),
        "settled_at": now,
        "owner": "",
        "envelope": sealed_envelope(end.envelope, keys),
    }
    if run(session, _SETTLE, {"this": mine.id, "ours": mine.claim} | values).rowcount != 1:
        raise LostClaim
    again = mine.claim > 1  # only then may it have come to an end before
    if again:
        run(session, _NO_DOCUMENTS, {"message": mine.id})
        run(session, _NO_THREADS, {"message": mine.id})
    _documents(session, keys, mine.id, end.documents)
    own = [end.envelope.message_id] if end.envelope.message_id else []
    answers = [answered(i) for i in end.answers[:MOST_IN_THREAD] if i not in own]
    threads = [{"key": keys.blind(i), "message": mine.id} for i in dict.fromkeys([*own, *answers])]
    if threads:
        run(session, _THREAD, threads)


def _documents(
    session: Session, keys: KeyRing, message: int, documents: Sequence[DocumentSeen]
) -> None:
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
        run(session, _DOCUMENT, rows)


def sealed_envelope(envelope: Envelope, keys: KeyRing) -> bytes:
    """What the headers said, sealed."""
    said = json.dumps([getattr(envelope, f) for f in Envelope.__dataclass_fields__])
    return keys.seal(said.encode(), "envelope")


def opened_envelope(sealed: bytes | None, keys: KeyRing) -> Envelope | None:
    """What the headers said, unsealed; None for a message nobody opened."""
    return Envelope(*json.loads(keys.unseal(sealed, "envelope"))) if sealed else None
