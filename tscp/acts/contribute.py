"""An agency's contribution as staff know it: requested, received, not known to us, …"""

from __future__ import annotations

from datetime import date, datetime

from triage.agency_names import meant
from triage.case import CONTRIBUTION_STATES, Case, ContributionFact, ContributionState
from triage.chasing import due_on
from triage.today import Today
from triage.working_days import london_day
from tscp.acts.change import change, refuse_all
from tscp.acts.desk import Desk


def contribute(
    desk: Desk,
    reference: str,
    user: str,
    agency: str,
    state: ContributionState,
    on: date | None = None,
    why: str = "",
    seen: int | None = None,
) -> Case:
    """Records how an agency's contribution stands; a request starts its clock.

    `on` is a London day, today if None. Raises Refused.
    """
    known = meant(agency, desk.register.aliases())
    day, today = on or london_day(desk.now()), london_day(desk.now())
    wrong = []
    if known is None:
        ids = " ".join(desk.register.agencies)
        wrong.append(f"no agency '{agency}' in the register; its ids are: {ids}")
    if state not in CONTRIBUTION_STATES:
        wrong.append(f"no state '{state}'; there are: {', '.join(CONTRIBUTION_STATES)}")
    if day > today:
        wrong.append(f"--on {day}: lies in the future")
    refuse_all(desk, reference, wrong)
    assert known is not None

    def fact(case: Case, today: Today, now: datetime) -> list[ContributionFact]:
        due = due_on(case, today, day) if state == "requested" else None
        return [ContributionFact(known, state, day, now, user, why, due_on=due)]

    return change(desk, reference, user, f"contribution {state}: {known}", fact, seen)
