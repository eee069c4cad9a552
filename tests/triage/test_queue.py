"""The queue's order, and what one line of it says without a name."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from cases import (
    AT,
    RECEIVED,
    TILLY,
    UNREADABLE,
    a_case,
    a_filed,
    a_row,
    a_sin_form,
    an_answer,
    seen_on,
    told,
)

from triage.ages import age_in_words
from triage.case import Assignment, MailFlag, Move
from triage.queue import queue_entry
from triage.values.when import Age, Period, Roughly

BORN = date(2024, 2, 29)


def test_risk_comes_first_then_what_is_due_soonest_then_what_came_first() -> None:
    overdue = a_sin_form(la_aware_date=date(2026, 2, 2), incident_date=date(2026, 2, 1))
    near_miss = {"outcome_for_child": "near miss"}
    cases = [
        a_case(a_sin_form(**near_miss, other_children_at_risk="yes"), reference="risk, no clock"),
        a_case(overdue, reference="overdue"),
        a_case(at=AT - timedelta(hours=1), reference="due, came first"),
        a_case(reference="due, a"),
        a_case(reference="due, b"),
        a_case(a_sin_form(**near_miss), at=AT - timedelta(days=9), reference="no clock"),
    ]
    entries = [queue_entry(case, seen_on()) for case in reversed(cases)]
    ordered = sorted(entries, key=lambda entry: entry.order)
    assert [entry.reference for entry in ordered] == [case.reference for case in cases]


@pytest.mark.parametrize(
    ("child", "on", "words"),
    [
        ({"date_of_birth": BORN}, date(2026, 2, 28), "23 months"),
        ({"date_of_birth": BORN}, date(2026, 3, 1), "2 years"),
        ({"date_of_birth": BORN}, date(2028, 2, 28), "3 years"),
        ({"date_of_birth": BORN}, date(2028, 2, 29), "4 years"),
        ({"date_of_birth": BORN}, date(2024, 5, 28), "12 weeks"),
        ({"date_of_birth": BORN}, date(2024, 5, 29), "3 months"),
        ({"date_of_birth": BORN}, date(2024, 3, 6), "0 weeks"),
        ({"date_of_birth": BORN}, date(2024, 3, 7), "1 week"),
        ({"date_of_birth": BORN}, date(2024, 2, 28), "unborn"),
        ({"date_of_birth": BORN, "date_of_death": date(2024, 8, 1)}, RECEIVED, "5 months"),
        ({"date_of_birth": Age(4, "years")}, RECEIVED, "4 years"),
        ({"date_of_birth": Age(1, "months")}, RECEIVED, "1 month"),
        ({"date_of_birth": Period(date(2016, 1, 1), date(2016, 1, 3))}, RECEIVED, "10 years"),
        ({"date_of_birth": Roughly("about 2016")}, RECEIVED, "not known"),
        ({"date_of_birth": an_answer(None, 0.4, "TBC")}, RECEIVED, "not known"),
        ({"expected_delivery_date": date(2026, 6, 1)}, RECEIVED, "unborn"),
        ({}, RECEIVED, "not known"),
    ],
)
def test_an_age_is_told_in_years_months_or_weeks(
    child: dict[str, Any], on: date, words: str
) -> None:
    assert age_in_words(a_row(**child), on) == words


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Tilly O'Testing-Smith", "T.O."),
        ("Baby SMITH", "B.S."),
        ("SAMPLE, Jo Anne", "J.S."),
        ("Élodie Ångström", "É.Å."),
        ("Cher", "C."),
        (None, "?"),
    ],
)
def test_a_line_shows_initials(name: str | None, letters: str) -> None:
    case = a_case(a_sin_form(({"child_name": name, "gender": "female"},)))
    assert queue_entry(case, seen_on()).initials == (letters,)


def test_a_line_says_what_stands_in_the_way_of_the_panel() -> None:
    unsure = a_sin_form(la_aware_date=None, incident_date=an_answer(RECEIVED, 0.5))
    flag = MailFlag("attachment unreadable", UNREADABLE.sentence())
    case = a_case(mails=(a_filed(unsure, flags=(flag,)),))
    assert queue_entry(case, seen_on()).in_the_way == (
        "3 contributions",
        "date the LA became aware",
        "to check: date of the incident",
        "an attachment that could not be read",
    )


def test_nothing_stands_in_the_way_once_all_have_told() -> None:
    facts = tuple(told(agency, "not known to us") for agency in ("csc", "gmp", "icb"))
    assert queue_entry(a_case(contributions=facts), seen_on()).in_the_way == ()


def test_a_line_shows_where_the_case_stands_and_who_has_it() -> None:
    moved = Move("received", "triage", AT, "sam", "assigned")
    given = Assignment("sam", AT, "sam")
    entry = queue_entry(a_case(moves=(moved,), assignments=(given,)), seen_on())
    assert (entry.state, entry.assigned_to, entry.urgent) == ("triage", "sam", False)
    assert (entry.ages, entry.outcome_for_child) == (("4 years",), "serious harm")
    nothing = a_sin_form((TILLY,), outcome_for_child=None)
    assert queue_entry(a_case(nothing), seen_on()).outcome_for_child is None
