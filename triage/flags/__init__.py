"""What a person should know about a case, why, and since when. Every rule, in order, is here.

A flag never hides a case, ranks a child or rejects a form; it points. Reasons carry no names.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from triage.case import Case
from triage.flags import clocks, contributions, form, mail, risk
from triage.flags.flag import Flag
from triage.today import Today

Rule = Callable[[Case, Today], Sequence[Flag]]

RULES: tuple[Rule, ...] = (
    form.other_children_at_risk,
    clocks.notification_due,
    clocks.rapid_review_due,
    clocks.start_assumed,
    form.notification_suggested,
    form.notification_not_suggested,
    form.lead_not_consulted,
    form.required_answers,
    form.uncertain_answers,
    form.dates_disagree,
    form.corrections_disputed,
    risk.lowered,
    risk.said_otherwise,
    form.birth_impossible,
    form.in_care,
    form.elsewhere,
    contributions.missing,
    contributions.overdue,
    mail.brought_by_mail,
    mail.related_cases,
)


def flags(case: Case, today: Today) -> tuple[Flag, ...]:
    """Every flag that stands on the case that day, in the order of RULES."""
    return tuple(flag for rule in RULES for flag in rule(case, today))
