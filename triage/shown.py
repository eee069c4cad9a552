"""Values in words for people: dates as '3 March 2026', lists with commas."""

from __future__ import annotations

from triage.evidence import Value
from triage.plain_words import counted, day_in_words
from triage.values.when import Age, Day, Period, Roughly


def shown_value(value: Value | None) -> str:
    """A value as a person would say it; '' for None."""
    match value:
        case None:
            return ""
        case Day(on, at):
            return f"{day_in_words(on)} at {at}" if at else day_in_words(on)
        case Period(first, last):
            return f"{day_in_words(first)} to {day_in_words(last)}"
        case Roughly(approx, _):
            return approx
        case Age(count, unit):
            return f"aged {counted(count, unit.rstrip('s'))}"
        case tuple():
            return ", ".join(value)
        case _:
            return value
