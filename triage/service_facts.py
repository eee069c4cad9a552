"""What is known of the service's running, and which of it is a trouble. Start at troubles()."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from triage.plain_words import counted
from triage.summary_period import short_moment
from triage.troubles import Trouble

WAITED = timedelta(minutes=15)
"""An e-mail that waited so long, while none was dealt with, is not just next in line."""
TOO_LONG = timedelta(hours=2)
"""An e-mail that waited so long is a trouble even while others are dealt with."""
LETTER_WAITS = timedelta(minutes=30)
EVER = datetime.min.replace(tzinfo=UTC)
LEAST_FREE, LEAST_SHARE = 1_000_000_000, 0.05
CLOCKS_DIFFER = timedelta(minutes=5)
"""Machines that share a database may differ so much."""


@dataclass(frozen=True, slots=True)
class MailboxFacts:
    """The last try and the last good one (UTC; None: never); why it failed, '' if it did not."""

    name: str
    tried_at: datetime | None = None
    good_at: datetime | None = None
    refused: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Backlog:
    """E-mails that nobody has in hand: how many, since when the oldest waits, and when one was
    last dealt with (UTC)."""

    count: int = 0
    oldest: datetime | None = None
    last_settled: datetime | None = None


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """Counts of letters: that may leave now but have not, that did not, that perhaps did and
    nobody is at work on, and that a limit an hour holds back. `last_sent` is UTC."""

    may_leave: int = 0
    last_sent: datetime | None = None
    failed: int = 0
    perhaps_sent: int = 0
    over_limit: int = 0


@dataclass(frozen=True, slots=True)
class JobFacts:
    """A job whose last run failed, and why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class ServiceFacts:
    """Everything troubles are found in. Times are UTC; the disk is the data folder's, in bytes.

    `started_at` is None where no service runs, and polls are made from outside.
    """

    now: datetime
    started_at: datetime | None
    silent_after: timedelta
    mailboxes: tuple[MailboxFacts, ...]
    backlog: Backlog
    letters: LetterFacts
    failed_jobs: tuple[JobFacts, ...]
    disk_free: int
    disk_size: int
    latest_entry: datetime | None
    """The latest time among the newest entries of the audit."""


def troubles(facts: ServiceFacts) -> list[Trouble]:
    """All that is wrong at this moment."""
    return [
        *(trouble for box in facts.mailboxes for trouble in _mailbox(box, facts)),
        *_backlog(facts.backlog, facts.now),
        *_letters(facts.letters, facts.now),
        *(_job(job, facts.silent_after) for job in facts.failed_jobs),
        *_machine(facts),
    ]


def _mailbox(box: MailboxFacts, facts: ServiceFacts) -> Iterator[Trouble]:
    reason = box.reason.removeprefix(f"Mailbox '{box.name}': ")
    if box.refused:
        yield Trouble(f"mailbox refuses sign-in: {box.name}", f"Mailbox {box.name}: {reason}.")
        return
    good = box.good_at or facts.started_at or box.tried_at
    if good is None or facts.now - max(good, _expected(box, facts)) <= facts.silent_after:
        return
    last = (
        f"was last read to its end {short_moment(box.good_at)}"
        if box.good_at
        else "has never been read to its end"
    )
    because = f": {reason}" if reason else ""
    yield Trouble(f"mailbox silent: {box.name}", f"Mailbox {box.name} {last}{because}.", good)


def _expected(box: MailboxFacts, facts: ServiceFacts) -> datetime:
    """From when on it should have been read: a start after a long pause is no silence before the
    first try."""
    started, tried = facts.started_at, box.tried_at
    return EVER if started is None or (tried is not None and tried >= started) else started


def _backlog(backlog: Backlog, now: datetime) -> Iterator[Trouble]:
    if backlog.oldest is None or now - backlog.oldest <= WAITED:
        return
    moving = backlog.last_settled is not None and now - backlog.last_settled <= WAITED
    if moving and now - backlog.oldest <= TOO_LONG:
        return
    wait = "e-mail waits" if backlog.count == 1 else "e-mails wait"
    said = (
        f"{backlog.count} {wait} to be processed, the oldest since {short_moment(backlog.oldest)}."
    )
    yield Trouble("e-mails not processed", said, backlog.oldest)


def _letters(letters: LetterFacts, now: datetime) -> Iterator[Trouble]:
    lately = letters.last_sent is not None and now - letters.last_sent < LETTER_WAITS / 6
    if letters.may_leave and not lately:
        waiting = counted(letters.may_leave, "letter")
        said = f"{waiting} may leave, and none has left for half an hour or more."
        yield Trouble("letters not leaving", said, after=LETTER_WAITS)
    if letters.failed:
        said = f"{counted(letters.failed, 'letter')} could not be sent; a person decides."
        yield Trouble("letters failed", said)
    if letters.perhaps_sent:
        said = (
            f"Of {counted(letters.perhaps_sent, 'letter')} it is not known whether"
            f" {'it' if letters.perhaps_sent == 1 else 'they'} left."
        )
        yield Trouble("letters perhaps sent", said)
    if letters.over_limit:
        said = f"A limit of letters an hour holds back {counted(letters.over_limit, 'letter')}."
        yield Trouble("limit of letters reached", said)


def _job(job: JobFacts, silent_after: timedelta) -> Trouble:
    because = f": {job.reason}" if job.reason else ""
    return Trouble(
        f"job failing: {job.name}", f"The job '{job.name}' fails{because}.", after=silent_after
    )


def _machine(facts: ServiceFacts) -> Iterator[Trouble]:
    if disk_low(facts.disk_free, facts.disk_size):
        yield Trouble("disk nearly full", "The disk of the data folder is nearly full.")
    ahead = facts.latest_entry is not None and facts.latest_entry - facts.now > CLOCKS_DIFFER
    if ahead and facts.latest_entry is not None:
        latest = short_moment(facts.latest_entry)
        yield Trouble("clock set back", f"The clock was set back: something was noted {latest}.")


def disk_low(free: int, size: int) -> bool:
    """Less than 1 GB or a twentieth of the disk is free (bytes)."""
    return free < LEAST_FREE or free < LEAST_SHARE * size
