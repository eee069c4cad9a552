"""From which day each clock runs, when it is due, what meets it and what ends it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from cases import (
    AWARE,
    INCIDENT,
    MAX,
    RECEIVED,
    TILLY,
    a_case,
    a_sin_form,
    an_answer,
    decided,
    seen_on,
    told,
)

from triage.case import Case, LetterFact, PartnersTold
from triage.clocks import Clock, clocks, la_aware, next_clock
from triage.decision import on_local_path, suggestion
from triage.values.when import Period, Roughly

NOTIFICATION = {"notification", "tell partners"}
LOOKED_AFTER = (TILLY | {"legal_status": "looked after"},)
CARE_LEAVER = (MAX | {"legal_status": "care leaver"},)


def by_name(case: Case, on: date = RECEIVED) -> dict[str, Clock]:
    """The clocks of a case; of several contributions the last."""
    return {clock.name: clock for clock in clocks(case, seen_on(on))}


def a_case_saying(children: Any = (TILLY,), **answers: Any) -> Case:
    """A case whose form answers so."""
    return a_case(a_sin_form(children, **answers))


def test_the_five_days_run_from_the_day_the_la_became_aware() -> None:
    clock = by_name(a_case())["notification"]
    assert (clock.starts_on, clock.due_on, clock.assumed) == (AWARE, date(2026, 3, 10), "")


@pytest.mark.parametrize(
    ("answers", "starts_on", "assumed"),
    [
        ({"la_aware_date": Period(date(2026, 3, 2), AWARE)}, date(2026, 3, 2), False),
        ({"la_aware_date": Roughly("early March", "2026-03")}, RECEIVED, True),
        ({"la_aware_date": None}, RECEIVED, True),
        ({"la_aware_date": an_answer(None, 0.4, "TBC")}, RECEIVED, True),
        (
            {"la_aware_date": None, "referrer_agency": "csc", "referral_date": INCIDENT},
            INCIDENT,
            True,
        ),
        ({"la_aware_date": None, "referral_date": INCIDENT}, RECEIVED, True),
        ({"la_aware_date": None, "panel_notified_on": AWARE}, AWARE, True),
        ({"la_aware_date": None, "panel_notified_on": date(2026, 3, 9)}, RECEIVED, True),
    ],
)
def test_awareness_comes_from_the_form_else_the_papers_else_the_receipt(
    answers: dict[str, Any], starts_on: date, assumed: bool
) -> None:
    day, why = la_aware(a_case_saying(**answers))
    assert (day, bool(why)) == (starts_on, assumed)


@pytest.mark.parametrize(
    ("runs", "children", "answers"),
    [
        (True, (TILLY,), {}),
        (True, (TILLY,), {"abuse_or_neglect": "unknown"}),
        (True, (TILLY,), {"abuse_or_neglect": None, "outcome_for_child": None}),
        (True, (TILLY,), {"outcome_for_child": "other"}),
        (False, (TILLY,), {"outcome_for_child": "near miss"}),
        (False, (TILLY,), {"abuse_or_neglect": "no"}),
        (True, (TILLY,), {"abuse_or_neglect": an_answer("no", 0.94)}),
        (True, (TILLY,), {"outcome_for_child": an_answer("near miss", 0.5)}),
        (True, LOOKED_AFTER, {"abuse_or_neglect": "no", "outcome_for_child": "death"}),
        (True, CARE_LEAVER, {"abuse_or_neglect": "no", "outcome_for_child": "death"}),
        (False, LOOKED_AFTER, {"abuse_or_neglect": "no"}),
    ],
)
def test_the_notification_clocks_run_unless_a_sure_answer_speaks_against_it(
    runs: bool, children: Any, answers: dict[str, Any]
) -> None:
    shown = set(by_name(a_case_saying(children, **answers)))
    assert shown & NOTIFICATION == (NOTIFICATION if runs else set())


def test_decided_no_ends_both_clocks_and_the_claimed_rapid_review() -> None:
    case = a_case(
        a_sin_form(panel_notified="yes", panel_notified_on=RECEIVED),
        notifications=(decided(False),),
    )
    assert set(by_name(case)) == {"acknowledgement"}


def test_decided_yes_runs_the_clocks_whatever_the_answers_suggest() -> None:
    form = a_sin_form(outcome_for_child="near miss")
    assert set(by_name(a_case(form, notifications=(decided(True),)))) >= NOTIFICATION


def test_a_later_yes_starts_again_what_a_no_had_ended() -> None:
    case = a_case(notifications=(decided(False), decided(True)))
    assert set(by_name(case)) >= NOTIFICATION


def test_sending_meets_the_notification_and_tells_the_partners_and_starts_the_review() -> None:
    sent = date(2026, 3, 6)
    found = by_name(a_case(notifications=(decided(True, sent_on=sent),)))
    assert [found[name].met_on for name in sorted(NOTIFICATION)] == [sent, sent]
    review = found["rapid review"]
    assert (review.starts_on, review.due_on, review.assumed) == (sent, date(2026, 3, 27), "")


def test_a_day_recorded_for_telling_the_partners_stands_before_the_sending() -> None:
    partners = PartnersTold(AWARE, datetime(2026, 3, 6, 12, tzinfo=UTC), "sam")
    notified = decided(True, sent_on=date(2026, 3, 6))
    found = by_name(a_case(notifications=(notified,), told=(partners,)))
    assert found["tell partners"].met_on == AWARE
    assert found["notification"].met_on == date(2026, 3, 6)


@pytest.mark.parametrize(
    ("answers", "starts_on"),
    [
        ({"panel_notified": "yes", "panel_notified_on": AWARE}, AWARE),
        ({"panel_notified_on": AWARE}, AWARE),
        ({"panel_notified": "no", "panel_notified_on": AWARE}, None),
        ({"panel_notified": "yes"}, None),
    ],
)
def test_a_form_that_claims_a_notification_starts_the_review_as_assumed(
    answers: dict[str, Any], starts_on: date | None
) -> None:
    found = by_name(a_case_saying(**answers))
    review = found.get("rapid review")
    assert (review and review.starts_on) == starts_on
    assert review is None or review.assumed
    assert found["notification"].met_on is None


def test_a_claimed_notification_gives_way_to_the_recorded_one() -> None:
    form = a_sin_form(panel_notified="yes", panel_notified_on=AWARE)
    recorded = decided(True, sent_on=date(2026, 3, 5))
    review = by_name(a_case(form, notifications=(recorded,)))["rapid review"]
    assert (review.starts_on, review.assumed) == (date(2026, 3, 5), "")


@pytest.mark.parametrize("state", ["received", "not known to us", "declined", "not applicable"])
def test_a_contribution_clock_keeps_its_due_day_and_is_met_by_any_end(state: str) -> None:
    asked = told("gmp", "requested", due_on=date(2026, 3, 13))
    ended = told("gmp", state, on=date(2026, 3, 9))
    case = a_case(a_sin_form(outcome_for_child="near miss"), contributions=(asked, ended))
    clock = by_name(case)["contribution"]
    assert (clock.agency, clock.starts_on) == ("gmp", RECEIVED)
    assert (clock.due_on, clock.met_on) == (date(2026, 3, 13), date(2026, 3, 9))


def test_asked_again_the_clock_is_met_by_what_came_after_that() -> None:
    days = [date(2026, 3, day) for day in (4, 9, 11, 16)]
    facts = [
        told("gmp", "requested", days[0], due_on=days[1]),
        told("gmp", "received", days[1]),
        told("gmp", "requested", days[2], due_on=days[3]),
        told("gmp", "received", days[3]),
    ]
    clock = by_name(a_case(contributions=tuple(facts)))["contribution"]
    assert (clock.starts_on, clock.met_on) == (days[2], days[3])


def test_a_request_taken_back_runs_no_clock() -> None:
    asked = told("gmp", "requested", due_on=date(2026, 3, 13))
    assert "contribution" not in by_name(a_case(contributions=(asked, told("gmp", "expected"))))


def test_the_acknowledgement_is_met_by_its_sending_and_never_next() -> None:
    form = a_sin_form(outcome_for_child="near miss")
    assert next_clock(a_case(form), seen_on()) is None
    sent = LetterFact("L-1", "acknowledgement", "sent", a_case().received_at, "tgicft", NOON)
    assert by_name(a_case(form, letters=(sent,)))["acknowledgement"].met_on == RECEIVED


NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("due_on", "sent_on", "name"),
    [
        (date(2026, 3, 9), None, "contribution"),
        (date(2026, 3, 10), None, "notification"),
        (date(2026, 3, 26), date(2026, 3, 5), "rapid review"),
        (date(2026, 3, 20), date(2026, 3, 5), "contribution"),
    ],
)
def test_the_next_clock_is_the_earliest_unmet(
    due_on: date, sent_on: date | None, name: str
) -> None:
    asked = told("gmp", "requested", due_on=due_on)
    recorded = (decided(True, sent_on=sent_on),) if sent_on else ()
    clock = next_clock(a_case(contributions=(asked,), notifications=recorded), seen_on())
    assert clock is not None
    assert clock.name == name


@pytest.mark.parametrize(
    ("local", "answers", "notified"),
    [
        (False, {}, ()),
        (True, {"outcome_for_child": "near miss"}, ()),
        (False, {"outcome_for_child": an_answer("near miss", 0.6)}, ()),
        (False, {"criteria_met": "local learning"}, ()),
        (True, {"criteria_met": "local learning", "abuse_or_neglect": "unknown"}, ()),
        (True, {"criteria_met": "local learning", "abuse_or_neglect": "no"}, ()),
        (True, {"wants_local_learning": "yes", "abuse_or_neglect": "unknown"}, ()),
        (True, {}, (decided(False),)),
        (False, {"outcome_for_child": "near miss"}, (decided(True),)),
    ],
)
def test_the_local_path_is_decided_no_or_near_miss_or_local_learning_ticked(
    local: bool, answers: dict[str, Any], notified: tuple[Any, ...]
) -> None:
    case = a_case(a_sin_form(**answers), notifications=notified)
    assert on_local_path(case, 0.95) is local


def test_death_in_care_without_abuse_suggests_notification() -> None:
    form = a_sin_form(LOOKED_AFTER, abuse_or_neglect="no", outcome_for_child="death")
    assert suggestion(form, 0.95) == "notification"
