"""Flags that e-mails brought, and those about other cases."""

from __future__ import annotations

from collections.abc import Sequence

from triage.case import Case
from triage.flags.flag import Flag
from triage.today import Today
from triage.working_days import london_day


def brought_by_mail(case: Case, today: Today) -> Sequence[Flag]:
    """What was noted when a message was filed: unreadable or protected papers, its sender."""
    return [
        Flag(flag.name, f"{mail.message}: {flag.why}", london_day(mail.at))
        for mail in case.mails
        for flag in mail.flags
    ]


def related_cases(case: Case, today: Today) -> Sequence[Flag]:
    """Another case may be about the same child or incident; staff decide."""
    return [
        Flag(relation.flag, f"{relation.reference}: {relation.why}", london_day(relation.at))
        for relation in case.relations
        if relation.flag
    ]
