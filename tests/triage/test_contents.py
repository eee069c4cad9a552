"""What a mail without a form tells: when in doubt nothing, so that the agency is still asked."""

from __future__ import annotations

import pytest
from cases import a_paper

from triage.contents import what_it_tells

NIL = [
    "The family is not known to us.",
    "Nil return from our service.",
    "This child has never been known to our school.",
    "We have no record of this child.",
    "Having searched our systems we could not find any record of either child.",
    "The children are not open to CAMHS.",
    "We have had no involvement with this family.",
    "Unknown to this service.",
]
TOLD = [
    "Our records show that mother was seen at home on four dates in January and February, and "
    "the health visitor noted nothing unusual.",
    "The child was on roll here from September 2024 and attended regularly until the week of "
    "the incident, when the class teacher rang home.",
    "We attended the address on two occasions last year after calls from neighbours about "
    "noise, and spoke to both parents then.",
]
NEITHER = [
    "",
    "Thank you, received.",
    "Thanks for this, we will respond by Friday with our records and chronology as you asked.",
    "It is not known to us who was caring for the child at the time of the incident.",
    "It is not known to us whether the family has moved.",
    "If the child is not known to us we will send a nil return by the end of next week.",
    "Please let me know whether she is not known to us or you need more from our team today.",
    "Can we please have an extension of a week, since our safeguarding lead is away until then?",
    "When is the meeting?",
    "I am out of the office until Monday and will answer your e-mail about the case then.",
]


@pytest.mark.parametrize("body", NIL)
def test_a_nil_return_is_told_by_its_words(body: str) -> None:
    assert what_it_tells(body, ()) == "not known to us"


@pytest.mark.parametrize("body", TOLD)
def test_an_account_of_what_an_agency_knows_is_a_contribution(body: str) -> None:
    assert what_it_tells(body, ()) == "received"


@pytest.mark.parametrize("body", NEITHER)
def test_thanks_promises_questions_and_open_words_are_correspondence(body: str) -> None:
    assert what_it_tells(body, ()) is None


@pytest.mark.parametrize(
    "reserve", ["However, her brother was seen in May.", "But we saw the mother in 2024."]
)
def test_a_nil_return_with_a_reserve_is_none(reserve: str) -> None:
    assert what_it_tells(f"The child is not known to us. {reserve}", ()) != "not known to us"


def test_a_paper_is_a_contribution_unless_it_is_minutes_or_cannot_be_read() -> None:
    assert what_it_tells("Attached.", [a_paper(recognised_as="chronology")]) == "received"
    assert what_it_tells("Attached.", [a_paper()]) == "received"
    for paper in (a_paper(recognised_as="minutes"), a_paper(state="ornament")):
        assert what_it_tells("Attached.", [paper]) is None
    for paper in (a_paper(state="unreadable"), a_paper(state="blank")):
        assert what_it_tells("Attached.", [paper]) is None
