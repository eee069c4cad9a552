"""What is wrong with the service, in sentences, and when somebody is told. Start at follow().

One alert when a trouble begins, a reminder every day it lasts, the all-clear when it is over.
One that goes away for less than ten minutes has not gone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

GONE_FOR_GOOD = timedelta(minutes=10)
REMIND_EVERY = timedelta(hours=24)
Stage = Literal["begins", "reminder", "over"]

CURES: Mapping[str, str] = {
    "mailbox silent": "see the reason given; until it is read again, look into the mailbox itself",
    "mailbox refuses sign-in": "correct the account or its password in the settings, then restart"
    " the service",
    "e-mails not processed": "look whether the service still works on them (tscp messages --state"
    " received), and into its log; restart it if it does not",
    "letters not leaving": "run tscp check, which tries the mail server and says what is wrong",
    "letters failed": "see tscp letters --state failed for the reasons; send each again or"
    " cancel it",
    "letters perhaps sent": "see tscp letters --state 'perhaps sent'; look into the mail server's"
    " log or ask the recipient, then say that it left (--was-sent) or send it again (--send)",
    "limit of letters reached": "two machines may be answering each other: look at the latest"
    " letters with tscp letters, and stop all with tscp letters --hold if in doubt",
    "job failing": "see the reason given and the service's log; run tscp check",
    "disk nearly full": "make room on the disk of the data folder; until then new e-mails stay in"
    " the mailbox",
    "clock set back": "check this machine's time and its time server: deadlines and receipts"
    " follow it",
}
"""What to do about each kind. docs/operations.md has a section under each of these names."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something wrong at this moment. `name` is its kind, and 'kind: which' where there are many.

    `since` is when it began (UTC) where that is known. It stands once it has lasted for `after`.
    """

    name: str
    said: str
    since: datetime | None = None
    after: timedelta = timedelta()


@dataclass(frozen=True, slots=True)
class Standing:
    """A trouble as it is remembered. Times are UTC; None: not told, not reminded, not gone.

    `stands` is False while it has not lasted long enough to count.
    """

    name: str
    said: str
    since: datetime
    stands: bool = True
    told_at: datetime | None = None
    reminded_at: datetime | None = None
    gone_at: datetime | None = None

    @property
    def what_to_do(self) -> str:
        """The cure, in a sentence, with where to read more."""
        kind = kind_of(self.name)
        cure = CURES.get(kind, "see the service's log")
        return f"{cure[:1].upper()}{cure[1:]}. More under '{kind}' in docs/operations.md."


@dataclass(frozen=True, slots=True)
class Alert:
    """Something administrators are told. `number` counts the days of a reminder."""

    trouble: Standing
    stage: Stage
    number: int = 0

    @property
    def episode(self) -> str:
        """Names this trouble from its beginning to its end."""
        return f"alert {self.trouble.name} {self.trouble.since.isoformat()}"

    @property
    def key(self) -> str:
        """Names this one alert, so that it is made only once."""
        return f"{self.episode} {self.stage} {self.number}"


def kind_of(name: str) -> str:
    """'mailbox silent' of 'mailbox silent: tscp'."""
    return name.partition(": ")[0]


def of_mailboxes(name: str) -> bool:
    """Whether it is about the reading of a mailbox, which pages and summaries say anyway."""
    return kind_of(name).startswith("mailbox ")


def follow(
    standing: Sequence[Standing], found: Sequence[Trouble], now: datetime, may_tell: bool
) -> tuple[list[Standing], list[Alert]]:
    """What stands from now on, and what is told; nothing is told unless `may_tell`."""
    before = {one.name: one for one in standing}
    here = [_seen(trouble, before.get(trouble.name), now) for trouble in found]
    names = {one.name for one in here}
    gone = [replace(one, gone_at=_gone_at(one, now)) for one in standing
            if one.name not in names and one.stands]  # fmt: skip
    over = [one for one in gone if _over(one, now)]
    alerts = [Alert(one, "over") for one in over if one.told_at is not None]
    kept = [*here, *(one for one in gone if one not in over)]
    if not may_tell:
        return kept, []
    told = [(one, next(_due(one, now), None)) for one in kept]
    alerts += [alert for _, alert in told if alert is not None]
    return [alert.trouble if alert else one for one, alert in told], alerts


def _seen(trouble: Trouble, before: Standing | None, now: datetime) -> Standing:
    since = before.since if before else trouble.since or now
    stands = (before is not None and before.stands) or now - since >= trouble.after
    was = before or Standing(trouble.name, trouble.said, since)
    return replace(was, said=trouble.said, stands=stands, gone_at=None)


def _gone_at(one: Standing, now: datetime) -> datetime:
    """Since when it is gone; a clock that was set back starts anew."""
    return one.gone_at if one.gone_at is not None and one.gone_at <= now else now


def _over(one: Standing, now: datetime) -> bool:
    return one.gone_at is not None and now - one.gone_at >= GONE_FOR_GOOD


def _due(one: Standing, now: datetime) -> Iterator[Alert]:
    if not one.stands or one.gone_at is not None:
        return
    if one.told_at is None:
        yield Alert(replace(one, told_at=now), "begins")
    elif now - (one.reminded_at or one.told_at) >= REMIND_EVERY:
        yield Alert(replace(one, reminded_at=now), "reminder", (now - one.told_at) // REMIND_EVERY)
