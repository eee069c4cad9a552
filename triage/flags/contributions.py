"""Flags about what the agencies have and have not told."""

from __future__ import annotations

from collections.abc import Sequence

from triage.case import Case
from triage.contributions import contributions
from triage.flags.flag import Flag
from triage.plain_words import day_in_words
from triage.today import Today
from triage.working_days import london_day


def missing(case: Case, today: Today) -> Sequence[Flag]:
    """An expected contribution has not come; it stands from filing on."""
    out = []
    for item in contributions(case):
        if item.outstanding:
            asked = f"requested on {day_in_words(item.requested_on)}" if item.requested_on else ""
            why = f"{today.register.name(item.agency)}: {asked or 'not yet requested'}"
            since = item.requested_on or london_day(case.received_at)
            out.append(Flag("contribution missing", why, since))
    return out


def overdue(case: Case, today: Today) -> Sequence[Flag]:
    """A requested contribution's due date has passed."""
    return [
        Flag(
            "contribution overdue",
            f"{today.register.name(item.agency)}: was due {day_in_words(item.due_on)}",
            item.due_on,
        )
        for item in contributions(case)
        if item.overdue(today.on) and item.due_on is not None
    ]
