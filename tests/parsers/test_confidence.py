"""What speaks against an answer lowers its confidence, with a reason; a clean one is not asked."""

import pytest
from readings import aliases, head, reading, table, vocabularies

from parsers.confidence import checked_event
from parsers.mapping import to_sin_form
from triage.evidence import Answer, Evidence

ASK_BELOW = 0.95


def answer(section, label, said, key):
    """The one answer to a label under a heading."""
    title = "**Serious Child Safeguarding Incident Notification**"
    blocks = (title, head(section), table([f"**{label}**", said]))
    form = to_sin_form(reading(*blocks), vocabularies()[0], aliases(), "")
    return {**form.answers, **(form.children[0] if form.children else {})}[key]


AGAINST = [
    ("Referrer", "Referrer name", "ann.tester@gmp.example", "referrer_name", "this is no name"),
    ("Referrer", "Referrer name", "Team Manager", "referrer_name",
     "this may be a role and not a name"),
    ("The incident", "Place of incident", "03/03/2026", "incident_place", "this is a date"),
    ("The incident", "Crime reference", "If there is one", "crime_reference",
     "this reads like the form's own guidance"),
    ("The incident", "Place of incident", "Date LA became aware", "incident_place",
     "this reads like another question of the form"),
    ("The child", "Ethnicity", "6.4 Potential learning", "ethnicity",
     "this reads like another question of the form"),
    ("The incident", "Media interest", "■ Yes ■ No", "media_interest",
     "ticked and empty boxes look the same here"),
]  # fmt: skip


@pytest.mark.parametrize(("section", "label", "said", "key", "doubt"), AGAINST)
def test_an_answer_that_looks_like_something_else_goes_to_a_person(
    section, label, said, key, doubt
):
    read = answer(section, label, said, key)
    assert (read.text, read.doubt) == (said, doubt)
    assert read.confidence < ASK_BELOW


@pytest.mark.parametrize(
    ("section", "label", "said", "key"),
    [
        ("Referrer", "Referrer name", "Ann de la Tester-O'Hara", "referrer_name"),
        ("Referrer", "Job title", "Designated Safeguarding Lead", "referrer_role"),
        ("The incident", "Place of incident", "12 Mill Lane, Hyde", "incident_place"),
        ("The incident", "Crime reference", "06/1234/26", "crime_reference"),
        ("The child", "Ethnicity", "White British", "ethnicity"),
    ],
)
def test_a_plain_answer_is_not_asked_about(section, label, said, key):
    read = answer(section, label, said, key)
    assert (read.value, read.doubt) == (said, "")
    assert read.confidence >= ASK_BELOW


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("Yes / No / Not known - No", "no"), ("Y / N Y", "yes"), ("Yes / No", None),
        ("Yes, No", None), ("Yes / No (delete as appropriate) - see above", None),
        ("Yes - see below", "yes"), ("not that we know of", "no"), ("Yes and no", None),
    ],
)  # fmt: skip
def test_an_option_list_left_in_is_no_answer_but_what_is_typed_behind_it_is(said, value):
    read = answer("The incident", "Media interest", said, "media_interest")
    assert read.value == value
    assert read.confidence < ASK_BELOW or said == "Yes / No"


def test_an_event_that_lost_its_date_is_asked_about():
    read = checked_event({"event": Answer("Seen at home", "Seen at home", 0.97, Evidence())})
    assert read["event"].confidence < ASK_BELOW
    assert read["event"].doubt == "no date stands with this event"
