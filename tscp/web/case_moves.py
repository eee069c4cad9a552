"""Who has a case, and where it stands: giving it to somebody, moving it, undoing the last move."""

from __future__ import annotations

from typing import Any

from fastapi.responses import Response

from triage.case import Case
from triage.moves import may_move_to, needs_reason
from triage.panel import in_the_way
from triage.today import Today
from tscp.acts.accounts import case_workers
from tscp.acts.assign import assign
from tscp.acts.move import move, undo_move
from tscp.web.acting import FRESH, Attempt
from tscp.web.case_form import case_acted, form_page
from tscp.web.typed import Sent, Unclear
from tscp.web.visit import Here, Visit
from tscp.web.words import sentence

NOBODY = "-"


def ask_whom(visit: Here, reference: str) -> Response:
    """To whom the case is given."""
    return _whom(visit, reference, FRESH)


def give(visit: Here, reference: str, typed: Sent) -> Response:
    """Gives the case to somebody, or to nobody."""

    def act() -> None:
        to = typed.get("to")
        if to not in (NOBODY, *case_workers(visit.desk)):
            raise Unclear("Choose who has the case", "to")
        assign(visit.desk, reference, to, visit.name, typed.version)

    return case_acted(
        visit, reference, typed, act, "assigned", lambda a: _whom(visit, reference, a)
    )


def _whom(visit: Visit, reference: str, attempt: Attempt) -> Response:
    def words(case: Case, _today: Today) -> dict[str, Any]:
        people = case_workers(visit.desk)
        mine = [visit.name] if visit.name in people else []
        names = [*mine, *(name for name in people if name != visit.name)]
        options = [(name, f"{name} (you)" if name == visit.name else name, "") for name in names]
        return {
            "options": [*options, (NOBODY, "Nobody", "")],
            "default": case.assigned_to or visit.name,
        }

    return form_page(visit, reference, "assign.html", attempt, words)


def ask_where(visit: Here, reference: str) -> Response:
    """Where the case is moved."""
    return _where(visit, reference, FRESH)


def go(visit: Here, reference: str, typed: Sent) -> Response:
    """Moves the case."""

    def act() -> None:
        if not typed.get("to"):
            raise Unclear("Choose where the case goes", "to")
        move(visit.desk, reference, visit.name, typed.get("to"), typed.get("why"), typed.version)

    return case_acted(
        visit, reference, typed, act, "moved", lambda a: _where(visit, reference, a), "why"
    )


def undo(visit: Here, reference: str, typed: Sent) -> Response:
    """Undoes the last move."""

    def act() -> None:
        undo_move(visit.desk, reference, visit.name, typed.get("undo_why"), typed.version)

    return case_acted(
        visit, reference, typed, act, "undone", lambda a: _where(visit, reference, a), "undo_why"
    )


def _where(visit: Visit, reference: str, attempt: Attempt) -> Response:
    def words(case: Case, today: Today) -> dict[str, Any]:
        return {
            "options": [(to, sentence(to), _hint(case, to)) for to in may_move_to(case.state)],
            "last": case.moves[-1] if case.moves else None,
            "way": in_the_way(case, today),
        }

    return form_page(visit, reference, "move.html", attempt, words)


def _hint(case: Case, to: str) -> str:
    if to == "duplicate":
        return "say below of which case, such as: duplicate of TSCP-2026-0042"
    wanted = next((state for state in may_move_to(case.state) if state == to), None)
    return "needs a reason" if wanted and needs_reason(case.state, wanted) else ""
