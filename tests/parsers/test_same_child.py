"""What several tables or headings tell of one child stays with that child."""

import pytest
from readings import aliases, head, reading, table, values, vocabularies

from parsers.mapping import to_sin_form

NAMES = table(
    ["**Name**", "**Date of birth**", "**Gender**"],
    ["Ann Lees", "1/2/2015", "F"],
    ["Bo Lees", "3/4/2017", "M"],
)
ANN, BO = ("Ann Lees", "Oak School", "Dr A"), ("Bo Lees", "Elm School", "Dr B")


def children(*blocks):
    """The children of a form."""
    held = reading("**Serious Child Safeguarding Incident Notification**", *blocks)
    return to_sin_form(held, vocabularies()[0], aliases()).children


def told(rows):
    """Name, school and GP of each."""
    read = [values(row) for row in rows]
    return [(r.get("child_name"), r.get("school_or_setting"), r.get("gp_practice")) for r in read]


def test_a_second_table_that_names_the_children_again():
    second = table(
        ["**Name**", "**School**", "**GP**"],
        ["Bo Lees", "Elm School", "Dr B"],
        ["ANN LEES", "Oak School", "Dr A"],
    )
    assert told(children(head("Child details"), NAMES, second)) == [ANN, BO]


def test_a_second_table_that_names_nobody_is_joined_in_order_and_less_sure():
    second = table(
        ["**Legal status**", "**School**", "**GP**"],
        ["None", "Oak School", "Dr A"],
        ["None", "Elm School", "Dr B"],
    )
    read = children(head("Child details"), NAMES, second)
    assert told(read) == [ANN, BO]
    assert all(row["gp_practice"].confidence < 0.95 for row in read)
    assert all(row["child_name"].confidence >= 0.95 for row in read)


@pytest.mark.parametrize(
    "again", [["", "**School**", "**GP**"], ["**No.**", "**School**", "**GP**"]]
)
def test_rows_that_number_the_children(again):
    read = children(
        head("Child details"),
        table(["", "**Name**", "**Date of birth**"], ["Child 1", "Ann Lees", "1/2/2015"],
              ["Child 2", "Bo Lees", "3/4/2017"], ["Child 3", "", ""]),
        table(again, ["Child 1", "Oak School", "Dr A"], ["Child 2", "Elm School", "Dr B"]),
    )  # fmt: skip
    assert told(read) == [ANN, BO]


def test_columns_that_number_the_children_in_two_tables():
    read = children(
        head("Child details"),
        table(["", "**Child 1**", "**Child 2**"], ["**Name**", "Ann Lees", "Bo Lees"]),
        table(["", "**Child 1**", "**Child 2**"], ["**School**", "Oak School", "Elm School"],
              ["**GP**", "Dr A", "Dr B"]),
    )  # fmt: skip
    assert told(read) == [ANN, BO]


def test_a_childs_questions_in_several_small_tables_under_other_headings():
    read = children(
        head("The child"), table(["**Name**", "Ann Lees"]),
        head("Education and health"), table(["**School**", "**GP**"], ["Oak School", "Dr A"]),
    )  # fmt: skip
    assert told(read) == [ANN]


def test_a_number_in_words_is_the_same_child():
    read = children(
        head("Child 1"), table(["**Name**", "Ann Lees"]),
        head("Child 2"), table(["**Name**", "Bo Lees"]),
        head("First child"), table(["**School**", "Oak School"], ["**GP**", "Dr A"]),
        head("Second child"), table(["**School**", "Elm School"], ["**GP**", "Dr B"]),
    )  # fmt: skip
    assert told(read) == [ANN, BO]


def test_an_agency_in_two_tables_that_ask_different_things_is_one():
    held = reading(
        head("Agencies involved"),
        table(["**Agency**", "**Known?**"], ["Police", "Yes"], ["Housing", "No"]),
        table(["**Agency**", "**Name of worker**"], ["Police", "Ann Lees"], ["NWAS", "Bo Hart"]),
    )
    rows = to_sin_form(held, vocabularies()[0], aliases()).agencies
    assert [values(row) for row in rows] == [
        {"agency": "gmp", "known": "yes", "contact_name": "Ann Lees"},
        {"agency": "housing", "known": "no"},
        {"agency": "nwas", "contact_name": "Bo Hart"},
    ]
