"""Who may see what: one table. Access is by need; a refusal is shown, and written down."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from storage import audit
from storage.database import transaction
from tscp.acts.desk import Desk

What = Literal["queue", "case", "mail", "summary", "service", "audit"]

MAY_SEE: Mapping[str, tuple[What, ...]] = {
    "business support": ("queue", "case", "mail", "summary"),
    "manager": ("queue", "case", "mail", "summary"),
    "panel member": ("queue", "case", "mail"),
    "administrator": ("service",),
    "auditor": ("audit",),
}
"""Role -> what it may see, the page it begins with first. Administrators keep the service going
and auditors check who looked: neither needs a child's case for it. A role not named sees nothing.
"""


def may_see(role: str, what: What) -> bool:
    """Whether people with this role may see that."""
    return what in MAY_SEE.get(role, ())


def note_refusal(desk: Desk, user: str, what: What, reference: str = "") -> None:
    """Writes into the audit that somebody asked for what their role does not see."""
    with transaction(desk.engine) as session:
        audit.append(session, user, f"refused: {what}", reference, desk.now())
