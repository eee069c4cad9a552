"""The top of every page: nothing is lost, mail is seen, letters leave or do not, all in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from storage import polls, register, switches, troubles
from storage.database import reading
from storage.polls import LastPoll
from storage.switches import Switched
from triage.today import LetterRules
from triage.troubles import Standing, of_mailboxes
from tscp.acts.desk import Desk
from tscp.web.words import ago, moment


@dataclass(frozen=True, slots=True)
class Reading:
    """How something stands (a mailbox, letters, the machine), in a sentence; `well` is what it
    comes to."""

    well: bool
    said: str


@dataclass(frozen=True, slots=True)
class Banner:
    """The register's sum, each mailbox's last reading, and what else is to be known."""

    received: int
    parts: tuple[tuple[int, str], ...]
    mailboxes: tuple[Reading, ...]
    letters: tuple[Reading, ...]
    troubles: tuple[Reading, ...]

    @property
    def well(self) -> bool:
        """Every mailbox was read lately."""
        return all(mailbox.well for mailbox in self.mailboxes)


def banner(desk: Desk) -> Banner:
    """The banner at this moment."""
    with reading(desk.engine) as session:
        counts, found = register.counts(session), polls.last(session)
        standing, held = troubles.standing(session), switches.switched(session, switches.HELD)
    now, silent_after = desk.now(), desk.office.silent_after
    mailboxes = tuple(_reading(one, now, silent_after) for one in found) or (_NEVER,)
    return Banner(
        sum(counts.values()),
        _parts(counts),
        mailboxes,
        tuple(_letters(desk.letters, held, now)),
        tuple(_troubles(standing, now)),
    )


def _letters(rules: LetterRules, held: Switched | None, now: datetime) -> Iterator[Reading]:
    """Whether letters leave; nothing where they do."""
    if rules.live_from is None:
        yield Reading(True, "Shadow mode: nothing is sent, and no mailbox is changed.")
    elif not rules.live(now):
        live_from = moment(rules.live_from, now)
        yield Reading(True, f"Shadow mode: nothing is sent before {live_from}.")
    if held is not None:
        since = moment(held.at, now)
        yield Reading(False, f"All letters are held since {since} by {held.by}: none leaves.")


def _troubles(standing: Sequence[Standing], now: datetime) -> Iterator[Reading]:
    """Without those of mailboxes, which have a line of their own."""
    for one in standing:
        if not of_mailboxes(one.name):
            yield Reading(False, f"{one.said} Since {moment(one.since, now)}.")


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


def _reading(poll: LastPoll, now: datetime, silent_after: timedelta) -> Reading:
    name = f"Mailbox {poll.mailbox}"
    if poll.good_at is None:
        because = f": {poll.because}" if poll.because else ""
        return Reading(False, f"{name} has never been read to its end{because}.")
    last = f"last read to its end at {moment(poll.good_at, now)}"
    if not poll.ok:
        tried = moment(poll.tried_at, now)
        return Reading(False, f"{name}: the try at {tried} did not end ({poll.because}); {last}.")
    silent = now - poll.good_at
    if silent > silent_after:
        unseen = f"that is {ago(silent)} ago; newer e-mails are not seen"
        return Reading(False, f"{name}: {last}; {unseen}.")
    return Reading(True, f"{name}: {last}.")
