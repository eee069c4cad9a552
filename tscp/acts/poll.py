"""Every mailbox once: each new message sealed, kept, and registered before anything reads it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog

from intake.headers import HEADERS_AT_MOST, headers_of
from intake.mailbox import Mailbox, MailboxUnavailable, RawMessage, SignInRefused
from storage import messages, polls, register
from storage.database import reading, transaction
from storage.messages import Received
from storage.settled import Envelope, sealed_envelope
from triage.problem import Problem
from tscp.acts.desk import Desk

log = structlog.get_logger()

STOPPED = "the service was stopped in between; the next poll carries on"


@dataclass(frozen=True, slots=True)
class Source:
    """A mailbox to be polled: how to open it, and the time before which its mail is ignored."""

    name: str
    open: Callable[[], Mailbox]
    starts_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Polled:
    """How the poll of one mailbox went, with the states its new messages were registered in."""

    name: str
    ok: bool
    reason: str
    states: tuple[str, ...]

    @property
    def new(self) -> int:
        """How many messages were new."""
        return len(self.states)


def poll(desk: Desk, sources: Sequence[Source]) -> list[Polled]:
    """Reads every mailbox; one that fails never stops the others. Ends early if the desk stops."""
    return [_poll_one(desk, source) for source in sources if not desk.stopping()]


def _poll_one(desk: Desk, source: Source) -> Polled:
    states: list[str] = []
    reason, refused = "", False
    try:
        mailbox = source.open()
        try:
            reason = _take(desk, source, mailbox, states)
            mark_done(desk, mailbox)
        finally:
            mailbox.close()
    except MailboxUnavailable as error:
        reason, refused = str(error), isinstance(error, SignInRefused)
    except OSError as error:
        # A full or read-only disk: what was not kept stays in the mailbox, and is still new.
        reason = f"a message could not be kept on disk ({error.strerror}): make room there"
    with transaction(desk.engine) as session:
        polls.note(session, source.name, not reason, reason, desk.now(), refused)
    log.info("mailbox_polled", mailbox=source.name, ok=not reason, new=len(states))
    return Polled(source.name, not reason, reason, tuple(states))


def _take(desk: Desk, source: Source, mailbox: Mailbox, states: list[str]) -> str:
    """Registers what is new; the reason names messages that could not be fetched, '' if none."""
    with reading(desk.engine) as session:
        seen = messages.places(session, source.name)
    unfetched = 0
    for raw in mailbox.new_messages(seen.__contains__):
        new = receive(desk, source.name, raw, source.starts_at)
        unfetched += raw.try_again
        if new is not None:
            states.append(new[1])
        if desk.stopping():
            return STOPPED
    return f"{unfetched} message(s) could not be fetched; the next poll tries again" * (
        unfetched > 0
    )


def receive(
    desk: Desk, mailbox: str, raw: RawMessage, starts_at: datetime | None = None
) -> tuple[int, str] | None:
    """TRANSACTION 1: the original is on disk, then its row is committed; number and state.

    None if the register has the place already.
    """
    sha256 = desk.originals.keep(raw.content)
    new = Received(
        mailbox=mailbox,
        place=raw.place,
        sha256=sha256,
        received_at=raw.received_at,
        received_from=raw.received_from,
        problem=raw.problem,
        fetched=not raw.try_again,
        envelope=_headers_alone(desk, raw, starts_at),
    )
    with transaction(desk.engine) as session:
        registered = messages.received(session, new, desk.now(), starts_at)
    if registered is not None:
        log.info("message_received", message=messages.name(registered[0]), mailbox=mailbox)
    return registered


def _headers_alone(desk: Desk, raw: RawMessage, starts_at: datetime | None) -> bytes | None:
    """Of mail from before the service began, which is never opened, only what its headers say."""
    if starts_at is None or raw.received_at >= starts_at or raw.try_again:
        return None
    said = desk.worker.run(headers_of, raw.content[:HEADERS_AT_MOST])
    if isinstance(said, Problem):
        return None
    return sealed_envelope(Envelope(*said), desk.keys)


def mark_done(desk: Desk, mailbox: Mailbox) -> None:
    """Shows in the mailbox what was settled; repeated by every poll, so a crash loses nothing."""
    with reading(desk.engine) as session:
        waiting = list(register.unmarked(session, mailbox.name))
    for _, place, state in waiting:
        mailbox.mark(place, state)
    with transaction(desk.engine) as session:
        register.marked(session, [number for number, _, _ in waiting], desk.now())
