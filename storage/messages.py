"""The register: every place a message was seen at, with its state, and who is working on it.

received -> filed | needs a person | ignored. A claim is a number: what was decided under an
older number is not saved (LostClaim), so two processes never file one message twice.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import Row, bindparam, insert, update
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from storage.database import one_writer, run
from storage.tables import MessageRow

LEASE = timedelta(minutes=15)
ATTEMPTS = 3
"""A message whose reading ended three times without an end goes to a person."""
FEW = 4
"""How many waiting messages are looked at at once when one is claimed."""
GAVE_UP = (
    "the service stopped three times while it was reading this message: "
    "open it in the mailbox, and tell the administrator"
)


_BY_PLACE = columns(MessageRow).where(
    col(MessageRow.mailbox) == bindparam("mailbox"), col(MessageRow.place) == bindparam("place")
)
_ORIGINAL = select(col(MessageRow.id)).where(
    col(MessageRow.sha256) == bindparam("sha256"), col(MessageRow.original)
)
_REGISTER = insert(MessageRow)
_UPDATE = update(MessageRow).where(col(MessageRow.id) == bindparam("this"))
_WAITING = (
    columns(MessageRow)
    .where(col(MessageRow.state) == "received", col(MessageRow.id) > bindparam("last"))
    .order_by(col(MessageRow.id))
    .limit(FEW)
)
_ONLY = _WAITING.where(col(MessageRow.id) == bindparam("only"))
_GIVEN_UP = {"state": "needs a person", "reason": GAVE_UP, "kind": "unreadable", "owner": ""}


class LostClaim(Exception):
    """Another process has taken this message over; what was decided here is not saved."""


@dataclass(frozen=True, slots=True)
class Received:
    """A message as registered by a poll: what the mailbox said of it. Times are UTC.

    `envelope` is sealed, and given only for mail that is never to be opened.
    """

    mailbox: str
    place: str
    sha256: str
    received_at: datetime
    received_from: str
    problem: str = ""
    fetched: bool = True
    envelope: bytes | None = None


@dataclass(frozen=True, slots=True)
class Claimed:
    """A message this process works on, under claim number `claim`."""

    id: int
    claim: int
    sha256: str
    received_at: datetime
    registered_at: datetime
    problem: str


def name(number: int) -> str:
    """A message's id as people see it: M-000123."""
    return f"M-{number:06d}"


def number(message: str) -> int | None:
    """The number in an id such as M-000123 (or plain 123); None if it is none."""
    digits = message.upper().removeprefix("M-")
    return int(digits) if digits.isascii() and digits.isdigit() else None


def places(session: Session, mailbox: str) -> frozenset[str]:
    """Every place of a mailbox that is registered and needs no further fetching."""
    query = select(MessageRow.place).where(
        col(MessageRow.mailbox) == mailbox, col(MessageRow.fetched)
    )
    return frozenset(session.exec(query))


def received(
    session: Session, new: Received, now: datetime, starts_at: datetime | None = None
) -> tuple[int, str] | None:
    """Registers one message at its place: its number and state; None if a poll already did.

    Mail from before `starts_at` is registered and ignored; the same bytes as an earlier
    message are a duplicate of it; what could not be fetched is for a person and fetched again,
    and until that succeeds its line stays as it is; what a person ignored meanwhile stays so.
    """
    one_writer(session)
    known = run(session, _BY_PLACE, {"mailbox": new.mailbox, "place": new.place}).first()
    if known is not None and (known.fetched or not new.fetched):
        return None
    first = _original(session, new) if new.fetched else None
    state, reason, kind = _first_state(new, first, starts_at)
    values: dict[str, Any] = {
        "sha256": new.sha256,
        "original": new.fetched and first is None,
        "fetched": new.fetched,
        "received_at": new.received_at,
        "received_from": new.received_from,
        "state": state,
        "reason": reason,
        "problem": new.problem,
        "kind": kind,
    }
    values |= {"envelope": new.envelope} if new.envelope is not None else {}
    if known is not None:
        if known.state == "ignored" and state == "received":  # a person said so before it came
            state = values["state"] = known.state
            values |= {"reason": known.reason, "kind": known.kind}
        run(session, _UPDATE, {"this": known.id, **values})
        return known.id, state
    values |= {"mailbox": new.mailbox, "place": new.place, "registered_at": now}
    inserted = run(session, _REGISTER, values).inserted_primary_key
    assert inserted is not None
    return inserted[0], state


def _original(session: Session, new: Received) -> int | None:
    found: int | None = run(session, _ORIGINAL, {"sha256": new.sha256}).scalar()
    return found


def _first_state(
    new: Received, first: int | None, starts_at: datetime | None
) -> tuple[str, str, str | None]:
    if not new.fetched:
        return "needs a person", new.problem, "unreadable"
    if first is not None:
        return "ignored", f"the same message as {name(first)}", "duplicate"
    if starts_at is not None and new.received_at < starts_at:
        return "ignored", "before the service began", None
    return "received", "", None


def any_waiting(session: Session) -> bool:
    """Whether a message is in state received."""
    query = select(MessageRow.id).where(col(MessageRow.state) == "received").limit(1)
    return session.exec(query).first() is not None


def claim(session: Session, now: datetime, only: int | None = None) -> Claimed | None:
    """Takes the next waiting message that nobody living works on; None if there is none."""
    one_writer(session)
    for row in _waiting(session, only):
        if row.owner and lives(row.owner) and row.lease_until and row.lease_until > now:
            continue
        if row.attempts >= ATTEMPTS:
            run(session, _UPDATE, {"this": row.id} | _GIVEN_UP)
            continue
        return _taken(session, row, now)
    return None


def let_go(session: Session, mine: Claimed) -> None:
    """Frees a message whose reading was broken off by us: the attempt does not count."""
    session.execute(
        update(MessageRow)
        .where(
            col(MessageRow.id) == mine.id,
            col(MessageRow.claim) == mine.claim,
            col(MessageRow.owner) == this_process(),
            col(MessageRow.state) == "received",
        )
        .values(owner="", lease_until=None, attempts=MessageRow.attempts - 1)
    )


def _taken(session: Session, row: Row[Any], now: datetime) -> Claimed:
    claim = row.claim + 1
    mine = {"owner": this_process(), "lease_until": now + LEASE, "attempts": row.attempts + 1}
    run(session, _UPDATE, {"this": row.id, "claim": claim} | mine)
    registered = row.registered_at
    return Claimed(row.id, claim, row.sha256, row.received_at, registered, row.problem)


def _waiting(session: Session, only: int | None) -> Iterator[Row[Any]]:
    """Messages in state received by number, a few at a time: usually the first will do."""
    query = _WAITING if only is None else _ONLY
    last = 0
    while True:
        rows = run(session, query, {"last": last, "only": only}).all()
        yield from rows
        if len(rows) < FEW:
            return
        last = rows[-1].id


def this_process() -> str:
    """Names this process so that another on the same machine can tell whether it still lives."""
    return _named(os.getpid())


@lru_cache(maxsize=1)
def _named(pid: int) -> str:
    return f"{os.uname().nodename} {pid} {_started(pid)}"


def lives(owner: str) -> bool:
    """Whether a claim's owner may be at work; False only for a process of this machine that has
    surely ended (pid and start time)."""
    node, pid, started = owner.split(" ")
    return node != os.uname().nodename or _started(int(pid)) == started


def _started(pid: int) -> str:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return "ended" if Path("/proc/self/stat").exists() else "unknown"
    fields = stat.rpartition(")")[2].split()
    return "ended" if fields[0] == "Z" else fields[19]


def again(session: Session, message: int) -> None:
    """Lets a message be read again, from its original, as if it had just come."""
    anew = {"state": "received", "attempts": 0, "owner": "", "reason": ""}
    run(session, _UPDATE, {"this": message} | anew)
