"""What a person does with a letter: releases it, cancels it, says that it left. And bounces."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import func, update
from sqlmodel import Session, col, select

from storage.database import one_writer
from storage.sealing import KeyRing
from storage.tables import LetterRow
from triage.letters import Letter

RELEASABLE = ("draft", "failed", "perhaps sent")
CANCELLABLE = ("draft", "waiting", "failed")
RESTORED = "restored from a backup: it may have been sent since that was made"


def release(session: Session, number: int, by: str) -> bool:
    """A person sends a letter; False where its state does not allow it.

    One that was perhaps sent keeps the time of that, so that its end says that it left twice.
    """
    return _moved(
        session, number, RELEASABLE, state="waiting", released_by=by, reason="", not_before=None,
        attempts=0,
    )  # fmt: skip


def cancel(session: Session, number: int, reason: str) -> bool:
    """It is not to leave; False where it has left, or perhaps has."""
    return _moved(session, number, CANCELLABLE, state="cancelled", reason=reason)


def was_sent(session: Session, number: int, by: str) -> bool:
    """A person found out that a letter perhaps sent did leave."""
    reason = f"{by} found that it had been sent"
    return _moved(session, number, ("perhaps sent",), state="sent", reason=reason)


def answering_once(session: Session, letter: Letter) -> Letter:
    """The letter as it may be made where its mail was filed, and perhaps answered, before.

    What has not left makes room for it; what has, or perhaps has, leaves a person to decide.
    """
    if letter.key is None:
        return letter
    one_writer(session)
    before = session.exec(select(LetterRow).where(col(LetterRow.key) == letter.key)).first()
    if before is None:
        return letter
    if before.state not in (*CANCELLABLE, "cancelled"):
        why = f"its mail was answered before, with the reference {before.case}"
        return replace(letter, state="draft", why=why, key=None)
    cancel(session, before.id or 0, before.reason or "its mail was filed anew")
    before.key = None
    session.add(before)
    session.flush()
    return letter


def _moved(session: Session, number: int, was: tuple[str, ...], **values: object) -> bool:
    """Under a new claim number, so that a process that had it cannot go on with it."""
    one_writer(session)
    row = session.get(LetterRow, number)
    if row is None or row.state not in was:
        return False
    for name, value in {**values, "owner": ""}.items():
        setattr(row, name, value)
    row.claim += 1
    session.add(row)
    session.flush()
    return True


def bounced(session: Session, keys: KeyRing, message_ids: Iterable[str]) -> list[int]:
    """Marks letters whose mail came back for good; their numbers."""
    threads = [keys.blind(message_id) for message_id in message_ids]
    if not threads:
        return []
    query = select(LetterRow).where(
        col(LetterRow.thread).in_(threads), col(LetterRow.state).in_(("sent", "perhaps sent"))
    )
    found = list(session.exec(query))
    for row in found:
        row.state, row.reason = "bounced", "it came back: the address does not take mail"
        session.add(row)
    session.flush()
    return [row.id for row in found if row.id is not None]


def after_restore(session: Session) -> None:
    """What waited when the backup was made may have left since: a person decides."""
    session.execute(
        update(LetterRow)
        .where(col(LetterRow.state) == "waiting")
        .values(
            state="perhaps sent",
            reason=RESTORED,
            owner="",
            claim=LetterRow.claim + 1,
            sent_at=func.coalesce(LetterRow.sent_at, LetterRow.at),
        )
    )
