"""What stands in the way of the review panel, in words that can be pasted to a sender."""

from __future__ import annotations

from triage.case import Case
from triage.contributions import contributions
from triage.flags.form import missing_answers, uncertain_paths
from triage.flags.mail import brought_by_mail
from triage.plain_words import counted, question
from triage.today import Today

HOLD_UP = {
    "attachment unreadable": "an attachment that could not be read",
    "protected mail": "a protected attachment",
}


def in_the_way(case: Case, today: Today) -> tuple[str, ...]:
    """Each thing still to be had before the panel can look at the case; empty when ready."""
    outstanding = sum(item.outstanding for item in contributions(case))
    carried = {flag.name for flag in brought_by_mail(case, today)}
    return (
        *((counted(outstanding, "contribution"),) if outstanding else ()),
        *(question(path) for path in missing_answers(case)),
        *(f"to check: {question(path)}" for path in uncertain_paths(case, today)),
        *(words for name, words in HOLD_UP.items() if name in carried),
    )
