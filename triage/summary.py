"""The daily summary to managers: references and counts only, never a name or an initial."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from triage.case import ENDED, Case
from triage.clocks import IN_THE_QUEUE, Clock, clocks
from triage.contributions import contributions
from triage.flags import flags
from triage.flags.clocks import SOON
from triage.panel import in_the_way
from triage.service_health import ServiceHealth
from triage.summary_period import Period, short_day, short_moment, working_day_before
from triage.today import Today
from triage.working_days import london_day


@dataclass(frozen=True, slots=True)
class Due:
    """Clocks of one case that fall due on one day: within three working days, or overdue.

    `working_day` of `length` is 'day n of 15' of the first of them.
    """

    reference: str
    clocks: tuple[str, ...]
    due_on: date
    days_left: int
    overdue: bool
    working_day: int
    length: int


@dataclass(frozen=True, slots=True)
class Outstanding:
    """What one agency still has to tell, over all open cases."""

    agency: str
    not_yet_requested: int
    requested: int
    overdue: int
    waiting_since: date | None


@dataclass(frozen=True, slots=True)
class MailboxHealth:
    """When a mailbox was last read to its end (UTC; None: never), and what is wrong, if it is."""

    name: str
    good_at: datetime | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """Everything the summary says, for one day. Lists are in the order they are shown.

    `period` is what one that is sent covers, None for one that is only looked at. `service` is
    how the service is at this moment, None for an earlier day.
    """

    on: date
    since: date
    risk_now: tuple[str, ...]
    new: tuple[str, ...]
    decisions_needed: tuple[str, ...]
    due: tuple[Due, ...]
    outstanding: tuple[Outstanding, ...]
    ready_for_panel: tuple[str, ...]
    open_cases: int
    needs_a_person: int
    register: Mapping[str, int]
    last_week: int
    mailboxes: tuple[MailboxHealth, ...]
    period: Period | None = None
    service: ServiceHealth | None = None

    @property
    def quiet(self) -> bool:
        """Nothing waits for anybody today; the summary says so and is sent all the same."""
        lists = (self.risk_now, self.new, self.decisions_needed, self.due)
        letters = self.service.letters_for_a_person if self.service else 0
        return not any(lists) and not self.needs_a_person and not letters

    @property
    def new_since(self) -> str:
        """'Fri 20 Nov'; to the minute where the summary covers a time: 'Fri 20 Nov 07:30'."""
        return short_moment(self.period.since) if self.period else short_day(self.since)


def summarise(
    cases: Sequence[Case],
    register: Mapping[str, int],
    mailboxes: Sequence[MailboxHealth],
    today: Today,
    new: Set[str] | None = None,
    period: Period | None = None,
    service: ServiceHealth | None = None,
) -> Summary:
    """The summary of one day; `cases` as they stood on it, open and ended.

    `new` are the references opened in the period; None: those received since the last working
    day.
    """
    live = [case for case in cases if case.state not in ENDED]
    raised = {case.reference: {flag.name for flag in flags(case, today)} for case in live}
    since = working_day_before(today.on, today.calendar)
    if new is None:
        new = {c.reference for c in cases if since <= london_day(c.received_at) <= today.on}
    week = today.on - timedelta(days=7)
    return Summary(
        on=today.on,
        since=since,
        risk_now=_having(raised, "other children at risk now"),
        new=tuple(c.reference for c in cases if c.reference in new),
        decisions_needed=_having(raised, "answers suggest notification"),
        due=_due(live, today),
        outstanding=_outstanding(live, today),
        ready_for_panel=tuple(c.reference for c in live if not in_the_way(c, today)),
        open_cases=len(live),
        needs_a_person=register.get("needs a person", 0),
        register=dict(register),
        last_week=sum(week < london_day(c.received_at) <= today.on for c in cases),
        mailboxes=tuple(mailboxes),
        period=period,
        service=service,
    )


def _having(raised: Mapping[str, set[str]], flag: str) -> tuple[str, ...]:
    return tuple(reference for reference, names in raised.items() if flag in names)


def _due(cases: Sequence[Case], today: Today) -> tuple[Due, ...]:
    found: dict[tuple[date, str], list[Clock]] = {}
    for case in cases:
        for clock in clocks(case, today):
            wanted = clock.name in IN_THE_QUEUE and clock.name != "contribution"
            near = clock.overdue(today.on) or clock.days_left(today) <= SOON
            if wanted and near and clock.met_on is None:
                found.setdefault((clock.due_on, case.reference), []).append(clock)
    return tuple(_due_on(reference, same, today) for (_, reference), same in sorted(found.items()))


def _due_on(reference: str, same_day: Sequence[Clock], today: Today) -> Due:
    first = same_day[0]
    return Due(
        reference,
        tuple(clock.name for clock in same_day),
        first.due_on,
        first.days_left(today),
        first.overdue(today.on),
        first.working_day(today),
        today.clocks[first.name].days,
    )


def _outstanding(cases: Sequence[Case], today: Today) -> tuple[Outstanding, ...]:
    found: dict[str, list[tuple[bool, bool, date | None]]] = {}
    for case in cases:
        for item in contributions(case):
            if item.outstanding:
                late = item.overdue(today.on)
                asked = item.state == "requested"
                found.setdefault(item.agency, []).append((asked, late, item.requested_on))
    lines = [
        Outstanding(
            agency=today.register.name(agency),
            not_yet_requested=sum(not asked for asked, _, _ in items),
            requested=sum(asked for asked, _, _ in items),
            overdue=sum(late for _, late, _ in items),
            waiting_since=min((on for _, _, on in items if on), default=None),
        )
        for agency, items in found.items()
    ]
    return tuple(sorted(lines, key=lambda o: (-o.overdue, -o.requested, o.agency)))
