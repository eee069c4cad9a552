"""A case moves to another state, by a person, with a reason; undone by moving back."""

from __future__ import annotations

from datetime import datetime

from storage.cases import load
from storage.database import reading
from triage.case import Case, Move
from triage.matching import references_in
from triage.moves import moves, undone
from triage.problem import Problem
from triage.today import Today
from tscp.acts.change import change, unknown
from tscp.acts.desk import Desk, Refused


def move(
    desk: Desk, reference: str, user: str, to: str, why: str = "", seen: int | None = None
) -> Case:
    """Moves the case to the state `to` (triage/moves.py says which may follow which).

    `why` is needed for an end and for going back; for 'duplicate' it names the other case.
    Raises Refused with what would be right.
    """
    if to == "duplicate":
        _names_another(desk, reference, why)

    def facts(case: Case, _today: Today, now: datetime) -> list[Move]:
        made = moves(case, to, why, user, now)
        if isinstance(made, Problem):
            raise Refused(made.sentence())
        return made

    return change(desk, reference, user, f"moved: {to}", facts, seen)


def undo_move(
    desk: Desk, reference: str, user: str, why: str = "", seen: int | None = None
) -> Case:
    """Moves the case back to where it stood before its last move. Raises Refused."""

    def facts(case: Case, _today: Today, now: datetime) -> list[Move]:
        made = undone(case, why, user, now)
        if isinstance(made, Problem):
            raise Refused(made.sentence())
        return [made]

    return change(desk, reference, user, "move undone", facts, seen)


def _names_another(desk: Desk, reference: str, why: str) -> None:
    """A duplicate says of which case, and that one is no duplicate itself."""
    named = [found for found in references_in(why) if found != reference]
    if not named:
        raise Refused("say of which case it is a duplicate: --why 'duplicate of TSCP-2026-0042'")
    with reading(desk.engine) as session:
        cases = load(session, desk.keys, named)
    for other in named:
        if other not in cases:
            raise unknown(other)
        if cases[other].state == "duplicate":
            raise Refused(f"{other} is itself a duplicate; name the case that goes on")
