"""Working days are Monday to Friday less England's bank holidays; day 0 is the event's day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from cases import a_case, seen_on
from hypothesis import given
from hypothesis import strategies as st

from triage.clocks import Clock, clocks
from triage.working_days import Calendar, london_day

ENGLAND = seen_on().calendar
DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
SPRING = st.dates(date(2028, 2, 20), date(2028, 4, 1))
"""So few days that one is often counted from a holiday, or to one."""


def naive_count(calendar: Calendar, after: date, up_to: date) -> int:
    """One day at a time."""
    sign, first, last = (1, after, up_to) if after <= up_to else (-1, up_to, after)
    days = [first + timedelta(days=n) for n in range(1, (last - first).days + 1)]
    return sign * sum(calendar.is_working(day) for day in days)


@given(SPRING, st.integers(-40, 40), st.sets(SPRING, max_size=15))
def test_counting_agrees_with_counting_one_day_at_a_time(
    day: date, further: int, holidays: set[date]
) -> None:
    calendar, other = Calendar(frozenset(holidays)), day + timedelta(days=further)
    assert calendar.count(day, other) == naive_count(calendar, day, other)


@given(DAYS, st.integers(1, 40))
def test_adding_ends_on_a_working_day_that_counts_back(day: date, number: int) -> None:
    end = ENGLAND.add(day, number)
    assert ENGLAND.is_working(end)
    assert naive_count(ENGLAND, day, end) == number


@pytest.mark.parametrize(
    ("start", "number", "end"),
    [
        pytest.param((2026, 12, 23), 1, (2026, 12, 24), id="Christmas Eve is a working day"),
        pytest.param((2026, 12, 24), 1, (2026, 12, 29), id="Boxing Day on a Saturday: Monday off"),
        pytest.param((2026, 12, 31), 1, (2027, 1, 4), id="New Year"),
        pytest.param((2026, 4, 2), 1, (2026, 4, 7), id="Good Friday and Easter Monday"),
        pytest.param((2023, 5, 5), 1, (2023, 5, 9), id="the coronation, once"),
        pytest.param((2022, 9, 16), 1, (2022, 9, 20), id="the state funeral, once"),
        pytest.param((2026, 11, 27), 1, (2026, 11, 30), id="St Andrew's Day is Scotland's"),
        pytest.param((2026, 3, 16), 1, (2026, 3, 17), id="St Patrick's Day is Ireland's"),
        pytest.param((2028, 2, 28), 1, (2028, 2, 29), id="a leap day that is a Tuesday"),
        pytest.param((2026, 3, 7), 1, (2026, 3, 9), id="a Saturday's day 1 is Monday"),
        pytest.param((2026, 3, 7), 0, (2026, 3, 7), id="day 0 is the day itself"),
    ],
)
def test_the_next_working_day_in_england(
    start: tuple[int, int, int], number: int, end: tuple[int, int, int]
) -> None:
    assert ENGLAND.add(date(*start), number) == date(*end)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 3, 28, 23, 59, tzinfo=UTC), date(2026, 3, 28)),
        (datetime(2026, 3, 29, 22, 59, tzinfo=UTC), date(2026, 3, 29)),
        (datetime(2026, 3, 29, 23, 0, tzinfo=UTC), date(2026, 3, 30)),
        (datetime(2026, 10, 24, 23, 0, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 25, 23, 59, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 12, 31, 23, 59, tzinfo=UTC), date(2026, 12, 31)),
    ],
)
def test_a_time_is_the_day_it_is_in_london(moment: datetime, day: date) -> None:
    assert london_day(moment) == day


def test_monday_is_day_one_of_a_referral_on_saturday() -> None:
    case = a_case(at=datetime(2026, 3, 7, 9, 0, tzinfo=UTC))
    monday = seen_on(date(2026, 3, 9))
    (clock,) = [c for c in clocks(case, monday) if c.name == "acknowledgement"]
    assert (clock.due_on, clock.working_day(monday)) == (monday.on, 1)


@pytest.mark.parametrize(
    ("seen", "days_left", "working_day", "overdue"),
    [
        (date(2026, 3, 3), 5, 0, False),
        (date(2026, 3, 7), 2, 3, False),
        (date(2026, 3, 8), 2, 3, False),
        (date(2026, 3, 10), 0, 5, False),
        (date(2026, 3, 11), -1, 6, True),
        (date(2026, 3, 15), -3, 8, True),
    ],
)
def test_days_left_run_down_to_the_due_day_and_below(
    seen: date, days_left: int, working_day: int, overdue: bool
) -> None:
    clock, today = Clock("n", "e", date(2026, 3, 3), date(2026, 3, 10)), seen_on(seen)
    shown = (clock.days_left(today), clock.working_day(today), clock.overdue(seen))
    assert shown == (days_left, working_day, overdue)


def test_a_clock_due_on_friday_is_overdue_on_saturday_with_no_working_day_gone() -> None:
    clock, saturday = Clock("n", "e", date(2026, 3, 2), date(2026, 3, 6)), date(2026, 3, 7)
    assert clock.overdue(saturday)
    assert clock.days_left(seen_on(saturday)) == 0
