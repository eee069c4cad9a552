"""Which agencies are to be asked, and asked again, and when a letter to one is no longer wanted.

A request stands ready from filing on; chasers follow the clocks of config/clocks.toml, counted
in working days from the request. Silence is never an answer, and an answer ends the asking.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from triage.case import ENDED, Case
from triage.contributions import Contribution, contributions
from triage.decision import on_local_path
from triage.letters import SHADOW, Letter
from triage.today import ClockRule, Policy, Today

STEPS = (("chaser", "chaser"), ("second chaser", "chaser"), ("escalation", "escalation"))
"""Clock that makes a reminder due, in order, and the kind of letter it is."""
AFTER_PANEL = frozenset({"at panel", "decided", "review under way"})
"""States in which agencies are no longer asked for the panel's sake by themselves."""


def letters_due(case: Case, today: Today) -> list[Letter]:
    """Requests and reminders that are due on a case and not made yet.

    An agency without a contact in the register gets none: the contribution stays 'not yet
    requested' for staff to see. For a case from before letters went live nothing is drafted:
    its agencies were asked by hand.
    """
    live = today.letters.live_from
    if live is not None and case.received_at < live:
        return []
    made = {letter.key for letter in case.letters}
    return [letter for letter in _due(case, today) if letter.key not in made]


def _due(case: Case, today: Today) -> Iterator[Letter]:
    if case.state in ENDED or case.state in AFTER_PANEL:
        return
    for item in contributions(case):
        if not item.outstanding:
            continue
        if item.state == "expected":
            yield from _letter(case, item, "request", "request", today)
        elif item.requested_on is not None:
            yield from _reminder(case, item, today)


def _reminder(case: Case, item: Contribution, today: Today) -> Iterator[Letter]:
    """The latest reminder that is due: one asked for late does not bring the earlier ones too."""
    assert item.requested_on is not None
    due = [
        (clock, kind)
        for clock, kind in STEPS
        if today.calendar.add(item.requested_on, days(today.clocks[clock], case, today)) <= today.on
    ]
    for clock, kind in due[-1:]:
        yield from _letter(case, item, clock, kind, today)


def _letter(case: Case, item: Contribution, step: str, kind: str, today: Today) -> Iterator[Letter]:
    policy: Policy = getattr(today.letters, kind)
    to = today.register.contact(item.agency, manager=kind == "escalation")
    if policy == "never" or not to:
        return
    asked = item.requested_on.isoformat() if item.requested_on else ""
    live = today.letters.live_from
    alone = policy == "automatically" and live is not None
    yield Letter(
        kind=kind,
        to=to,
        agency=item.agency,
        state="waiting" if alone else "draft",
        why="" if alone else SHADOW if live is None else "a person sends it",
        key=f"{step} {case.reference} {item.agency} {asked}".strip(),
    )


def days(rule: ClockRule, case: Case, today: Today) -> int:
    """How many working days a clock has on this case: the local path may have others."""
    local = rule.local_days is not None and on_local_path(case, today.ask_below)
    return rule.local_days if local and rule.local_days is not None else rule.days


def due_on(case: Case, today: Today, requested_on: date) -> date:
    """When a contribution asked for on this day is due: later on the local path."""
    return today.calendar.add(requested_on, days(today.clocks["contribution"], case, today))


def no_longer_wanted(kind: str, agency: str | None, key: str, case: Case, today: Today) -> str:
    """Why a letter to an agency should not leave any more; '' if it should."""
    if case.state in ENDED:
        return f"the case is '{case.state}'"
    standing = {item.agency: item for item in contributions(case)}
    item = standing.get(agency or "")
    if item is None or not item.outstanding:
        return f"the agency's contribution is '{item.state}'" if item else "no longer expected"
    if kind == "request" and item.state == "requested":
        return "the agency has been asked already"
    wanted = [letter.key for letter in _due(case, today) if letter.agency == agency]
    if key and key not in wanted:
        return "a later letter takes its place, or it was asked anew"
    return ""
