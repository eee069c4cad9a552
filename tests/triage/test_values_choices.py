"""Yes, no, not known; one of a list."""

import pytest

from triage.values.blank import nothing_said, says_not_known, says_nothing
from triage.values.choices import choose, every_choice, exactly, yes_or_no

OUTCOMES = {"death": ["died"], "serious harm": ["seriously harmed"], "other": []}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Yes", "yes"), ("Y", "yes"), ("no", "no"), ("N", "no"), ("Don’t know", "unknown"),
        ("NK", "unknown"), ("No - not at this time", "no"), ("Yes, since March", "yes"),
        ("there is no reason to think so", None), ("Nobody", None), ("maybe", None),
    ],
)  # fmt: skip
def test_yes_or_no(text, value):
    assert yes_or_no(text).value == value


def test_an_exact_choice_is_surer_than_one_found_in_a_sentence():
    exact, begun, inside = (
        choose(text, OUTCOMES)
        for text in ("Died", "Seriously harmed - in hospital", "The child was seriously harmed")
    )
    assert (exact.value, begun.value, inside.value) == ("death", "serious harm", "serious harm")
    assert exact.confidence > 0.95 > begun.confidence > inside.confidence


def test_two_choices_in_a_sentence_are_none():
    assert choose("it may be that they died or were seriously harmed", OUTCOMES).value is None


def test_case_accents_and_punctuation_do_not_matter():
    assert exactly("  SERIOUSLY-HARMED. ", OUTCOMES) == "serious harm"
    assert every_choice("Other; died", OUTCOMES) == ("death", "other")
    harm = {"physical": ("physical abuse",), "neglect": ("physical neglect",)}
    assert every_choice("Physical, neglect", harm) == ("physical", "neglect")
    assert every_choice("Physical neglect", harm) == ("neglect",)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("No physical abuse, neglect suspected; not sexual", ("neglect",)),
        ("Neglect but not physical or sexual", ("neglect",)),
        ("Sexual not suspected", ()),
        ("Physical, no other concerns", ("physical",)),
    ],
)
def test_what_is_denied_is_not_chosen(text, named):
    harm = {"physical": (), "sexual": (), "neglect": ()}
    assert every_choice(text, harm) == named
    assert choose("This was not physical", harm).value is None


@pytest.mark.parametrize("text", ["N/A", "n/k", "TBC", "-", "Unknown", "Click here to enter text."])
def test_what_says_nothing(text):
    assert says_nothing(text)


@pytest.mark.parametrize("text", ["None", "No", "Not stated", "0", "Nil return to follow up"])
def test_what_says_something(text):
    assert not says_nothing(text)


def test_not_known_is_more_than_blank():
    assert says_not_known("Not known")
    assert not says_not_known("TBC")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", "blank"), ("-", "blank"), ("dd/mm/yyyy", "blank"), ("N/A", "not applicable"),
        ("TBC", "to come"), ("To follow", "to come"), ("N/K", "not known"),
        ("Not known.", "not known"), ("None", None), ("No", None),
    ],
)  # fmt: skip
def test_four_ways_to_give_no_answer_are_told_apart(text, kind):
    assert nothing_said(text) == kind
