"""Which move may follow which, when a reason is needed, and how a move is undone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from cases import AT, a_case
from hypothesis import given
from hypothesis import strategies as st

from triage.case import ENDED, STATES, Case, Move
from triage.moves import WAY, may_move_to, moves, needs_reason, undone
from triage.problem import Problem


def a_case_in(state: str) -> Case:
    """A case that was moved there."""
    at = Move("triage", state, AT, "sam", "")  # type: ignore[arg-type]
    return a_case(moves=() if state == "received" else (at,))


def moved(case: Case, to: str, why: str = "because") -> Case | str:
    """The case after a move, or the sentence of the refusal."""
    made = moves(case, to, why, "sam", AT)
    if isinstance(made, Problem):
        return made.sentence()
    return replace(case, moves=(*case.moves, *made))


MAY = {
    "received": "triage, information needed, ready for panel",
    "triage": "information needed, ready for panel",
    "information needed": "triage, ready for panel",
    "ready for panel": "at panel, triage, information needed",
    "at panel": "decided, triage, information needed, ready for panel",
    "decided": "review under way, closed, triage, information needed, ready for panel, at panel",
    "review under way": "closed, triage, information needed, ready for panel, at panel, decided",
    "closed": ", ".join(WAY[1:-1]),
    "withdrawn": ", ".join(WAY[1:-1]),
}


@pytest.mark.parametrize("state", MAY)
def test_from_each_state_onward_back_and_aside(state: str) -> None:
    aside = [to for to in ("duplicate", "withdrawn", "not for TSCP") if to != state]
    assert list(may_move_to(state)) == [*MAY[state].split(", "), *aside]  # type: ignore[arg-type]


@pytest.mark.parametrize("was", STATES)
@pytest.mark.parametrize("to", STATES)
def test_a_move_is_made_or_refused_with_what_would_be_right(was: str, to: str) -> None:
    after = moved(a_case_in(was), to)
    if to in may_move_to(was):  # type: ignore[arg-type]
        assert isinstance(after, Case)
        assert after.state == to
        assert all(a.to == b.was for a, b in zip(after.moves, after.moves[1:], strict=False))
    else:
        assert isinstance(after, str)
        assert "move" in after


def test_a_reason_is_needed_for_an_end_and_for_going_back() -> None:
    for was, to in (("at panel", "triage"), ("decided", "closed"), ("received", "withdrawn")):
        assert needs_reason(was, to)  # type: ignore[arg-type]
        assert "say why" in str(moved(a_case_in(was), to, " "))
    for was, to in (
        ("received", "triage"),
        ("received", "ready for panel"),
        ("triage", "at panel"),
    ):
        assert isinstance(moved(a_case_in(was), to, ""), Case) == (to in may_move_to(was))  # type: ignore[arg-type]
    assert isinstance(moved(a_case_in("information needed"), "triage", ""), Case)


def test_an_ended_case_is_reopened_by_a_move() -> None:
    for end in sorted(ENDED):
        assert isinstance(moved(a_case_in(end), "triage"), Case)


@given(st.lists(st.sampled_from(STATES), max_size=8))
def test_undo_is_a_move_back_to_where_the_case_stood(path: list[str]) -> None:
    case = a_case()
    for to in path:
        after = moved(case, to)
        case = after if isinstance(after, Case) else case
    back = undone(case, "a slip", "kim", AT)
    if not case.moves:
        assert isinstance(back, Problem)
        return
    assert isinstance(back, Move)
    assert (back.was, back.to, back.by) == (case.state, case.moves[-1].was, "kim")
    assert isinstance(undone(case, "", "kim", AT), Problem)
