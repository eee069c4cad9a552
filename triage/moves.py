"""How a case moves from state to state: the way through, back along it, out of it and in again.

Source: the partnership's own steps. Every move has a person or rule, a time and a reason, and is
undone by a new one. Nothing here looks at what is in the way: people decide when a case is ready.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from triage.case import ENDED, STATES, Case, Move, State
from triage.problem import Problem

ONWARD: Mapping[State, tuple[State, ...]] = {
    "received": ("triage",),
    "triage": ("information needed", "ready for panel"),
    "information needed": ("triage", "ready for panel"),
    "ready for panel": ("at panel",),
    "at panel": ("decided",),
    "decided": ("review under way", "closed"),
    "review under way": ("closed",),
}
"""State -> where it may go on to; without a reason, but for 'closed'."""
WAY: tuple[State, ...] = (*ONWARD, "closed")
ASIDE: tuple[State, ...] = ("duplicate", "withdrawn", "not for TSCP")
"""Ends that every case may come to, and change between."""


def may_move_to(state: State) -> tuple[State, ...]:
    """Where a case in this state may be moved by hand: onward, back, aside."""
    back = WAY[1:-1] if state in ENDED else WAY[1 : WAY.index(state)]
    found = (*_onward(state), *back, *ASIDE)
    return tuple(dict.fromkeys(to for to in found if to != state))


def needs_reason(was: State, to: State) -> bool:
    """An end, and any move that is not onward, says why."""
    return to in ENDED or to not in _onward(was)


def _onward(state: State) -> tuple[State, ...]:
    """A received case may go at once where one in triage may."""
    through = ONWARD["triage"] if state == "received" else ()
    return (*ONWARD.get(state, ()), *through)


def moves(case: Case, to: str, why: str, by: str, at: datetime) -> list[Move] | Problem:
    """The moves that bring a case to a state; out of 'received' it goes through triage."""
    was = case.state
    wanted = next((state for state in may_move_to(was) if state == to), None)
    if wanted is None:
        return _refused(was, to)
    if needs_reason(was, wanted) and not why.strip():
        return Problem(f"say why the case moves from '{was}' to '{wanted}'")
    if was == "received" and wanted != "triage":
        into = Move("received", "triage", at, by, f"moved to {wanted}")
        return [into, Move("triage", wanted, at, by, why)]
    return [Move(was, wanted, at, by, why)]


def _refused(was: State, to: str) -> Problem:
    allowed = f"from there it may move to: {', '.join(may_move_to(was))}"
    if to not in STATES:
        return Problem(f"no state '{to}'; the case is in '{was}'", what_to_do=allowed)
    if to == was:
        return Problem(f"the case is in '{was}' already", what_to_do=allowed)
    if to == "received":
        return Problem("'received' is where a case begins", what_to_do="a move is undone instead")
    return Problem(f"the case is in '{was}' and does not move to '{to}'", what_to_do=allowed)


def undone(case: Case, why: str, by: str, at: datetime) -> Move | Problem:
    """The move back to where the case stood before its last move."""
    if not case.moves:
        return Problem("the case has not been moved", what_to_do="there is nothing to undo")
    if not why.strip():
        return Problem("say why the move is undone")
    last = case.moves[-1]
    return Move(last.to, last.was, at, by, why)
