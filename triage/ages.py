"""A child's age in words, on the day seen or, where there is one, on the day of death."""

from __future__ import annotations

from datetime import date, timedelta

from triage.current import answered
from triage.plain_words import counted
from triage.sin_form import Row
from triage.values.when import Age, first_day

MONTHS_UNTIL_YEARS = 2
WEEKS_UNTIL_MONTHS = 3


def age_in_words(child: Row, on: date) -> str:
    """'4 years'; months under two years, weeks under three months; 'unborn', 'not known'."""
    born, died = child.get("date_of_birth"), child.get("date_of_death")
    value = born.value if born else None
    if isinstance(value, Age):
        return counted(value.count, value.unit.rstrip("s"))
    day = first_day(value)
    if day is None:
        return "unborn" if answered(child.get("expected_delivery_date")) else "not known"
    end = first_day(died.value) if died else None
    return _between(day, end or on)


def _between(born: date, on: date) -> str:
    if born > on:
        return "unborn"
    months = (on.year - born.year) * 12 + on.month - born.month - (on.day < born.day)
    if months >= MONTHS_UNTIL_YEARS * 12:
        return counted(months // 12, "year")
    if months >= WEEKS_UNTIL_MONTHS:
        return counted(months, "month")
    return counted((on - born) // timedelta(weeks=1), "week")
