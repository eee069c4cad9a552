"""What another agency's copy of the form answers otherwise stands beside the referrer's answer."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from cases import AT, RECEIVED, a_case, a_filed, a_sin_form, seen_on

from triage.beside import said_beside
from triage.case import Case, Correction
from triage.clocks import clocks
from triage.decision import on_local_path
from triage.flags import flags
from triage.queue import is_urgent
from tscp import as_json
from tscp.commands.words import case_words
from tscp.web.answers import sections

LATER = AT + timedelta(days=1)


def returned(first: dict[str, Any], by_police: dict[str, Any], **fields: Any) -> Case:
    """A referral, and the form as the police sent it back."""
    kind: dict[str, Any] = {"message": "M-000002", "kind": "contribution", "agency": "gmp"}
    back = a_filed(a_sin_form(**by_police), LATER, **kind)
    return a_case(mails=(a_filed(a_sin_form(**first)), back), **fields)


def whys(case: Case, name: str) -> list[str]:
    """Why the flags of that name stand."""
    today = seen_on(RECEIVED + timedelta(days=3))
    return [flag.why for flag in flags(case, today) if flag.name == name]


def test_another_agencys_graver_answer_stands_beside_and_is_flagged() -> None:
    case = returned({"outcome_for_child": "serious harm"}, {"outcome_for_child": "death"})
    answer = as_json.case(case, seen_on())["answers"]["outcome_for_child"]
    (other,) = answer["others"]
    assert (answer["value"], other["value"], other["by"]) == ("serious harm", "death", "gmp")
    assert (other["message"], other["at"]) == ("M-000002", as_json.moment(LATER))
    (why,) = whys(case, "answers disagree")
    assert why.startswith("outcome for the child: another agency")


@pytest.mark.parametrize(("key", "mild", "grave"), [
    ("outcome_for_child", "near miss", "death"), ("abuse_or_neglect", "no", "known"),
])  # fmt: skip
def test_no_clock_is_absent_by_an_answer_that_another_agency_gives_graver(
    key: str, mild: str, grave: str
) -> None:
    case = returned({key: mild}, {key: grave})
    assert "notification" in {clock.name for clock in clocks(case, seen_on())}
    assert not on_local_path(case, 0.95)
    sure = Correction(key, mild, mild, LATER + timedelta(days=1), "sam", over=mild)
    case = returned({key: mild}, {key: grave}, corrections=(sure,))
    assert "notification" not in {clock.name for clock in clocks(case, seen_on())}
    assert not whys(case, "answers disagree")
    assert said_beside(case)[key][0].settled


def test_another_agencys_yes_to_other_children_at_risk_is_urgent() -> None:
    key = "other_children_at_risk"
    case = returned({key: "no"}, {key: "yes"})
    assert is_urgent(case, seen_on())
    assert whys(case, "answers disagree")
    assert not is_urgent(returned({key: "no"}, {key: "no"}), seen_on())


def test_the_case_page_shows_another_agencys_answer_under_the_referrers() -> None:
    case = returned({"outcome_for_child": "serious harm"}, {"outcome_for_child": "death"})
    shown = [a for part in sections(case, seen_on()) for a in part.answers if a.others]
    (answer,) = shown
    (other,) = answer.others
    assert (answer.value, other.value) == ("Serious harm", "Death")
    assert (other.by, other.message) == ("Greater Manchester Police", "M-000002")
    assert "says death ← 2026-03-05, M-000002" in "\n".join(case_words(case, seen_on()))


def test_what_a_copy_repeats_of_an_earlier_form_is_not_the_agencys_answer() -> None:
    case = returned({"incident_place": "at home"}, {"incident_place": "at  Home"})
    assert not said_beside(case)
    first, back = case.mails
    newer = a_filed(a_sin_form(incident_place="in a park"), AT, kind="revised referral")
    assert not said_beside(a_case(mails=(first, newer, back)))
    other = returned({"incident_place": "at home"}, {"incident_place": "in a park"})
    assert said_beside(other)
    assert not whys(other, "answers disagree")
