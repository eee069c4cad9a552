"""Dates as British forms have them."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from triage.values.dates import parse_when
from triage.values.when import Age, Day, Period, Roughly

NEAR = date(2026, 6, 1)
DAYS = st.dates(date(2001, 1, 1), date(2030, 12, 31))
SUFFIX = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}


def _ordinal(day):
    return f"{day}{SUFFIX.get(day, 'th')}"


WRITTEN = [
    lambda d: f"{d:%d/%m/%Y}",
    lambda d: f"{d.day}/{d.month}/{d:%y}",
    lambda d: f"{d:%d.%m.%y}",
    lambda d: f"{d:%d-%m-%Y}",
    lambda d: f"{d:%d.%m/%y}",
    lambda d: f"{d:%d,%m,%Y}",
    lambda d: f"{d:%d//%m//%y}",
    lambda d: f"{d.isoformat()}",
    lambda d: f"{d.day} {d:%B %Y}",
    lambda d: f"{d:%d-%b-%y}",
    lambda d: f"{_ordinal(d.day)} of {d:%B %Y}",
    lambda d: f"{d:%A} {_ordinal(d.day)} {d:%B %Y}",
    lambda d: f"{d:%a} {d.day} {d:%b %Y}",
    lambda d: f"  {d:%B} {d.day}, {d.year} ",
]


@settings(deadline=None)
@given(DAYS, st.sampled_from(WRITTEN))
def test_a_day_is_read_however_it_is_written(day, write):
    parsed = parse_when(write(day), near=NEAR)
    assert parsed.value == Day(day)
    assert parsed.confidence >= 0.95
    assert parsed.doubt == ""


@settings(deadline=None)
@given(DAYS, st.sampled_from(WRITTEN), st.times())
def test_a_time_beside_the_day_is_kept(day, write, time):
    assert parse_when(f"{write(day)} at {time:%H:%M}").value == Day(day, f"{time:%H:%M}")


@settings(deadline=None)
@given(DAYS, st.integers(1, 40), st.sampled_from(WRITTEN), st.sampled_from([" - ", " – ", " to "]))
def test_two_days_joined_are_a_period(first, length, write, between):
    last = date.fromordinal(first.toordinal() + length)
    parsed = parse_when(f"{write(first)}{between}{write(last)}", near=NEAR)
    assert parsed.value == Period(first, last)


@settings(deadline=None)
@given(st.dates(date(1945, 1, 1), date(2026, 6, 1)))
def test_a_birth_with_two_digits_of_year_is_never_in_the_future(born):
    value = parse_when(f"{born:%d/%m/%y}", birth=True, near=NEAR).value
    assert isinstance(value, Day)
    assert value.on == born


def test_a_birth_of_a_year_to_come_was_in_the_last_century():
    assert parse_when("03/04/30", birth=True, near=NEAR).value == Day(date(1930, 4, 3))
    assert parse_when("03/04/30", near=NEAR).value == Day(date(2030, 4, 3))


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_text_gives_a_value_or_a_reason(text):
    parsed = parse_when(text, birth=True, near=NEAR)
    assert 0 <= parsed.confidence <= 1
    assert parsed.value is not None or parsed.confidence > 0.9 or parsed.doubt


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("between 3 and 5 March 2026", Period(date(2026, 3, 3), date(2026, 3, 5))),
        ("3-5 March 2026", Period(date(2026, 3, 3), date(2026, 3, 5))),
        ("14th/15th March 2026", Period(date(2026, 3, 14), date(2026, 3, 15))),
        ("28 Feb - 2 March 2026", Period(date(2026, 2, 28), date(2026, 3, 2))),
        ("early March 2026", Roughly("early March 2026", "2026-03")),
        ("approx 3/3/26", Roughly("approx 3/3/26", "2026-03")),
        ("March 2026", Roughly("March 2026", "2026-03")),
        ("mid-2026", Roughly("mid-2026")),
        ("2.30pm on 3 March 2026", Day(date(2026, 3, 3), "14:30")),
        ("1430hrs 03/03/26", Day(date(2026, 3, 3), "14:30")),
        ("3/3/26 approx 21:00", Day(date(2026, 3, 3), "21:00")),
    ],
)
def test_spans_times_and_approximations(text, value):
    parsed = parse_when(text, near=NEAR)
    assert parsed.value == value
    assert parsed.confidence >= 0.9


@pytest.mark.parametrize("text", ["TBC", "N/A", "-", "not known", "", "  ", "dd/mm/yyyy", "....."])
def test_where_nothing_is_said_there_is_no_value_and_no_doubt(text):
    assert parse_when(text) == (None, 1.0, "")


@pytest.mark.parametrize("text", ["31/02/2026", "13/25/2026", "see chronology", "99"])
def test_what_is_no_date_is_no_value_and_says_so(text):
    parsed = parse_when(text)
    assert parsed.value is None
    assert parsed.confidence < 0.5
    assert parsed.doubt


def test_a_year_left_out_is_taken_from_the_referral_with_less_confidence():
    assert parse_when("3rd of March", near=NEAR) == (
        Day(date(2026, 3, 3)), 0.75, "the year is not given",
    )  # fmt: skip
    assert parse_when("25 December", near=NEAR).value == Day(date(2025, 12, 25))
    assert parse_when("3rd of March").value is None


def test_a_date_that_only_works_month_first_is_read_so_and_doubted():
    value, confidence, doubt = parse_when("05/13/2026")
    assert value == Day(date(2026, 5, 13))
    assert confidence < 0.7
    assert "month first" in doubt


def test_a_weekday_that_does_not_fit_is_a_doubt():
    assert parse_when("Monday 3rd March 2026").confidence < 0.95
    assert parse_when("Tuesday 3rd March 2026").confidence > 0.95


@pytest.mark.parametrize(
    ("text", "count", "unit"),
    [
        ("4 years", 4, "years"), ("4 yrs 2 months", 4, "years"), ("6 months old", 6, "months"),
        ("3/12", 3, "months"), ("3/52", 3, "weeks"), ("10 days", 10, "days"),
        ("aged 3 years", 3, "years"), ("approx 5 years old", 5, "years"), ("Age 9", 9, "years"),
        ("age 15 (dob tbc)", 15, "years"),
        ("17yo", 17, "years"), ("1 year 3 months", 15, "months"), ("four years", 4, "years"),
    ],
)  # fmt: skip
def test_an_age_stands_for_a_birthday(text, count, unit):
    assert parse_when(text, birth=True).value == Age(count, unit)


def test_an_age_is_no_date_of_an_incident():
    assert parse_when("4 years").value is None


@pytest.mark.parametrize(
    ("text", "day"),
    [("l2/03/2026", 12), ("O3/03/2O26", 3), ("1l.03.26", 11), ("S/03/2026", 5)],
)
def test_letters_for_digits_are_read_but_never_sure(text, day):
    read = parse_when(text, near=NEAR)
    assert (read.value, read.doubt) == (
        Day(date(2026, 3, day)), "letters stand where digits should",
    )  # fmt: skip
    assert read.confidence <= 0.8


@pytest.mark.parametrize(
    ("text", "value"),
    [("third of March 2026", date(2026, 3, 3)), ("the twenty-first of May 2026", date(2026, 5, 21)),
     ("03|03|2026", date(2026, 3, 3))],
)  # fmt: skip
def test_days_in_words_and_upright_strokes(text, value):
    assert parse_when(text, near=NEAR).value == Day(value)


def test_half_years_are_ages_and_no_dates():
    assert parse_when("1.5 years", birth=True, near=NEAR).value == Age(18, "months")
