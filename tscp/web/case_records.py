"""What staff learned about a case: contributions, the decision to notify, the partners told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, cast

from fastapi.responses import Response

from triage.case import CONTRIBUTION_STATES, Case, ContributionState
from triage.contributions import contributions
from triage.today import Today
from tscp.acts.contribute import contribute
from tscp.acts.decide import record_notification, record_partners_told
from tscp.web.acting import FRESH, Attempt
from tscp.web.case_form import case_acted, form_page
from tscp.web.typed import Sent, Typed, Unclear
from tscp.web.visit import Here, Visit
from tscp.web.words import short_day

STATES: Sequence[tuple[str, str, str]] = (
    ("received", "Received", ""),
    ("not known to us", "Not known to us", "the agency answered that it does not know the family"),
    ("requested", "Requested", "asked by telephone or another mailbox; its due day runs from then"),
    ("declined", "Declined", "the agency answered that it will not contribute"),
    ("not applicable", "Not applicable", "it need not contribute to this case"),
    ("expected", "Expected", "it is to contribute and has not been asked yet"),
)
"""Every state of a contribution, the most used first."""


def ask_contribution(visit: Here, reference: str, agency: str = "") -> Response:
    """How an agency's contribution stands; `agency` is its id in the register."""
    return _contribution(visit, reference, FRESH, agency)


def record_agency(visit: Here, reference: str, typed: Sent) -> Response:
    """Records it."""
    desk = visit.desk

    def act() -> None:
        agency, state = typed.get("agency"), typed.get("state")
        if agency not in desk.register.agencies:
            raise Unclear("Choose the agency", "agency")
        if state not in CONTRIBUTION_STATES:
            raise Unclear("Choose how its contribution stands", "state")
        on = typed.day("on", "The day", desk.today().on)
        told = cast("ContributionState", state)
        why = typed.get("why")
        contribute(desk, reference, visit.name, agency, told, on, why, typed.version)

    def again(attempt: Attempt) -> Response:
        return _contribution(visit, reference, attempt, typed.get("agency"))

    return case_acted(visit, reference, typed, act, "contribution", again)


def _contribution(visit: Visit, reference: str, attempt: Attempt, agency: str) -> Response:
    def words(case: Case, today: Today) -> dict[str, Any]:
        there = [item.agency for item in contributions(case)]
        others = [one for one in today.register.agencies if one not in there]
        known = [one for one in there if one in today.register.agencies]
        return {
            "agencies": [(one, today.register.name(one)) for one in (*known, *others)],
            "agency": agency,
            "item": next((item for item in contributions(case) if item.agency == agency), None),
            "name": today.register.name(agency) if agency in today.register.agencies else "",
            "states": STATES,
            "today": short_day(today.on),
        }

    return form_page(visit, reference, "contribution.html", attempt, words)


def ask_notification(visit: Here, reference: str) -> Response:
    """Whether the LA decided to notify the National Panel, and when; and the partners."""
    return _notification(visit, reference, FRESH)


def record_decision(visit: Here, reference: str, typed: Sent) -> Response:
    """Records the decision."""

    def act() -> None:
        today = visit.desk.today().on
        decided = {"yes": True, "no": False}.get(typed.get("decided"))
        if decided is None:
            raise Unclear("Choose whether it was decided to notify", "decided")
        decided_on = typed.day("decided_on", "Decided on", today)
        sent_on = typed.day("sent_on", "Sent on", today)
        if sent_on is not None and not decided:
            raise Unclear("A notification that was sent was decided: choose yes", "decided")
        record_notification(
            visit.desk,
            reference,
            visit.name,
            decided,
            decided_on,
            sent_on,
            typed.get("panel_reference") or None,
            typed.get("why"),
            typed.version,
        )

    return _recorded(visit, reference, typed, act, "notification")


def record_told(visit: Here, reference: str, typed: Sent) -> Response:
    """Records when the LA told the other safeguarding partners."""

    def act() -> None:
        on = typed.day("told_on", "Told on", visit.desk.today().on)
        if on is None:
            raise Unclear("Say on which day they were told", "told_on")
        record_partners_told(visit.desk, reference, visit.name, on, typed.version)

    return _recorded(visit, reference, typed, act, "partners-told")


def _recorded(
    visit: Visit, reference: str, typed: Typed, act: Callable[[], None], done: str
) -> Response:
    return case_acted(
        visit, reference, typed, act, done, lambda a: _notification(visit, reference, a)
    )


def _notification(visit: Visit, reference: str, attempt: Attempt) -> Response:
    def words(case: Case, today: Today) -> dict[str, Any]:
        record = case.notification
        return {
            "record": record,
            "told": case.told[-1].on if case.told else None,
            "decided_on": short_day(record.on) if record else "",
            "sent_on": short_day(record.sent_on) if record and record.sent_on else "",
            "today": short_day(today.on),
        }

    return form_page(visit, reference, "notification.html", attempt, words)
