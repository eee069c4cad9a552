"""A person undoes a filing: what it leaves behind, and a case that nothing is left of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from triage.case import ENDED, Case, Move
from triage.filing import Arrival, Outcome
from triage.matching import Candidate
from triage.settling import Decide
from triage.today import Today

EMPTY = "the only message on it was filed here by mistake"


def is_empty(case: Case) -> bool:
    """No message stands on it, and staff noted nothing that would be lost with it."""
    noted = case.contributions or case.notifications or case.corrections or case.told
    return not case.mails and not noted


def left_empty(case: Case, by: str, why: str, at: datetime) -> Sequence[Move]:
    """The move that ends a case of which nothing is left; none where it goes on."""
    if not is_empty(case) or case.state in ENDED:
        return ()
    return (Move(case.state, "withdrawn", at, by, f"{EMPTY}: {why}" if why else EMPTY),)


def opened_by(case: Case, message: str) -> bool:
    """Whether this message had opened the case, also where its filing was withdrawn."""
    if case.mails:
        return case.mails[0].message == message
    return any(one.message == message for one in case.withdrawn)


def back_to(case: Case, rules: Decide, by: str, at: datetime) -> Decide:
    """The rules, for a message that had opened this case: read again, it opens no second one.

    A case that had ended because nothing was left of it goes on where it was.
    """
    ended = case.state == "withdrawn" and case.moves[-1].why.startswith(EMPTY)
    moves = (Move("withdrawn", case.moves[-1].was, at, by, "read again"),) if ended else ()

    def decide(arrival: Arrival, candidates: Sequence[Candidate], today: Today) -> Outcome:
        outcome = rules(arrival, candidates, today)
        new = next((n for n, one in enumerate(outcome.filings) if one.reference is None), None)
        filings = tuple(
            replace(one, reference=case.reference, letters=(), moves=(*moves, *one.moves))
            if n == new
            else one
            for n, one in enumerate(outcome.filings)
        )
        return replace(outcome, filings=filings)

    return decide
