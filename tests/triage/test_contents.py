"""What a mail without a form tells: when in doubt nothing, so that the agency is still asked."""

from __future__ import annotations

import random

import pytest
from agency_replies import REPLIES
from cases import a_case, a_paper

from triage.contents import what_it_tells
from triage.papers import Paper

CASE = a_case()

NIL = [
    "The family is not known to us.",
    "Nil return from our service.",
    "This child has never been known to our school.",
    "We have no record of this child.",
    "Having searched our systems we could not find any record of either child.",
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
    "The children are not open to CAMHS.",
    "Thank you, received.",
    "Hello,\n\nNoted.\n\nKind regards\nNadia Testerly\nNamed Nurse\nThink before you print this.",
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
    assert what_it_tells(body, (), CASE) == "not known to us"


@pytest.mark.parametrize("body", TOLD)
def test_an_account_of_what_an_agency_knows_is_a_contribution(body: str) -> None:
    assert what_it_tells(body, (), CASE) == "received"


@pytest.mark.parametrize("body", NEITHER)
def test_thanks_promises_questions_and_open_words_are_correspondence(body: str) -> None:
    assert what_it_tells(body, (), CASE) is None


@pytest.mark.parametrize(
    "reserve", ["However, her brother was seen in May.", "But we saw the mother in 2024."]
)
def test_a_nil_return_with_a_reserve_is_none(reserve: str) -> None:
    assert what_it_tells(f"The child is not known to us. {reserve}", (), CASE) != "not known to us"


KEPT_BACK = 11
"""The seed that chose which half of the replies nobody looked at while the rules were made."""


def _halves() -> tuple[list[tuple[str, str | None]], list[tuple[str, str | None]]]:
    order = list(REPLIES)
    random.Random(KEPT_BACK).shuffle(order)
    return order[::2], order[1::2]


@pytest.mark.parametrize(("body", "tells"), _halves()[0])
def test_what_agencies_write_back_is_understood(body: str, tells: str | None) -> None:
    assert what_it_tells(body, (), CASE) == tells


@pytest.mark.parametrize(("body", "tells"), _halves()[1])
def test_so_are_replies_that_were_kept_back_or_the_agency_is_still_asked(
    body: str, tells: str | None
) -> None:
    assert what_it_tells(body, (), CASE) in (tells, None)


def test_of_those_kept_back_few_are_left_open() -> None:
    wrong = [body for body, tells in _halves()[1] if what_it_tells(body, (), CASE) != tells]
    assert len(wrong) <= 3


def test_a_long_nil_return_says_more_than_nothing() -> None:
    long = "The family is not known to our service. " * 20
    assert what_it_tells(long, (), CASE) == "received"


@pytest.mark.parametrize(
    ("tells", "paper"),
    [
        ("received", a_paper(recognised_as="chronology", text="Chronology. 3 May: seen at home.")),
        ("received", a_paper(text="Tilly O'Testing-Smith was seen at school on 3 May.")),
        ("received", a_paper(text="The O'Testing-Smith family: we visited twice.")),
        (None, a_paper(text="Privacy notice. How we use your information.")),
        (None, a_paper(text="This e-mail is confidential.")),
        (None, a_paper(recognised_as="chronology", text="Please send your chronology by Friday.")),
        (None, a_paper(recognised_as="like a form", text="Tilly O'Testing-Smith")),
        (None, a_paper(recognised_as="minutes", text="Tilly O'Testing-Smith")),
        (None, a_paper(state="ornament", text="Tilly O'Testing-Smith")),
        (None, a_paper(state="unreadable")),
        (None, a_paper(state="blank")),
    ],
)
def test_a_paper_contributes_if_it_is_an_account_of_the_case(
    tells: str | None, paper: Paper
) -> None:
    assert what_it_tells("Attached.", [paper], CASE) == tells


def test_who_sends_a_document_with_a_nil_return_says_more() -> None:
    paper = a_paper(text="This e-mail is confidential.")
    assert what_it_tells("Not known to us.", [paper], CASE) is None
