"""A further incident is a case of its own, and no later form silently takes back a risk."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from cases import (
    ANSWERS,
    AT,
    INCIDENT,
    RECEIVED,
    a_case,
    a_filed,
    a_letter,
    a_paper,
    a_sin_form,
    an_answer,
    an_arrival,
    decided,
    seen_on,
)

from triage.case import Case, Correction
from triage.clocks import clocks
from triage.current import current_form
from triage.decision import on_local_path, telling_answers
from triage.filing import file
from triage.flags import flags
from triage.flags.flag import Flag
from triage.matching import Candidate
from triage.queue import is_urgent

STORY = ANSWERS["incident_summary"]
OTHER = "He fell from a window while nobody was at home."


def days_later(days: int) -> date:
    """A day after the first incident."""
    return INCIDENT + timedelta(days=days)


@pytest.mark.parametrize(
    ("changed", "body", "kind"),
    [
        ({"incident_date": days_later(4), "incident_summary": OTHER}, "", "new referral"),
        ({"incident_date": days_later(90), "incident_summary": OTHER}, "", "new referral"),
        ({"incident_date": days_later(2), "incident_summary": OTHER}, "", "revised referral"),
        ({"incident_date": days_later(9)}, "", "revised referral"),
        ({"incident_date": days_later(9), "incident_summary": f"{STORY} He is better."}, "",
         "revised referral"),
        ({"incident_summary": OTHER}, "", "revised referral"),
        ({"incident_date": days_later(2)}, "This is about a second incident.", "new referral"),
        ({"incident_date": days_later(1), "incident_summary": f"A further, separate incident: "
          f"{OTHER}"}, "", "new referral"),
        ({"incident_date": an_answer(days_later(9), 0.6), "incident_summary": OTHER}, "",
         "revised referral"),
        ({"incident_date": None, "incident_summary": OTHER}, "", "revised referral"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("thread", [False, True])
def test_another_day_with_another_story_is_a_further_incident(
    changed: dict[str, Any], body: str, kind: str, thread: bool
) -> None:
    mail = a_letter(body, sender="rita.referrer@tgh.nhs.uk")
    arrival = an_arrival(a_paper(a_sin_form(**changed)), mail=mail)
    outcome = file(arrival, [Candidate(a_case(), thread=thread)], seen_on())
    assert outcome.kind == kind
    related = [one.reference for one in outcome.filings[0].related]
    assert related == (["TSCP-2026-0001"] if kind == "new referral" else [])


def revised(*later: dict[str, Any], first: dict[str, Any] | None = None, **fields: Any) -> Case:
    """A case whose form came again, a day later each time."""
    mails = [a_filed(a_sin_form(**(first or {})))]
    for number, changed in enumerate(later, 1):
        at = AT + timedelta(days=number)
        mails.append(a_filed(a_sin_form(**changed), at, kind="revised referral"))
    return a_case(mails=tuple(mails), **fields)


def raised(case: Case, name: str) -> list[Flag]:
    """The flags of that name."""
    return [
        flag for flag in flags(case, seen_on(RECEIVED + timedelta(days=9))) if flag.name == name
    ]


@pytest.mark.parametrize(
    ("before", "later", "urgent", "asked"),
    [
        ("yes", ["no"], True, True),
        ("conflict", ["unknown"], True, True),
        ("yes", ["no", "yes"], True, False),
        ("no", ["no"], False, False),
        ("no", ["yes", "no"], True, True),
        ("yes", [None], True, False),
    ],
)
def test_urgency_stays_until_a_person_ends_it(
    before: str, later: list[str | None], urgent: bool, asked: bool
) -> None:
    case = revised(*({"other_children_at_risk": said} for said in later),
                   first={"other_children_at_risk": before})  # fmt: skip
    assert is_urgent(case, seen_on()) is urgent
    assert bool(raised(case, "answers disagree")) is asked


def test_a_correction_ends_it() -> None:
    said = Correction(
        "other_children_at_risk", "no", "no", AT + timedelta(days=2), "sam", over="yes"
    )
    case = revised(
        {"other_children_at_risk": "no"},
        first={"other_children_at_risk": "yes"},
        corrections=(said,),
    )
    assert not is_urgent(case, seen_on())
    assert not raised(case, "answers disagree")


@pytest.mark.parametrize(
    ("first", "later"),
    [
        ({"outcome_for_child": "death"}, {"outcome_for_child": "near miss"}),
        ({"abuse_or_neglect": "known"}, {"abuse_or_neglect": "no"}),
    ],
)
def test_an_outcome_taken_back_is_asked_about(first: dict[str, str], later: dict[str, str]) -> None:
    (flag,) = raised(revised(later, first=first), "answers disagree")
    assert flag.severity == "action"
    assert not raised(revised(first, first=later), "answers disagree")


@pytest.mark.parametrize(("key", "grave", "less"), [
    ("outcome_for_child", "serious harm", "near miss"), ("abuse_or_neglect", "known", "no"),
])  # fmt: skip
def test_no_clock_ends_by_a_lowered_answer_until_a_person_confirms_it(
    key: str, grave: str, less: str
) -> None:
    case = revised({key: less}, first={key: grave})
    assert "notification" in {clock.name for clock in clocks(case, seen_on())}
    assert not on_local_path(case, 0.95)
    confirmed = Correction(key, less, less, AT + timedelta(days=2), "sam", over=less)
    case = revised({key: less}, first={key: grave}, corrections=(confirmed,))
    assert "notification" not in {clock.name for clock in clocks(case, seen_on())}


DIED = {"outcome_for_child": "death"}
CALM = {"abuse_or_neglect": "no"}


@pytest.mark.parametrize("remembered", [True, False])
@pytest.mark.parametrize(
    ("first", "later", "again"),
    [
        ({}, DIED, True),
        (CALM, {"abuse_or_neglect": "known"}, True),
        ({}, {"incident_place": "at home"}, False),
        (CALM, CALM | {"incident_place": "at home"}, False),
    ],
)
def test_a_decision_not_to_notify_holds_for_the_answers_it_knew(
    first: dict[str, str], later: dict[str, str], again: bool, remembered: bool
) -> None:
    knew = telling_answers(current_form(revised(first=first)))
    record = decided(False, knew=knew if remembered else None)
    case = revised(later, first=first, notifications=(record,))
    assert bool(raised(case, "answers suggest notification")) is again
    running = {clock.name: clock for clock in clocks(case, seen_on())}
    assert ("notification" in running) is again
    if again:
        clock = running["notification"]
        assert clock.starts_on == RECEIVED + timedelta(days=1)
        assert "before the answers changed" in clock.assumed


def test_deciding_again_with_the_new_answers_settles_it() -> None:
    knew = telling_answers(current_form(revised(DIED)))
    later = decided(False, RECEIVED + timedelta(days=2), knew=knew)
    case = revised(DIED, notifications=(decided(False), later))
    assert not raised(case, "answers suggest notification")
    assert "notification" not in {clock.name for clock in clocks(case, seen_on())}
