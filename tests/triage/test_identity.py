"""Is it the same child? Names and birthdays in many hands, and children who are only alike."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from cases import MAX, TILLY, a_row, a_sin_form
from hypothesis import given
from hypothesis import strategies as st

from triage.identity import (
    SURE,
    ChildKeys,
    compare,
    compare_children,
    days_apart,
    keys_of,
    named_in,
    same_referrer,
    searchable,
)
from triage.values.when import Period

BORN = date(2020, 3, 4)
LATER = date(2020, 9, 14)


def keys(name: str = "Jo Sample", born: date | None = BORN, nhs: str = "") -> ChildKeys:
    """A child's keys, as a form gives them."""
    return keys_of(a_row(child_name=name, date_of_birth=born, nhs_number=nhs or None))


@pytest.mark.parametrize(
    "written",
    ["04/03/2020", "4/3/2020", "4.3.20", "04-03-20", "4 March 2020", "4th March 2020",
     "4th of March, 2020", "04 Mar 2020", "4-Mar-20", "March 4, 2020", "March 4th 2020",
     "2020-03-04", "04032020", "4 / 3 / 2020", "4 march '20", "04\\03\\2020"],
)  # fmt: skip
def test_a_birthday_is_found_however_it_is_written(written: str) -> None:
    text = searchable(f"Re: SAMPLE, Jo (DOB {written}). We know the family.")
    assert named_in(text, keys()) == "the child's name and date of birth"


@pytest.mark.parametrize(
    "written",
    ["04/03/2019", "4/3/2012", "14/3/2020", "4/3/20201", "4/13/2020", "24 March 2020",
     "4 May 2020", "3 April 2020", "March 2020", "4 March", "2020-03-05", ""],
)  # fmt: skip
def test_another_day_is_not_the_birthday(written: str) -> None:
    assert named_in(searchable(f"Jo Sample, {written}, seen at home"), keys()) == ""


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Aoife O'Brien", "Aoife O’Brien"),
        ("Aoife O’Brien", "AOIFE O BRIEN"),
        ("Aoife O Brien", "Aoife OBrien"),
        ("Aoife O`Brien", "Aoife O'Brien"),
        ("Ann-Marie Test-Smith", "Ann Marie Test Smith"),
        ("Ann Marie Test Smith", "TEST-SMITH, Ann-Marie"),
        ("Łukasz Żółć", "Lukasz Zolc"),
        ("Lukasz Zolc", "Łukasz Żółć"),
        ("Zoë Müller", "Zoe Muller"),
        ("Ewan MacTest", "Ewan Mac Test"),
        ("Baby SMITH", "baby Smith"),
    ],
)
def test_a_name_is_found_however_it_is_written(name: str, written: str) -> None:
    text = searchable(f"About {written}, born 04/03/2020")
    assert named_in(text, keys(name)) == "the child's name and date of birth"
    assert compare(keys(name), keys(written)).score >= SURE


def test_an_nhs_number_is_found_with_its_spaces_and_alone_is_enough() -> None:
    child = keys("", None, "999 000 1239")
    assert named_in(searchable("NHS no. 999-000-1239, seen today"), child)
    assert not named_in(searchable("NHS no. 999 000 1230, seen today"), child)


@pytest.mark.parametrize("number", ["99900012", "0000000000", "9999999999", "99900012390"])
def test_a_part_of_a_number_or_a_row_of_noughts_identifies_nobody(number: str) -> None:
    one, other = keys("Jo Sample", BORN, number), keys("Al Other", LATER, number)
    assert compare(one, other).score == 0
    assert not named_in(searchable(f"call 0161 {number}"), keys("", None, number))


@pytest.mark.parametrize(
    ("least", "most", "one", "other"),
    [
        pytest.param(1, 1, keys(nhs="9990001239"), keys("J", LATER, "9990001239"), id="number"),
        pytest.param(SURE, 1, keys(), keys("SAMPLE, Jo"), id="surname first"),
        pytest.param(0.1, 0.8, keys(), keys(born=None), id="no birthday"),
        pytest.param(0.1, 0.8, keys(), keys(born=date(2020, 4, 3)), id="day and month swapped"),
        pytest.param(0, 0, keys(), keys(born=LATER), id="namesakes"),
        pytest.param(
            0.1, 0.8, keys(nhs="9990001239"), keys(nhs="9990001247"), id="another NHS number"
        ),
        pytest.param(
            0.1, 0.8, keys("Ann Twin", nhs="9990001239"), keys("Ben Twin"), id="twins, one number"
        ),
        pytest.param(0, 0, keys("", None), keys("", None), id="nobody named"),
        pytest.param(0, 0, keys("", BORN), keys("", BORN), id="only a birthday"),
    ],
)
def test_how_alike_two_children_are(
    least: float, most: float, one: ChildKeys, other: ChildKeys
) -> None:
    assert least <= compare(one, other).score <= most
    assert compare(one, other) == compare(other, one)


KEYS = st.builds(
    ChildKeys,
    st.sampled_from(["", "jo sample", "sample jo", "al sample", "ben twin"]),
    st.sampled_from([None, BORN, date(2020, 4, 3), LATER]),
    st.sampled_from(["", "9990001239", "9990001247"]),
)


@given(KEYS, KEYS)
def test_likeness_is_the_same_both_ways_and_never_names_a_child(
    one: ChildKeys, other: ChildKeys
) -> None:
    likeness = compare(one, other)
    assert likeness == compare(other, one)
    assert 0 <= likeness.score <= 1
    assert not any(word in likeness.why for word in ("sample", "twin", "999", "2020"))


def test_of_several_children_the_greatest_likeness_counts() -> None:
    siblings = a_sin_form((TILLY, MAX))
    assert compare_children(siblings, a_sin_form((MAX,))).score >= SURE
    assert compare_children(siblings, a_sin_form(())).score == 0


@pytest.mark.parametrize(
    ("same", "changed"),
    [
        (True, {}),
        (True, {"referrer_name": "R. Referrer"}),
        (True, {"referrer_email": "rita.referrer@tgh.nhs.uk "}),
        (True, {"referrer_email": "rita.referer@tgh.nhs.uk"}),
        (False, {"referrer_email": "x@tgh.nhs.uk", "referrer_name": "Xenia Other"}),
        (False, {"referrer_email": "x@gmp.police.uk", "referrer_agency": "gmp"}),
        (True, {"referrer_email": None, "referrer_name": None}),
        (False, {"referrer_email": None, "referrer_name": None, "referral_date": None}),
    ],
)
def test_the_same_referrer_by_address_or_name_or_agency_and_day(
    same: bool, changed: dict[str, Any]
) -> None:
    assert same_referrer(a_sin_form(), a_sin_form(**changed)) is same


def test_days_between_two_incidents() -> None:
    first, later = a_sin_form(incident_date=BORN), a_sin_form(incident_date=Period(LATER, LATER))
    assert days_apart(first, later) == (LATER - BORN).days
    assert days_apart(first, a_sin_form(incident_date=None)) is None
