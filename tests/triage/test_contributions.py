"""Who is expected to contribute, how each contribution stands, and what is counted."""

from __future__ import annotations

from datetime import date

import pytest
from cases import RECEIVED, a_case, a_filed, a_sin_form, seen_on, told

from triage.case import Case
from triage.contributions import Contribution, contributions
from triage.looking_back import as_of
from triage.queue import queue_entry


def standing(case: Case) -> dict[str, Contribution]:
    """The contributions by agency."""
    return {item.agency: item for item in contributions(case)}


def counts(case: Case) -> tuple[int, int, int]:
    """received, expected, not yet requested, as in the interface."""
    entry = queue_entry(case, seen_on())
    return entry.contributions_received, entry.contributions_expected, entry.not_yet_requested


def test_the_partners_the_referrer_and_the_agencies_said_to_know_the_family_are_expected() -> None:
    said = [
        {"agency": "hv", "known": "yes", "involvement": "Sees the family weekly."},
        {"agency": "nwas", "known": "no"},
        {"agency": "housing", "known": "unknown"},
        {"agency": "gmp", "known": "no"},
    ]
    found = standing(a_case(a_sin_form(agencies=said)))
    assert list(found) == ["csc", "gmp", "icb", "tgicft", "hv"]
    assert {a: item.state for a, item in found.items() if item.state != "expected"} == {
        "tgicft": "received"
    }


def test_the_referral_is_the_referrers_contribution_with_message_and_document() -> None:
    mail = a_filed(a_sin_form(), documents=("document 1.docx",))
    item = standing(a_case(mails=(mail,)))["tgicft"]
    assert (item.received_on, item.messages, item.documents) == (
        RECEIVED,
        ("M-000001",),
        ("document 1.docx",),
    )


def test_a_partner_that_refers_is_received_and_a_case_without_a_form_asks_the_partners() -> None:
    assert standing(a_case(a_sin_form(referrer_agency="gmp")))["gmp"].state == "received"
    empty = a_case(mails=(a_filed(None),))
    assert [item.state for item in contributions(empty)] == ["expected"] * 3


def test_staff_add_an_agency_and_take_one_out_of_the_count() -> None:
    assert counts(a_case()) == (1, 4, 3)
    assert counts(a_case(contributions=(told("vol", "expected", why="worked with him"),))) == (
        1,
        5,
        4,
    )
    assert counts(a_case(contributions=(told("icb", "not applicable"),))) == (1, 3, 2)


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("requested", (1, 4, 2)),
        ("received", (2, 4, 2)),
        ("not known to us", (2, 4, 2)),
        ("declined", (2, 4, 2)),
        ("not applicable", (1, 3, 2)),
    ],
)
def test_each_state_counts_as_the_interface_says(
    state: str, expected: tuple[int, int, int]
) -> None:
    assert counts(a_case(contributions=(told("gmp", state),))) == expected


def test_a_second_contribution_is_added_to_the_first() -> None:
    facts = (
        told("gmp", "received", date(2026, 3, 5), message="M-000002", documents=("document 1",)),
        told("gmp", "received", date(2026, 3, 9), message="M-000003", documents=("document 2",)),
    )
    item = standing(a_case(contributions=facts))["gmp"]
    assert (item.received_on, item.messages, item.documents) == (
        date(2026, 3, 5),
        ("M-000002", "M-000003"),
        ("document 1", "document 2"),
    )


DAY = {n: date(2026, 3, n) for n in range(1, 31)}


@pytest.mark.parametrize(
    ("state", "facts"),
    [
        pytest.param("requested", [("received", 5), ("requested", 9)], id="asked again"),
        pytest.param("received", [("requested", 9), ("received", 5)], id="found to be here before"),
        pytest.param("received", [("received", 9), ("requested", 5)], id="the asking noted late"),
        pytest.param("expected", [("requested", 5), ("expected", 5)], id="taken back"),
        pytest.param("declined", [("not applicable", 9), ("declined", 8)], id="the last word"),
        pytest.param("received", [("not known to us", 5), ("received", 9)], id="more was found"),
    ],
)
def test_the_state_is_what_was_learned_last(state: str, facts: list[tuple[str, int]]) -> None:
    case = a_case(contributions=tuple(told("gmp", what, DAY[on]) for what, on in facts))
    assert standing(case)["gmp"].state == state


def test_overdue_begins_the_day_after_the_due_day_and_ends_when_it_comes() -> None:
    asked = told("gmp", "requested", due_on=DAY[13])
    item = standing(a_case(contributions=(asked,)))["gmp"]
    assert [item.overdue(day) for day in (DAY[13], DAY[14])] == [False, True]
    came = standing(a_case(contributions=(asked, told("gmp", "received", DAY[20]))))["gmp"]
    assert not came.overdue(DAY[20])


def test_seen_on_an_earlier_day_what_came_later_is_still_awaited() -> None:
    facts = (told("gmp", "requested", DAY[5], due_on=DAY[16]), told("gmp", "received", DAY[9]))
    states = []
    for day in (4, 5, 8, 9):
        then = as_of(a_case(contributions=facts), DAY[day])
        assert then is not None
        states.append(standing(then)["gmp"].state)
    assert states == ["expected", "requested", "requested", "received"]
