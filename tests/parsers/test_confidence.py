"""What speaks against an answer lowers its confidence, with a reason; a clean one is not asked."""

from datetime import date

import pytest
from readings import aliases, head, reading, table, vocabularies

from parsers.confidence import checked_rest
from parsers.mapping import to_sin_form
from triage.evidence import Answer, Evidence
from triage.values.when import Day

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
    ("The child", "Gender", "03/03/2019", "gender", "no gender we know could be read"),
    ("The child", "Ethnicity", "Female", "ethnicity", "this reads like a gender"),
    ("The child", "GP practice", "Tamewater Primary School", "gp_practice",
     "this reads like a school"),
    ("The child", "School", "Dr Patel, The Mill Surgery", "school_or_setting",
     "this reads like a doctor's practice"),
    ("The child", "First language", "Child in need", "first_language",
     "this answers another question"),
    ("The child", "First language", "see attached", "first_language",
     "this only says where the answer stands"),
    ("The child", "Home address", "As per child 1", "home_address",
     "this only says where the answer stands"),
    ("The incident", "Place of incident", "TBC - awaiting police", "incident_place",
     "there is no answer yet"),
    ("The child", "Home address", "Ada: 1 Mill Lane, Hyde. Isla: 9 Hob Street, Hyde",
     "home_address", "perhaps more than one address"),
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
        ("The child", "School", "Surgery Lane Primary School", "school_or_setting"),
        ("The child", "GP practice", "School Road Medical Centre", "gp_practice"),
        ("The child", "Disability", "None", "disability"),
        ("The incident", "Place of incident", "Below the bridge, Mill Lane", "incident_place"),
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


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("Physical / Sexual / Emotional / Neglect", None),
        ("Physical / ==Sexual== / Emotional / Neglect", ("sexual",)),
        ("Physical / Neglect", ("physical", "neglect")),
        ("No physical abuse; neglect", ("neglect",)),
    ],
)
def test_kinds_of_harm_printed_but_not_marked_or_denied_are_not_chosen(said, value):
    read = answer("The incident", "Type(s) of harm", said, "harm_types")
    assert read.value == value
    assert read.confidence < ASK_BELOW or "==" in said


@pytest.mark.parametrize(
    ("group", "key", "known_by"),
    [
        ("events", "event", "date"),
        ("family", "address", "relationship"),
        ("agencies", "involvement", "agency"),
        ("children", "gp_practice", "child_name"),
    ],
)
def test_a_row_that_lost_whom_it_is_about_is_asked_about(group, key, known_by):
    said = Answer("Seen at home", "Seen at home", 0.97, Evidence())
    read = checked_rest({key: said}, group)
    assert read[key].confidence < ASK_BELOW
    assert "stands with this" in read[key].doubt
    assert checked_rest({key: said, known_by: said}, group)[key] == said


def test_an_answer_with_the_end_of_its_question_before_it_is_asked_about():
    read = answer("The child", "First language", "speak at home? English", "first_language")
    assert read.confidence < ASK_BELOW


@pytest.mark.parametrize(
    ("name", "gender", "born"),
    [
        ("Twin 1: Ada Lowe, Twin 2: Isla Lowe", "F", "06/06/2024"),
        ("Ada Lowe and Isla Lowe", "F", "06/06/2024"),
        ("Ada Lowe", "both girls", "06/06/2024"),
        ("Ada Lowe", "F", "06/06/2024 and 07/06/2022"),
    ],
)
def test_several_children_in_the_boxes_of_one_make_the_whole_row_doubtful(name, gender, born):
    rows = table(["Name", name], ["Gender", gender], ["DOB", born], ["Ethnicity", "White British"])
    form = to_sin_form(reading(head("The child"), rows), vocabularies()[0], aliases(), "")
    told = [answer for answer in form.children[0].values() if answer.value is not None]
    assert all(answer.confidence < ASK_BELOW and answer.doubt for answer in told)


def test_a_child_with_another_name_is_one_child():
    rows = table(["Name", "Ada Lowe (also known as Addie and as Ada Crake)"], ["Gender", "F"])
    form = to_sin_form(reading(head("The child"), rows), vocabularies()[0], aliases(), "")
    assert form.children[0]["gender"].confidence >= ASK_BELOW


@pytest.mark.parametrize("said", ["EDD 12/03/2027", "Unborn - due 12/03/2027"])
def test_a_due_date_in_the_box_for_the_birth_is_an_unborn_childs(said):
    rows = table(["Name", "Unborn Lowe"], ["DOB", said])
    form = to_sin_form(reading(head("The child"), rows), vocabularies()[0], aliases(), "")
    child = form.children[0]
    assert child["date_of_birth"].value is None
    assert child["date_of_birth"].text == said
    assert child["expected_delivery_date"].value == Day(date(2027, 3, 12))
    assert child["expected_delivery_date"].confidence < ASK_BELOW
