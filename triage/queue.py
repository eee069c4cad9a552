"""A case's line in the triage queue, and the order of the queue.

Order: risk now first, then what is due soonest (so overdue comes first), then the earliest
received. A case without a clock stands behind those with one, never outside.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from triage.ages import age_in_words
from triage.case import Case
from triage.clocks import Clock, next_clock
from triage.contributions import ANSWERED, contributions
from triage.current import answered, current_form
from triage.flags import flags
from triage.flags.form import other_children_at_risk
from triage.panel import in_the_way
from triage.sin_form import SinForm
from triage.today import Today
from triage.values.names import initials


@dataclass(frozen=True, slots=True)
class QueueEntry:
    """What the queue shows of one case: initials and age, no names."""

    reference: str
    state: str
    initials: tuple[str, ...]
    ages: tuple[str, ...]
    outcome_for_child: str | None
    received_at: datetime
    urgent: bool
    next_clock: Clock | None
    contributions_received: int
    contributions_expected: int
    not_yet_requested: int
    flags: tuple[str, ...]
    in_the_way: tuple[str, ...]
    assigned_to: str | None

    @property
    def order(self) -> tuple[bool, date, datetime, str]:
        """Sorts the queue: smallest first."""
        due_on = self.next_clock.due_on if self.next_clock else date.max
        return (not self.urgent, due_on, self.received_at, self.reference)


def queue_entry(case: Case, today: Today) -> QueueEntry:
    """The line of one case, as seen on that day."""
    form, raised, told = current_form(case), flags(case, today), contributions(case)
    outcome = form.answers.get("outcome_for_child")
    return QueueEntry(
        reference=case.reference,
        state=case.state,
        initials=tuple(_initials(form)),
        ages=tuple(age_in_words(child, today.on) for child in form.children),
        outcome_for_child=str(outcome.value) if outcome and answered(outcome) else None,
        received_at=case.received_at,
        urgent=is_urgent(case, today),
        next_clock=next_clock(case, today),
        contributions_received=sum(item.state in ANSWERED for item in told),
        contributions_expected=sum(item.state != "not applicable" for item in told),
        not_yet_requested=sum(item.state == "expected" for item in told),
        flags=tuple(dict.fromkeys(flag.name for flag in raised)),
        in_the_way=in_the_way(case, today),
        assigned_to=case.assigned_to,
    )


def is_urgent(case: Case, today: Today) -> bool:
    """Other children may be at risk now."""
    return bool(other_children_at_risk(case, today))


def _initials(form: SinForm) -> list[str]:
    names = [child.get("child_name") for child in form.children]
    return [initials(str(name.value)) if name and answered(name) else "?" for name in names]
