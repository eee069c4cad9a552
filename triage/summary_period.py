"""When a daily summary is due, and which time it covers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from triage.working_days import LONDON, Calendar, london_day

MOST_NAMED = 5
"""So many days without a summary are named; of more only their number is said."""


@dataclass(frozen=True, slots=True)
class Period:
    """The time one summary covers (UTC), and the working days in it on which none was sent."""

    since: datetime
    until: datetime
    missed: tuple[date, ...] = ()

    @property
    def said(self) -> str:
        """'Covers Fri 20 Nov 07:30 to Tue 24 Nov 09:12; none was sent on Mon 23 Nov.'"""
        covers = f"Covers {short_moment(self.since)} to {short_moment(self.until)}"
        if not self.missed:
            return f"{covers}."
        named = " and ".join(filter(None, (
            ", ".join(short_day(day) for day in self.missed[:-1]), short_day(self.missed[-1])
        )))  # fmt: skip
        if len(self.missed) > MOST_NAMED:
            named = f"{len(self.missed)} working days"
        return f"{covers}; none was sent on {named}."


def summary_due(now: datetime, at: time, calendar: Calendar, last: date | None) -> bool:
    """Whether a summary is to be made: a working day, from `at` in London on, none made yet today.

    `now` in any zone; `last`: the London day for which one was made last, None if never.
    """
    local = now.astimezone(LONDON)
    return calendar.is_working(local.date()) and local.time() >= at and last != local.date()


def period(last: datetime | None, now: datetime, at: time, calendar: Calendar) -> Period:
    """From the last summary that went out (None: from when one would have) until now, in UTC."""
    today = london_day(now)
    if last is None:
        first = datetime.combine(working_day_before(today, calendar), at, LONDON)
        return Period(first.astimezone(UTC), now)
    days = ((london_day(last) + timedelta(days=n)) for n in range(1, (now - last).days + 2))
    missed = tuple(day for day in days if day < today and calendar.is_working(day))
    return Period(last, now, missed)


def working_day_before(day: date, calendar: Calendar) -> date:
    """The last working day before this one."""
    day -= timedelta(days=1)
    while not calendar.is_working(day):
        day -= timedelta(days=1)
    return day


def short_day(day: date) -> str:
    """'Mon 23 Nov'."""
    return f"{day:%a} {day.day} {day:%b}"


def short_moment(moment: datetime) -> str:
    """'Mon 23 Nov 07:30', as clocks in London show it."""
    local = moment.astimezone(LONDON)
    return f"{short_day(local.date())} {local:%H:%M}"
