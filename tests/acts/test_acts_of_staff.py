"""What staff do to a case: it is kept with who did it, and takes the case into triage."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from cases import RECEIVED, seen_on

from storage import audit
from storage.cases import queue_page
from storage.database import reading
from triage.case import Case
from triage.clocks import clocks
from triage.contributions import contributions
from tscp.acts.accounts import add_account
from tscp.acts.assign import assign
from tscp.acts.contribute import contribute
from tscp.acts.decide import record_notification, record_partners_told
from tscp.acts.desk import Desk, Refused
from tscp.acts.look import see_case, see_message, see_queue, see_register

REF, TODAY = "TSCP-2026-0001", RECEIVED + timedelta(days=1)
TOMORROW = TODAY + timedelta(days=1)
ACTS: list[tuple[str, Callable[[Desk], Case]]] = [
    ("assigned", lambda d: assign(d, REF, "kim", "sam")),
    ("contribution requested: gmp", lambda d: contribute(d, REF, "sam", "Police", "requested")),
    ("notification recorded: no", lambda d: record_notification(d, REF, "sam", False)),
    ("partners told recorded", lambda d: record_partners_told(d, REF, "sam", RECEIVED)),
]


@pytest.mark.parametrize(("said", "act"), ACTS, ids=[row[0] for row in ACTS])
def test_any_act_takes_a_received_case_into_triage_once_and_is_audited(
    filed: Desk, said: str, act: Callable[[Desk], Case]
) -> None:
    case = act(filed)
    assert (case.state, [move.by for move in case.moves]) == ("triage", ["sam"])
    again = act(filed)
    assert (len(again.moves), again.version) == (1, case.version + 1)
    assert see_case(filed, REF, "kim") == again
    with reading(filed.engine) as session:
        rows = audit.about(session, REF)
    assert ("sam", said) in [(actor, act) for _, actor, act in rows]


REFUSED: list[tuple[str, Callable[[Desk], Any], str]] = [
    ("a case", lambda d: assign(d, "TSCP-2026-9999", "kim", "sam"), "TSCP-2026-0042"),
    ("an agency", lambda d: contribute(d, REF, "s", "Martians", "received"), "csc gmp icb"),
    ("a state", lambda d: contribute(d, REF, "s", "gmp", "lost"), "not known to us"),  # type: ignore[arg-type]
    ("tomorrow", lambda d: contribute(d, REF, "s", "gmp", "received", TOMORROW), "future"),
    ("sent, not decided", lambda d: record_notification(d, REF, "s", False, None, TODAY), "yes"),
    ("sent tomorrow", lambda d: record_notification(d, REF, "s", True, None, TOMORROW), "future"),
    ("told tomorrow", lambda d: record_partners_told(d, REF, "s", TOMORROW), "future"),
    ("seen before it came", lambda d: see_case(d, REF, "s", RECEIVED - timedelta(days=1)), "after"),
    ("a message", lambda d: see_message(d, "M-77", "s"), "M-000123"),
    ("a role", lambda d: add_account(d, "kim", "boss", "x" * 12, "s"), "business support"),
    ("a short password", lambda d: add_account(d, "kim", "manager", "x" * 11, "s"), "12"),
    ("a name of spaces", lambda d: add_account(d, " ", "manager", "x" * 12, "s"), "1 to 64"),
]


@pytest.mark.parametrize(("what", "act", "right"), REFUSED, ids=[row[0] for row in REFUSED])
def test_what_cannot_be_is_refused_with_what_would_be_right_and_changes_nothing(
    filed: Desk, what: str, act: Callable[[Desk], Any], right: str
) -> None:
    before = see_case(filed, REF, "kim")
    with pytest.raises(Refused, match=right):
        act(filed)
    assert see_case(filed, REF, "kim") == before


def test_a_requests_due_day_is_fixed_when_it_is_made(filed: Desk) -> None:
    contribute(filed, REF, "sam", "gmp", "requested", RECEIVED)
    record_notification(filed, REF, "sam", False)
    case = contribute(filed, REF, "sam", "icb", "requested", RECEIVED)
    due = {item.agency: item.due_on for item in contributions(case)}
    assert (due["gmp"], due["icb"]) == (date(2026, 3, 13), date(2026, 3, 18))


def test_a_decision_is_dated_today_or_when_it_was_sent(filed: Desk) -> None:
    case = record_notification(filed, REF, "sam", True, sent_on=RECEIVED, panel_reference="P/1")
    assert case.notification is not None
    assert (case.notification.on, case.notification.panel_reference) == (RECEIVED, "P/1")
    met = {clock.name: clock.met_on for clock in clocks(case, seen_on())}
    assert met["notification"] == met["tell partners"] == RECEIVED
    undated = record_notification(filed, REF, "sam", False)
    assert undated.notification is not None
    assert undated.notification.on == TODAY


def test_a_case_can_be_taken_from_whoever_has_it(filed: Desk) -> None:
    assert assign(filed, REF, "kim", "sam").assigned_to == "kim"
    assert assign(filed, REF, "-", "sam").assigned_to is None


def test_the_queue_from_its_columns_is_the_queue_reckoned_anew(filed: Desk) -> None:
    contribute(filed, REF, "sam", "gmp", "requested", RECEIVED)
    assert list(see_queue(filed, "sam")) == list(see_queue(filed, "sam", TODAY))
    assert list(see_queue(filed, "sam", RECEIVED - timedelta(days=1))) == []
    (then,) = see_queue(filed, "sam", RECEIVED)
    assert (then.state, then.not_yet_requested) == ("received", 2)
    with reading(filed.engine) as session:
        assert [c.reference for c in queue_page(session, filed.keys, 50)] == [REF]
        assert queue_page(session, filed.keys, 50, 1) == []


def test_every_look_is_written_down(filed: Desk) -> None:
    see_case(filed, REF, "kim")
    list(see_queue(filed, "kim"))
    with see_register(filed, "kim") as lines:
        assert [line.id for line in lines] == ["M-000001"]
    see_message(filed, "M-000001", "kim")
    with reading(filed.engine) as session:
        seen = [act for _, actor, act, _ in audit.page(session, 10) if actor == "kim"]
    assert seen == ["message seen", "register seen", "queue seen", "case seen"]


def test_everything_wrong_is_told_at_once(filed: Desk) -> None:
    with pytest.raises(Refused) as of_contribution:
        contribute(filed, "TSCP-2026-9999", "sam", "xyz", "banana", TOMORROW)  # type: ignore[arg-type]
    said = str(of_contribution.value)
    assert all(words in said for words in ("TSCP-2026-9999", "'xyz'", "'banana'", "future"))
    with pytest.raises(Refused) as of_record:
        record_notification(filed, REF, "sam", None, TOMORROW, TOMORROW)
    said = str(of_record.value)
    assert all(words in said for words in ("--decided yes", "--decided-on", "--sent-on"))


@pytest.mark.parametrize(
    ("called", "agency"),
    [("Ashbrindle High School", "education"), ("the police (GMP)", "gmp"), ("GP", "gp")],
)
def test_an_agency_is_meant_by_what_forms_call_it(filed: Desk, called: str, agency: str) -> None:
    case = contribute(filed, REF, "sam", called, "requested")
    assert case.contributions[-1].agency == agency


def test_a_name_that_fits_two_agencies_means_none(filed: Desk) -> None:
    with pytest.raises(Refused, match="no agency"):
        contribute(filed, REF, "sam", "the school and the GP practice", "requested")


def test_a_case_is_given_to_an_account_that_sees_cases(filed: Desk) -> None:
    assert assign(filed, REF, "anybody", "sam").assigned_to == "anybody"
    add_account(filed, "ann", "manager", "a long pass phrase", "root")
    add_account(filed, "adi", "administrator", "a long pass phrase", "root")
    assert assign(filed, REF, "ann", "sam").assigned_to == "ann"
    for name in ("nobody", "adi"):
        with pytest.raises(Refused, match=f"no account '{name}' that sees cases; there are: ann"):
            assign(filed, REF, name, "sam")
