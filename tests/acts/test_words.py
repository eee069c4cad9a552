"""What `tscp case` says of clocks and contributions."""

from __future__ import annotations

from datetime import timedelta

from cases import RECEIVED, a_case, decided, seen_on, told

from triage.contributions import contributions
from tscp.commands.words import case_words

DUE = RECEIVED + timedelta(days=9)


def test_a_met_clock_keeps_its_name_and_a_contributions_says_whose() -> None:
    facts = (told("hv", "requested", due_on=DUE), told("gp", "requested", due_on=DUE),
             told("gp", "received"))  # fmt: skip
    case = a_case(notifications=(decided(True, sent_on=RECEIVED),), contributions=facts)
    said = " ".join(" ".join(case_words(case, seen_on())).split())
    assert "notification met on 2026-03-04" in said
    assert "contribution met on 2026-03-04, GP practice" in said
    assert "contribution due Fri 13 Mar (7 working days), Health visiting" in said


def test_an_agency_that_staff_asked_did_not_tell_us_itself() -> None:
    facts = (told("gp", "requested"), told("hv", "received"), told("housing", "expected"))
    why = {item.agency: item.why_expected for item in contributions(a_case(contributions=facts))}
    assert why["gp"] == "asked by staff"
    assert why["hv"] == "told us itself"
    assert why["housing"] == "added by staff"
