"""A case as it stood on a day: what came later is not seen, and nothing seen is lost again."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from typing import Any

from cases import RECEIVED, a_case, a_filed, a_sin_form, decided, told
from hypothesis import given, settings
from hypothesis import strategies as st

from triage.case import (
    Assignment,
    Case,
    ContributionFact,
    LetterFact,
    Move,
    Notification,
    PartnersTold,
    Relation,
)
from triage.looking_back import as_of
from triage.working_days import london_day

OPENED = datetime(2026, 3, 4, 10, tzinfo=UTC)
DAYS = st.integers(-2, 30).map(lambda n: RECEIVED + timedelta(days=n))
TIMES = st.integers(0, 24 * 30).map(lambda hours: OPENED + timedelta(hours=hours))
FORM = a_sin_form()


def some(facts: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A few of these."""
    return st.lists(facts, max_size=3).map(tuple)


CASES = st.builds(
    Case,
    reference=st.just("TSCP-2026-0001"),
    received_at=st.just(OPENED),
    mails=some(TIMES.map(lambda at: a_filed(FORM, at))),
    contributions=some(
        st.builds(
            ContributionFact,
            st.sampled_from(["gmp", "hv"]),
            st.sampled_from(["requested", "received", "declined"]),
            DAYS,
            TIMES,
            st.just("sam"),
        )
    ),
    moves=some(TIMES.map(lambda at: Move("received", "triage", at, "sam", ""))),
    assignments=some(TIMES.map(lambda at: Assignment("sam", at, "sam"))),
    notifications=some(
        st.builds(
            Notification, st.booleans(), DAYS, TIMES, st.just("sam"), sent_on=st.none() | DAYS
        )
    ),
    told=some(st.builds(PartnersTold, DAYS, TIMES, st.just("sam"))),
    relations=some(TIMES.map(lambda at: Relation("R", "why", 1.0, at))),
    letters=some(
        st.builds(
            LetterFact,
            st.just("L"),
            st.just("request"),
            st.just("sent"),
            TIMES,
            sent_at=st.none() | TIMES,
        )
    ),
)


def days_of(case: Case) -> list[date]:
    """Every day a fact of the case happened on."""
    facts = [fact for field in fields(case) for fact in _facts(getattr(case, field.name))]
    days = [getattr(fact, "on", None) or london_day(fact.at) for fact in facts]
    later = [getattr(fact, "sent_on", None) for fact in facts]
    sent = [getattr(fact, "sent_at", None) for fact in facts]
    return [*days, *(d for d in later if d), *(london_day(at) for at in sent if at)]


def _facts(value: Any) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else ()


@settings(deadline=None)
@given(CASES, DAYS)
def test_nothing_of_a_later_day_is_seen(case: Case, day: date) -> None:
    then = as_of(case, day)
    assert (then is None) == (day < RECEIVED)
    assert then is None or all(on <= day for on in days_of(then))


@settings(deadline=None)
@given(CASES, DAYS, DAYS)
def test_looking_back_from_any_later_day_shows_the_same(case: Case, one: date, other: date) -> None:
    earlier, later = sorted([one, other])
    seen_later = as_of(case, later)
    assert (as_of(seen_later, earlier) if seen_later else None) == as_of(case, earlier)


@settings(deadline=None)
@given(CASES)
def test_on_the_last_day_everything_is_seen(case: Case) -> None:
    assert as_of(case, RECEIVED + timedelta(days=60)) == case


def test_what_happened_on_the_day_itself_is_seen() -> None:
    same_day = (told("gmp", "requested"), told("icb", "received", RECEIVED + timedelta(days=1)))
    then = as_of(a_case(contributions=same_day, notifications=(decided(True),)), RECEIVED)
    assert then is not None
    assert (then.contributions, then.notifications) == (same_day[:1], (decided(True),))


def test_a_notification_sent_later_was_decided_and_not_sent() -> None:
    notified = decided(True, sent_on=date(2026, 3, 6), panel_reference="P/1")
    then = as_of(a_case(notifications=(notified,)), date(2026, 3, 5))
    assert then is not None
    assert then.notification == decided(True)


def test_the_day_ends_at_midnight_in_london() -> None:
    case = a_case(at=datetime(2026, 6, 30, 23, 30, tzinfo=UTC))
    assert as_of(case, date(2026, 6, 30)) is None
    assert as_of(case, date(2026, 7, 1)) == case
