"""What people write where they have no answer, and numbers that are not right."""

from __future__ import annotations

from benchmarks.corpus.contents import Contents, Row
from tscp.demo.people import check_digit
from tscp.demo.typed import Typed, nothing

MAY_BE_OPEN = (
    *("referrer_role", "referrer_phone", "safeguarding_lead_name", "safeguarding_lead_agency"),
    *("consulted_on", "incident_place", "crime_reference", "good_practice", "signature"),
    *("learning_identified", "linked_cases", "signed_on", "panel_reference", "la_aware_date"),
)
OF_CHILDREN = (
    *("ethnicity", "religion", "disability", "first_language", "nhs_number", "gp_practice"),
    *("school_or_setting", "usual_local_authority", "social_care_id", "carer_at_incident"),
    *("date_of_death", "expected_delivery_date", "whereabouts_at_incident"),
)
NOTHING = ("N/A", "TBC", "n/a", "-", "To be confirmed", "Not applicable", "tbc", "NA")
UNKNOWN = ("Not known", "Unknown", "N/K", "not known at this time")


def _open(made: Contents, share: float) -> list[tuple[Row, str]]:
    places = [(made.answers, key) for key in MAY_BE_OPEN]
    places += [(child, key) for child in made.children for key in OF_CHILDREN]
    return [place for place in places if made.chance.random() < share]


def left_blank(made: Contents) -> None:
    """Some questions are left empty."""
    for row, key in _open(made, 0.2):
        row[key] = nothing()


def words_for_nothing(made: Contents) -> None:
    """'TBC', 'N/A', '-'."""
    for row, key in _open(made, 0.15):
        row[key] = nothing(made.chance.choice(NOTHING))


def not_known(made: Contents) -> None:
    """'Not known' to a question that asks for a word; that or nothing is right."""
    for row, key in _open(made, 0.12):
        written = made.chance.choice(UNKNOWN)
        row[key] = Typed(written, None, (written, "unknown"))


def bad_nhs_number(made: Contents) -> None:
    """The check digit is wrong: still what was typed."""
    row = made.children[0]
    nine = f"999{made.chance.randrange(10**6):06d}"
    wrong = (check_digit(nine) + 3) % 10
    row["nhs_number"] = Typed(
        f"{nine[:3]} {nine[3:6]} {nine[6:]}{wrong}", f"{nine}{wrong}", (None,)
    )


def nhs_together(made: Contents) -> None:
    """Ten digits without spaces."""
    for row in made.children:
        number = row["nhs_number"]
        if number.value is not None:
            row["nhs_number"] = Typed(str(number.value), number.value, number.accept)
