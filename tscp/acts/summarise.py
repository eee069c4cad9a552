"""The daily summary: of any day to be looked at, and of today into the outbox when it is due."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import structlog
from sqlmodel import Session

from storage import audit, messages, outbox, polls, register, summaries, switches, troubles
from storage.cases import every_case
from storage.database import one_writer, reading, transaction
from storage.outbox import OutboxLine
from storage.summaries import LeftOff
from triage.letters import SHADOW, Letter
from triage.looking_back import as_of
from triage.service_health import ServiceHealth
from triage.summary import MailboxHealth, Summary, summarise
from triage.summary_period import Period, period, summary_due
from triage.troubles import of_mailboxes
from triage.working_days import london_day
from tscp.acts.desk import Desk, Refused
from tscp.mail_out.render import Rendered, summary_mail

log = structlog.get_logger()

SERVICE = "service"
READ_FIRST = timedelta(minutes=10)
"""After a start the mail that came before is read first, but for no longer than this."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A summary in words, for one recipient, before it is in the outbox."""

    address: str
    words: Rendered
    up_to: int | None
    period: Period | None

    def letter(self, key: str) -> Letter:
        """As the outbox takes it; what is waiting leaves by itself."""
        contents = {
            "subject": self.words.subject, "text": self.words.text, "html": self.words.html
        }  # fmt: skip
        if self.up_to is not None and self.period is not None:
            contents |= {"up_to": str(self.up_to), "since": self.period.since.isoformat()}
        return Letter("summary", self.address, state="waiting", key=key, contents=contents)


def summary_of(desk: Desk, on: date | None = None) -> Summary:
    """The summary of `on` (London; today if None). It holds references and counts only."""
    return _summary(desk, on)


def queue_summary(desk: Desk, started_at: datetime | None = None) -> list[str]:
    """Makes today's summary if it is due; the letters' ids, none if there is nothing to do.

    None is made in shadow mode. While letters are held it is made and waits. `started_at` is when
    the service started (UTC): what came while it did not run is read first.
    """
    now = desk.now()
    # First what asks no database: this is called every minute.
    if not (desk.office.summary_to and desk.letters.live(now) and _due(desk, now, None)):
        return []
    today = london_day(now)
    with reading(desk.engine) as session:
        last = {a: summaries.made(session, desk.keys, today, a) for a in desk.office.summary_to}
        reads_first = started_at is not None and _reads_first(session, started_at, now)
    if reads_first:
        return []
    wanted = [a for a, one in last.items() if _due(desk, now, today if one else None)]
    return _make(desk, wanted, today, now, SERVICE)


def _reads_first(session: Session, started_at: datetime, now: datetime) -> bool:
    """Whether the service has just started and has not yet read what came before."""
    if now - started_at > READ_FIRST:
        return False
    tried = [poll.tried_at >= started_at for poll in polls.last(session)]
    return not (tried and all(tried)) or messages.any_waiting(session)


def _due(desk: Desk, now: datetime, last: date | None) -> bool:
    return summary_due(now, desk.office.summary_at, desk.calendar, last)


def make_summary(
    desk: Desk, user: str, on: date | None = None
) -> tuple[list[str], list[OutboxLine]]:
    """Makes the summary of a day now; the new letters' ids, and those that were made before.

    Raises Refused where none may be made.
    """
    now = desk.now()
    day = on or london_day(now)
    if not desk.office.summary_to:
        raise Refused("nobody is to get the summary: set [summary] to, or use --preview")
    if not desk.letters.live(now):
        raise Refused(f"{SHADOW}; use --preview, or set [letters] live_from")
    if day > london_day(now):
        raise Refused(f"{day} is still to come")
    with reading(desk.engine) as session:
        found = {a: summaries.made(session, desk.keys, day, a) for a in desk.office.summary_to}
    wanted = [address for address, one in found.items() if one is None]
    before = [one for one in found.values() if one is not None]
    return _make(desk, wanted, day, now, user), before


def _make(desk: Desk, addresses: Sequence[str], on: date, now: datetime, user: str) -> list[str]:
    """Writes it in words with no lock held, then puts it into the outbox, once."""
    made: list[str] = []
    for draft in _drafts(desk, addresses, on, now) if addresses else ():
        with transaction(desk.engine) as session:
            one_writer(session)
            letter = draft.letter(summaries.key(desk.keys, on, draft.address))
            number = outbox.add(session, desk.keys, letter, now)
            if number is None:
                continue
            if draft.up_to is not None:
                summaries.cancel_older(session, desk.keys, draft.address, number)
            made.append(outbox.letter_name(number))
            audit.append(session, user, f"summary made: {made[-1]}", "", now)
        log.info("summary_made")
    return made


def _drafts(desk: Desk, addresses: Sequence[str], on: date, now: datetime) -> list[Draft]:
    """One for each recipient; those for whom the last left off at the same place share words."""
    if on != london_day(now):
        words = summary_mail(_summary(desk, on), desk.office.base_url)
        return [Draft(address, words, None, None) for address in addresses]
    with reading(desk.engine) as session:
        firsts = summaries.first_facts(session)
        lasts = {a: summaries.left_off(session, desk.keys, a) for a in addresses}
    up_to = max(firsts.values(), default=0)
    shared = {last: _since(desk, last, firsts, now) for last in dict.fromkeys(lasts.values())}
    return [Draft(address, *shared[last][:1], up_to, shared[last][1])
            for address, last in lasts.items()]  # fmt: skip


def _since(
    desk: Desk, last: LeftOff | None, firsts: dict[str, int], now: datetime
) -> tuple[Rendered, Period]:
    covered = period(last.at if last else None, now, desk.office.summary_at, desk.calendar)
    new = {case for case, first in firsts.items() if last and first > last.up_to} if last else None
    summary = _summary(desk, None, new, covered)
    return summary_mail(summary, desk.office.base_url), covered


def _summary(
    desk: Desk, on: date | None, new: Set[str] | None = None, covered: Period | None = None
) -> Summary:
    today = desk.today(on)
    now = london_day(desk.now())
    with reading(desk.engine) as session:
        then = [as_of(case, today.on) for case in every_case(session, desk.keys, today.on)]
        counts = register.counts(session, on)
        health = [MailboxHealth(p.mailbox, p.good_at, p.reason) for p in polls.last(session)]
        held = switches.switched(session, switches.HELD)
        service = ServiceHealth(
            outbox.counts(session),
            held.at if held else None,
            not desk.letters.live(desk.now()),
            tuple(t.said for t in troubles.standing(session) if not of_mailboxes(t.name)),
        )
    cases = [case for case in then if case is not None]
    return summarise(
        cases, counts, health, today, new, covered, service if today.on == now else None
    )
