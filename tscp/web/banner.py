"""The top of every page: that nothing is lost, and that the service still sees its mail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from storage import polls, register
from storage.database import reading
from storage.polls import LastPoll
from tscp.acts.desk import Desk
from tscp.web.words import ago, moment

SILENT_AFTER = timedelta(minutes=30)
"""A mailbox that was not read to its end for so long is said to be silent."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How the reading of one mailbox stands, in a sentence; `well` is what it comes to."""

    well: bool
    said: str


@dataclass(frozen=True, slots=True)
class Banner:
    """The register's sum and each mailbox's last reading."""

    received: int
    parts: tuple[tuple[int, str], ...]
    mailboxes: tuple[Reading, ...]

    @property
    def well(self) -> bool:
        """Every mailbox was read lately."""
        return all(mailbox.well for mailbox in self.mailboxes)


def banner(desk: Desk) -> Banner:
    """The banner at this moment."""
    with reading(desk.engine) as session:
        counts, found = register.counts(session), polls.last(session)
    now = desk.now()
    mailboxes = tuple(_reading(one, now) for one in found)
    return Banner(sum(counts.values()), _parts(counts), mailboxes or (_NEVER,))


_NEVER = Reading(False, "No mailbox has been read yet. New e-mails are not seen.")


def _parts(counts: Mapping[str, int]) -> tuple[tuple[int, str], ...]:
    """The addends in words; every state is in it, so that the sum always holds."""
    named = {"filed": "filed", "needs a person": "need a person", "ignored": "ignored"}
    parts = [(counts.get(state, 0), words) for state, words in named.items()]
    if parts[1][0] == 1:
        parts[1] = (1, "needs a person")
    others = {"received": "being read"} | {s: s for s in counts if s not in named}
    others["received"] = "being read"
    return (*parts, *((counts[s], words) for s, words in others.items() if counts.get(s)))


def _reading(poll: LastPoll, now: datetime) -> Reading:
    name = f"Mailbox {poll.mailbox}"
    if poll.good_at is None:
        because = f": {poll.reason}" if poll.reason else ""
        return Reading(False, f"{name} has never been read to its end{because}.")
    last = f"last read to its end at {moment(poll.good_at, now)}"
    if not poll.ok:
        tried = moment(poll.tried_at, now)
        return Reading(False, f"{name}: the try at {tried} did not end ({poll.reason}); {last}.")
    silent = now - poll.good_at
    if silent > SILENT_AFTER:
        unseen = f"that is {ago(silent)} ago; newer e-mails are not seen"
        return Reading(False, f"{name}: {last}; {unseen}.")
    return Reading(True, f"{name}: {last}.")
