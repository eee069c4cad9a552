"""A case as it stood at the end of a day: `--on DATE` is this and nothing more."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TypeVar

from triage.case import (
    Assignment,
    Case,
    ContributionFact,
    FiledMail,
    LetterFact,
    Move,
    Notification,
    PartnersTold,
    Relation,
    Withdrawn,
)
from triage.current import corrections_there
from triage.working_days import london_day

Fact = TypeVar("Fact", FiledMail, Move, Assignment, Relation, LetterFact, Withdrawn)
DatedFact = TypeVar("DatedFact", ContributionFact, Notification, PartnersTold)


def as_of(case: Case, day: date) -> Case | None:
    """The case with only the facts whose own time is not after the end of `day` in London.

    None if the case was received later. A fact with a date of its own (a contribution, a
    notification) counts from that date, any other from the time it was filed or done.
    Corrections are always current; those about a child nobody had told of yet are not seen.
    """
    if london_day(case.received_at) > day:
        return None
    then = replace(
        case,
        mails=_by_time(case.mails, day),
        contributions=_by_date(case.contributions, day),
        moves=_by_time(case.moves, day),
        assignments=_by_time(case.assignments, day),
        notifications=_notified(case.notifications, day),
        told=_by_date(case.told, day),
        relations=_by_time(case.relations, day),
        withdrawn=_by_time(case.withdrawn, day),
        letters=_sent(_by_time(case.letters, day), day),
    )
    return replace(then, corrections=corrections_there(then)) if case.corrections else then


def _by_time(facts: tuple[Fact, ...], day: date) -> tuple[Fact, ...]:
    return tuple(fact for fact in facts if london_day(fact.at) <= day)


def _by_date(facts: tuple[DatedFact, ...], day: date) -> tuple[DatedFact, ...]:
    return tuple(fact for fact in facts if fact.on <= day)


def _notified(facts: tuple[Notification, ...], day: date) -> tuple[Notification, ...]:
    """A notification decided by `day` but sent later is, on that day, not sent yet."""
    return tuple(
        replace(fact, sent_on=None, panel_reference=None)
        if fact.sent_on is not None and fact.sent_on > day
        else fact
        for fact in _by_date(facts, day)
    )


def _sent(letters: tuple[LetterFact, ...], day: date) -> tuple[LetterFact, ...]:
    """A letter that left later was still waiting on `day`."""
    return tuple(
        replace(letter, sent_at=None, state="waiting")
        if letter.sent_at is not None and london_day(letter.sent_at) > day
        else letter
        for letter in letters
    )
