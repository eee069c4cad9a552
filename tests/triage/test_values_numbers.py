"""NHS numbers, postcodes, telephones, e-mail."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from triage.values.numbers import email, nhs_check_digit, nhs_number, postcode, telephone

NINE = st.from_regex(r"\d{9}", fullmatch=True).filter(lambda n: nhs_check_digit(n) is not None)


@settings(deadline=None)
@given(NINE, st.sampled_from(["{}{}{}", "{} {} {}", "{}-{}-{}", "NHS: {} {} {}"]))
def test_a_true_nhs_number_is_sure_however_it_is_spaced(nine, pattern):
    ten = f"{nine}{nhs_check_digit(nine)}"
    found = nhs_number(pattern.format(ten[:3], ten[3:6], ten[6:]))
    assert found == (ten, 0.99, "")


@settings(deadline=None)
@given(NINE, st.integers(1, 9))
def test_a_wrong_check_digit_is_kept_with_a_doubt(nine, off):
    wrong = f"{nine}{(nhs_check_digit(nine) + off) % 10}"
    found = nhs_number(wrong)
    assert found.value == wrong
    assert found.confidence < 0.95
    assert "check digit" in found.doubt


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sk14 1aa", "SK14 1AA"), ("M340ZZ", "M34 0ZZ"), ("1 High St, Hyde SK14 1AA", "SK14 1AA"),
        ("W1A 1AA.", "W1A 1AA"), ("Hyde", None), ("Flat 10", None),
    ],
)  # fmt: skip
def test_postcode(text, expected):
    assert postcode(text).value == expected


def test_letters_for_digits_in_a_postcode_are_mended_with_a_doubt():
    assert postcode("SK14 OAA") == ("SK14 0AA", 0.7, "the postcode is not quite in form")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0161 496 0000", "01614960000"), ("(0161) 496-0000", "01614960000"),
        ("07700 900123 ext 4", "07700900123 ext 4"), ("ask the office", None),
        ("0161 496 0000 / 07700 900123", "01614960000 / 07700900123"),
        ("+44 7700 900123", "+447700900123"),
    ],
)  # fmt: skip
def test_telephone(text, expected):
    assert telephone(text).value == expected


def test_email():
    assert email("Ann <a.b-c@x.example>; no fax").value == "a.b-c@x.example"
    assert email("a.b @x.example").value == "a.b@x.example"
    assert email("a@x.example, b@x.example").confidence < 0.95
    assert email("none").value is None


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (telephone, "07700 900 12"), (nhs_number, "999 000 0018 / 999 000 0026"),
        (postcode, "SK14 1AA, from May SK15 2BB"), (email, "a.tester@gmp.exam"),
    ],
)  # fmt: skip
def test_numbers_cut_short_or_given_twice_are_not_sure(read, text):
    found = read(text)
    assert found.value
    assert found.doubt
    assert found.confidence <= 0.9
