"""A case is given to a member of staff."""

from __future__ import annotations

from storage import people
from storage.database import reading
from triage.case import Assignment, Case
from tscp.acts.access import may_see
from tscp.acts.change import change, refuse_all
from tscp.acts.desk import Desk

ONE_MORE = "make one with `tscp user add NAME --role 'business support'`"


def assign(desk: Desk, reference: str, to: str, user: str, seen: int | None = None) -> Case:
    """Gives the case to `to`; '-' takes it from whoever has it. Raises Refused.

    A case is given to an account of the desk that sees cases. Where there are no accounts at all
    the desk is not in use, and any name will do.
    """
    holder = None if to == "-" else to
    refuse_all(desk, reference, _no_holder(desk, holder) if holder else [])
    return change(
        desk,
        reference,
        user,
        "assigned",
        lambda _case, _today, now: [Assignment(holder, now, user)],
        seen,
    )


def _no_holder(desk: Desk, name: str) -> list[str]:
    """Why a case cannot be given to this name; empty if it can."""
    with reading(desk.engine) as session:
        accounts = people.accounts(session)
    able = [account for account, role in accounts if may_see(role, "case")]
    if name in able or not accounts:
        return []
    there = f"there are: {', '.join(able)}; or " if able else ""
    return [f"no account '{name}' that sees cases; {there}{ONE_MORE}"]
