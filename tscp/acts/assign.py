"""A case is given to a member of staff."""

from __future__ import annotations

from triage.case import Assignment, Case
from tscp.acts.change import change
from tscp.acts.desk import Desk


def assign(desk: Desk, reference: str, to: str, user: str, seen: int | None = None) -> Case:
    """Gives the case to `to`; '-' takes it from whoever has it. Raises Refused."""
    holder = None if to == "-" else to
    return change(
        desk,
        reference,
        user,
        "assigned",
        lambda _case, _today, now: [Assignment(holder, now, user)],
        seen,
    )
