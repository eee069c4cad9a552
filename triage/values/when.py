"""When something happened, as forms say it: a day, a span, roughly, or by a child's age.

Dates on forms are calendar days in England; no time zone is attached to them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Day:
    """One calendar day; `at` is the time of day as HH:MM where the form gives one."""

    on: date
    at: str | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """From one day to another, both included ('between 3 and 5 March')."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Roughly:
    """Only approximately known; `month` is 'YYYY-MM' where at least the month is."""

    approx: str
    month: str | None = None


@dataclass(frozen=True, slots=True)
class Age:
    """An age given in place of a date of birth; `unit` is 'years', 'months', 'weeks' or 'days'."""

    count: int
    unit: str


When = Day | Period | Roughly | Age


def first_day(value: object) -> date | None:
    """The earliest calendar day a value allows, or None where it names no day."""
    if isinstance(value, Day):
        return value.on
    if isinstance(value, Period):
        return value.first
    return None
