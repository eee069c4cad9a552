"""Flags about days: due soon, overdue, and clocks whose start had to be assumed."""

from __future__ import annotations

from collections.abc import Sequence

from triage.case import Case
from triage.clocks import Clock, clocks
from triage.flags.flag import Flag
from triage.plain_words import day_in_words
from triage.today import Today
from triage.working_days import london_day

SOON = 3
"""Working days left from which a clock is 'due soon'."""


def notification_due(case: Case, today: Today) -> Sequence[Flag]:
    """The LA's notification to the National Panel is due soon, or overdue."""
    return _due(case, today, "notification")


def rapid_review_due(case: Case, today: Today) -> Sequence[Flag]:
    """The rapid review is due with the National Panel soon, or overdue."""
    return _due(case, today, "rapid review")


def _due(case: Case, today: Today, name: str) -> Sequence[Flag]:
    return [
        flag
        for clock in clocks(case, today)
        if clock.name == name and clock.met_on is None
        for flag in _near(clock, today)
    ]


def _near(clock: Clock, today: Today) -> Sequence[Flag]:
    due = f"due {day_in_words(clock.due_on)}"
    if clock.overdue(today.on):
        return [Flag(f"{clock.name} overdue", due, clock.due_on, "urgent")]
    if clock.days_left(today) <= SOON:
        return [Flag(f"{clock.name} due soon", due, today.on)]
    return []


def start_assumed(case: Case, today: Today) -> Sequence[Flag]:
    """A clock runs from a day nobody stated."""
    assumed = {clock.assumed: clock for clock in clocks(case, today) if clock.assumed}
    since = london_day(case.received_at)
    return [
        Flag("clock start assumed", f"{clock.start_event}: {why}", since)
        for why, clock in assumed.items()
    ]
