"""Working days in England: Monday to Friday less bank holidays.

Source: statutory clocks of Working Together run in working days; day 0 is the day of the event
itself, so a referral on a Saturday has Monday as day 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def london_day(moment: datetime) -> date:
    """The calendar day in London at an aware moment; the only way a time becomes a date."""
    return moment.astimezone(LONDON).date()


@dataclass(frozen=True, slots=True)
class Calendar:
    """Knows England's bank holidays (dates handed in, see tscp/compose.py)."""

    holidays: frozenset[date]

    def is_working(self, day: date) -> bool:
        """Monday to Friday and no bank holiday."""
        return day.weekday() < 5 and day not in self.holidays

    def add(self, day: date, working_days: int) -> date:
        """The n-th working day after `day` (n >= 0; 0 gives `day` itself, whatever it is)."""
        while working_days > 0:
            day += timedelta(days=1)
            working_days -= self.is_working(day)
        return day

    def count(self, after: date, up_to: date) -> int:
        """Working days after one day up to and including another; negative the other way."""
        if up_to < after:
            return -self.count(up_to, after)
        weeks, rest = divmod((up_to - after).days, 7)
        tail = [up_to - timedelta(days=n) for n in range(rest)]
        off = sum(after < day <= up_to and day.weekday() < 5 for day in self.holidays)
        return weeks * 5 + sum(day.weekday() < 5 for day in tail) - off
