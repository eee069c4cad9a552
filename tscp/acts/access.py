"""Who may see and who may do what: two tables. Access is by need; a refusal is shown, and
written down."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from storage import audit
from storage.database import transaction
from tscp.acts.desk import Desk

What = Literal["queue", "case", "mail", "letters", "summary", "service", "audit"]
Deed = Literal["act on cases", "settle e-mails", "send letters", "hold letters"]

MAY_SEE: Mapping[str, tuple[What, ...]] = {
    "business support": ("queue", "case", "mail", "letters", "summary"),
    "manager": ("queue", "case", "mail", "letters", "summary"),
    "panel member": ("queue", "case", "mail"),
    "administrator": ("service",),
    "auditor": ("audit",),
}
"""Role -> what it may see, the page it begins with first. Administrators keep the service going
and auditors check who looked: neither needs a child's case for it. A role not named sees nothing.
"""

ALL: tuple[Deed, ...] = ("act on cases", "settle e-mails", "send letters", "hold letters")
MAY_DO: Mapping[str, tuple[Deed, ...]] = {
    "business support": ALL,
    "manager": ALL,
    "panel member": (),
    "administrator": ("hold letters",),
    "auditor": (),
}
"""Role -> what it may do on the desk. Panel members look; administrators stop letters when
something is wrong with them, without seeing one. A role not named does nothing."""


def may_see(role: str, what: What) -> bool:
    """Whether people with this role may see that."""
    return what in MAY_SEE.get(role, ())


def may_do(role: str, deed: Deed) -> bool:
    """Whether people with this role may do that."""
    return deed in MAY_DO.get(role, ())


def note_refusal(desk: Desk, user: str, what: What | Deed, reference: str = "") -> None:
    """Writes into the audit that somebody asked for what their role does not see or do."""
    with transaction(desk.engine) as session:
        audit.append(session, user, f"refused: {what}", reference, desk.now())
