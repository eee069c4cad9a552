"""Whom an agency names, and how to reach them, whatever column it was typed in."""

import pytest
from readings import aliases, head, reading, table, values, vocabularies

from parsers.mapping import to_sin_form


def answered(*rows):
    """The agencies of a table."""
    held = reading(head("Agencies involved"), table(*rows))
    return to_sin_form(held, vocabularies()[0], aliases()).agencies


def agencies(*rows):
    """Their values."""
    return [values(row) for row in answered(*rows)]


@pytest.mark.parametrize(
    ("typed", "name", "details"),
    [
        ("Ann Lees, ann.lees@nhs.example", "Ann Lees", "ann.lees@nhs.example"),
        ("Ann Lees\nTel: 0161 496 0123", "Ann Lees", "0161 496 0123"),
        ("0161 496 0123", None, "0161 496 0123"),
        ("team2.gmp@police.example", None, "team2.gmp@police.example"),
        ("Ann Lees", "Ann Lees", None),
        (
            "Ann Lees - 0161 496 0123 / ann.lees@nhs.example",
            "Ann Lees",
            "0161 496 0123, ann.lees@nhs.example",
        ),
    ],
)
def test_one_column_for_name_and_contact_details_is_divided(typed, name, details):
    (row,) = agencies(
        ["#**Agency**", "#**Known?**", "#**Name and contact details of worker**"],
        ["Police", "Yes", typed],
    )
    assert (row.get("contact_name"), row.get("contact_details")) == (name, details)


def test_contact_beside_name_of_worker_is_how_to_reach_them():
    first, second = agencies(
        ["**Agency**", "**Known?**", "**Name of worker**", "**Contact**"],
        ["Police", "Yes", "Ann Lees", "Room 2, Denton"],
        ["Housing", "No", "", "0161 496 0123"],
    )
    assert (first["contact_name"], first["contact_details"]) == ("Ann Lees", "Room 2, Denton")
    assert (second.get("contact_name"), second["contact_details"]) == (None, "0161 496 0123")


def test_a_cell_that_says_only_what_its_column_asks_is_the_forms_own_prompt():
    _, row = agencies(
        ["**Agency**", "**Known?**", "**Name of worker**", "**Contact details**"],
        ["Housing", "No", "Ann Lees", "ann.lees@housing.example"],
        ["Police", "Yes", "Name", "Tel/email"],
    )
    assert row == {"agency": "gmp", "known": "yes"}


def test_nobody_is_called_yes():
    (row,) = answered(
        ["**Agency**", "**Contact name**", "**Involvement**"], ["Police", "Y", "Call-outs"]
    )
    assert values(row) == {"agency": "gmp", "known": "yes", "involvement": "Call-outs"}
    assert row["known"].confidence < 0.95
    assert row["known"].doubt
