"""Plain labels ('Name', 'Date') take their meaning from the heading, or the label before them."""

import pytest
from readings import aliases, head, reading, table, values, vocabularies

from parsers.mapping import to_sin_form


def answers(*blocks):
    """The answers given once."""
    return to_sin_form(reading(*blocks), vocabularies()[0], aliases()).answers


@pytest.mark.parametrize(
    "heading",
    ["Section 1: Notifying officer", "1. Reporting person", "Reporter", "Who is referring",
     "Person completing this form", "Notifier", "About you", "Details of referring professional"],
)  # fmt: skip
def test_a_heading_says_whose_name_and_post_they_are(heading):
    rows = [["**Name**", "Ann Lees"], ["**Position**", "Nurse"], ["**Organisation**", "GMP"],
            ["**Tel.**", "0161 496 0123"], ["**Date**", "3 March 2026"]]  # fmt: skip
    read = values(answers(head(heading), table(*rows)))
    assert read["referrer_name"] == "Ann Lees"
    assert (read["referrer_role"], read["referrer_agency"]) == ("Nurse", "gmp")
    assert read["referrer_phone"] == "01614960123"
    assert "referral_date" in read


def test_a_date_beside_a_signature_is_the_signatures_whatever_the_section():
    read = answers(
        head("Agencies involved"),
        table(["**Agency**", "**Known?**"], ["Police", "Yes"]),
        table(["**Signature**", "A. Lees", "**Date**", "3 March 2026"]),
    )
    assert read["signature"].value == "A. Lees"
    assert read["signed_on"].text == "3 March 2026"


def test_a_name_that_comes_again_after_the_lead_is_the_leads():
    read = answers(
        head("Your details"),
        table(
            ["**Name**", "Ann Lees"],
            ["**Role**", "Nurse"],
            ["**Date of referral**", "4/3/2026"],
            ["**Safeguarding lead consulted**", "Yes"],
            ["**Name**", "Bo Hart"],
            ["**Date**", "3/3/2026"],
            ["**Role**", "Matron"],
        ),
    )
    assert (read["referrer_name"].value, read["referrer_role"].value) == ("Ann Lees", "Nurse")
    assert read["safeguarding_lead_name"].value == "Bo Hart"


def test_in_the_parts_of_others_a_date_after_a_signature_stays_unread():
    read = answers(
        head("Referrer"), table(["**Name**", "Ann Lees"]),
        head("For office use only"), table(["**Signed**", "B"], ["**Date**", "3/3/2026"]),
    )  # fmt: skip
    assert "signed_on" not in read


def test_a_post_right_under_the_leads_name_is_not_sure_to_be_the_referrers():
    rows = [["**Name**", "Ann Lees"], ["**Safeguarding Lead**", "Bo"], ["**Position**", "Matron"]]
    assert answers(head("Referrer"), table(*rows))["referrer_role"].confidence < 0.95


def test_mrs_is_no_post():
    rows = [["**Title**", "Mrs"], ["**Name**", "Ann Lees"], ["**Role**", "Nurse"]]
    assert answers(head("Referrer"), table(*rows))["referrer_role"].value == "Nurse"
