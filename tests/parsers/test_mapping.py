"""Labelled answers become a SinForm: values, persons, agencies, confidence, and what is left."""

from datetime import date

import pytest
from readings import aliases, head, read, reading, table, values, vocabularies

from parsers.mapping import to_sin_form
from triage.agency_names import agency_names
from triage.values.when import Age, Day, Period, Roughly

TITLE = "**Serious Child Safeguarding Incident Notification**"


def form_of(*blocks, **more):
    """The form these blocks are."""
    form = to_sin_form(reading(TITLE, *blocks, **more), vocabularies()[0], aliases(), "f.docx")
    assert form is not None
    return form


def child(*rows):
    """A section about one child."""
    return head("The child"), table(*([f"**{label}**", answer] for label, answer in rows))


def incident(*rows):
    """A section about the incident."""
    return head("The incident"), table(*([f"**{label}**", answer] for label, answer in rows))


def test_values_are_canonical_and_texts_as_typed():
    form = form_of(
        head("Referrer"),
        table(
            ["**Name**", "  TESTER,  Ann "], ["**Agency**", "GMP (Tameside)"],
            ["**Telephone**", "0161 496 0000"], ["**Date**", "3rd of March 2026"],
        ),
        *incident(
            ("Date of incident", "between 1 and 2 March 2026"),
            ("Date LA became aware", "early March"),
            ("Outcome for child", "Seriously harmed"),
            ("Type of harm", "Neglect; physical abuse"),
        ),
    )  # fmt: skip
    assert values(form.answers) == {
        "referrer_name": "TESTER, Ann",
        "referrer_agency": "gmp",
        "referrer_phone": "01614960000",
        "referral_date": Day(date(2026, 3, 3)),
        "incident_date": Period(date(2026, 3, 1), date(2026, 3, 2)),
        "la_aware_date": Roughly("early March", "2026-03"),
        "outcome_for_child": "serious harm",
        "harm_types": ("physical", "neglect"),
    }
    assert form.answers["referral_date"].text == "3rd of March 2026"
    assert form.answers["incident_date"].evidence.cell == "row 1, cell 2"
    assert form.document == "f.docx"


@pytest.mark.parametrize("said", ["TBC", "N/A", "-", "Not known", "", "Click to enter a date."])
def test_what_says_nothing_has_no_value_but_keeps_its_text(said):
    form = form_of(*incident(("Date of incident", said), ("Place of incident", said)))
    for key in ("incident_date", "incident_place"):
        assert form.answers[key].value is None
        assert form.answers[key].text in (said, "")


def test_none_is_an_answer_to_what_asks_for_disability():
    assert form_of(*child(("Disability", "None"))).children[0]["disability"].value == "None"


TWINS = [
    {"child_name": "Bo Child", "gender": "male"},
    {"child_name": "Di Child", "gender": "female"},
]


@pytest.mark.parametrize(
    "blocks",
    [
        [
            "**Child 1**", table(["Name", "Bo Child"], ["Gender", "M"]),
            "**Child 2**", table(["Name", "Di Child"], ["Gender", "F"]),
        ],
        [table(["", "**Child 1**", "**Child 2**"], ["Name", "Bo Child", "Di Child"],
               ["Gender", "M", "F"])],
        [table(["**Name**", "**Gender**"], ["Bo Child", "M"], ["Di Child", "F"], ["", ""])],
        [table(["Name", "Bo Child"], ["Gender", "M"], ["Name", "Di Child"], ["Gender", "F"])],
        [table(["#v2 **Child 1**", "**Name**", "Bo Child"], ["**Gender**", "M"],
               ["#v2 **Child 2**", "**Name**", "Di Child"], ["**Gender**", "F"])],
        [table(["Surname", "Child", "Forename(s)", "Bo"], ["Gender", "M", "", ""],
               ["Surname", "Child", "Forename(s)", "Di"], ["Gender", "F", "", ""])],
        ["**Name:** Bo Child", "**Gender:** M", "**Name:** Di Child", "**Gender:** F"],
    ],
    ids=["blocks", "columns", "rows", "repeated", "side headings", "split names", "lines"],
)  # fmt: skip
def test_each_child_is_told_apart(blocks):
    assert [values(row) for row in form_of(head("Children"), *blocks).children] == TWINS


def test_what_is_said_of_all_children_is_each_ones_less_surely():
    form = form_of(
        head("Children"),
        table(["**Name**", "**Gender**"], ["Bo Child", "M"], ["Di Child", "F"]),
        table(["**GP practice**", "The Mill Surgery"]),
    )
    assert [row["gp_practice"].value for row in form.children] == ["The Mill Surgery"] * 2
    assert all(row["gp_practice"].confidence < 0.95 for row in form.children)


def test_parents_in_blocks_or_named_in_the_label_are_relatives():
    blocks = table(["**Mother**", ""], ["Name", "Mo Child"], ["DOB", "1/1/90"],
                   ["**Father**", ""], ["Name", "Fa Child"], ["DOB", "2/2/88"])  # fmt: skip
    labels = table(["**Mother's name**", "Mo Child", "**DOB**", "1/1/90"],
                   ["**Father's name**", "Fa Child", "**DOB**", "2/2/88"])  # fmt: skip
    for heading, made in (("Family", blocks), ("Child and family details", labels)):
        form = form_of(head(heading), made)
        assert [values(row) for row in form.family] == [
            {"name": "Mo Child", "date_of_birth": Day(date(1990, 1, 1)), "relationship": "Mother"},
            {"name": "Fa Child", "date_of_birth": Day(date(1988, 2, 2)), "relationship": "Father"},
        ]
        assert form.children == ()


def test_a_row_without_a_name_is_still_a_person():
    rows = table(
        ["**Name**", "**Relationship**", "**DOB**"], ["", "Father", "1/1/90"], ["", "", ""]
    )
    assert [values(r) for r in form_of(head("Family"), rows).family] == [
        {"relationship": "Father", "date_of_birth": Day(date(1990, 1, 1))}
    ]


@pytest.mark.parametrize(
    ("called", "agency"),
    [
        ("G.M.P.", "gmp"), ("Children’s Services (Tameside MBC)", "csc"), ("CAMHS", "pcft"),
        ("Tamewater High School", "education"), ("The Mill Surgery", "gp"), ("T&G ICFT", "tgicft"),
        ("Borsetshire County Council", "la"), ("0-19 Service", "hv"), ("CAFCAS", "cafcass"),
        ("Probation Service", "probation"), ("Acme Ltd", None),
    ],
)  # fmt: skip
def test_an_agency_is_its_id_in_the_register(called, agency):
    found = agency_names(aliases()).find(called)
    assert found.id == agency
    assert found.sure < 0.5 if agency is None else found.sure >= 0.8


def test_a_listed_label_with_a_clean_value_is_sure_and_nothing_else_is():
    sure = form_of(*incident(("Date of incident", "1 March 2026")))
    misspelt = form_of(*incident(("Date of incidnet", "1 March 2026")))
    guessed = form_of(*incident(("Day on which the dreadful event took place", "1 March 2026")))
    doubtful = form_of(*incident(("Date of incident", "Monday 1 April 2026")))
    confidences = [f.answers["incident_date"].confidence for f in (sure, misspelt, guessed)]
    assert confidences[0] >= 0.95 > max(confidences[1:])
    assert doubtful.answers["incident_date"].confidence < 0.95
    assert doubtful.answers["incident_date"].doubt


@pytest.mark.parametrize(
    ("born", "doubt"),
    [
        ("5/3/2026", "born after the incident"), ("1/1/1983", "too old to be a child"),
        ("43 years", "too old to be a child"),
    ],
)  # fmt: skip
def test_an_impossible_birth_is_doubted_but_kept(born, doubt):
    form = form_of(
        *child(("Name", "Bo Child"), ("Date of birth", born)),
        *incident(("Date of incident", "1/3/2026")),
    )
    answer = form.children[0]["date_of_birth"]
    assert answer.value is not None
    assert (answer.doubt, answer.confidence <= 0.5) == (doubt, True)


def test_an_age_stands_for_a_birthday():
    form = form_of(*child(("Name", "Bo Child"), ("DOB / age if not known", "about 4 yrs")))
    assert form.children[0]["date_of_birth"].value == Age(4, "years")


def test_a_postcode_comes_from_the_address_only_where_it_is_not_asked():
    address = ("Home address", "1 High St, Hyde SK14 1AA")
    derived = form_of(*child(address)).children[0]["postcode"]
    assert (derived.value, derived.doubt) == ("SK14 1AA", "taken from the address")
    assert derived.confidence < 0.95
    assert form_of(*child(address, ("Postcode", ""))).children[0]["postcode"].value is None


def test_of_two_different_answers_one_counts_with_a_doubt_and_the_other_is_kept():
    form = form_of(
        *incident(("Date of incident", "1/3/2026"), ("When did the incident happen?", "2/3/2026"))
    )
    answer = form.answers["incident_date"]
    assert answer.confidence < 0.95
    assert answer.doubt == "asked twice, and answered differently"
    assert [item.text for item in form.unmapped] == ["2/3/2026"]


def test_a_name_with_its_role_is_two_answers():
    form = form_of(head("Referrer"), table(["**Name and designation**", "Ann Tester, Nurse"]))
    assert values(form.answers) == {"referrer_name": "Ann Tester", "referrer_role": "Nurse"}


def test_the_version_is_read_from_the_margin():
    form = form_of(*incident(("Place of incident", "Home")), margin=["SIN form v3.1 page 2"])
    assert form.answers["form_version"].value == "v3.1"


def test_a_document_that_asks_nothing_we_know_is_no_form():
    assert to_sin_form(reading("Dear all,", "See you."), vocabularies()[0], {}) is None


def test_key_events_are_rows():
    events = table(["**Date**", "**Time**", "**Event**"], ["1/1/26", "10:00", "A call"],
                   ["", "", "went on"], ["2/1/26", "", "A visit"])  # fmt: skip
    form = form_of(head("Key events"), events)
    assert [values(row)["event"] for row in form.events] == ["A call\nwent on", "A visit"]


def test_reading_twice_gives_the_same():
    blocks = (*child(("Name", "Bo Child")), *incident(("Place of incident", "Home")))
    assert read(TITLE, *blocks) == read(TITLE, *blocks)


def test_rows_with_nothing_but_running_text_are_persons_of_their_own():
    rows = table(["**Name**", "**Address**"], ["Mo Child", "1 High St"], ["Fa Child", "2 Low St"])
    assert [values(row)["name"] for row in form_of(head("Family"), rows).family] == [
        "Mo Child", "Fa Child",
    ]  # fmt: skip


def test_a_number_or_address_in_the_contacts_cell_is_no_name():
    """'Ann Wren, 0161 496 0194' under 'Contact' tells who and how; a number alone only how."""
    form = form_of(
        head("Agencies involved"),
        table(["**Agency**", "**Known?**", "**Contact**"],
              ["Police", "Yes", "Ann Wren, 0161 496 0194"], ["GP", "Yes", "bo@nhs.example"]),
    )  # fmt: skip
    found = [(values(row).get("contact_name"), values(row).get("contact_details"))
             for row in form.agencies]  # fmt: skip
    assert found == [("Ann Wren", "0161 496 0194"), (None, "bo@nhs.example")]
