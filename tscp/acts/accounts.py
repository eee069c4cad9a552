"""Accounts of the desk."""

from __future__ import annotations

from storage import audit, people
from storage.database import reading, transaction
from tscp.acts.access import may_see
from tscp.acts.desk import Desk, Refused


def add_account(desk: Desk, name: str, role: str, password: str, user: str) -> bool:
    """Makes an account (True), or gives an existing one a new password and role (False).

    Raises Refused for an unknown role, an unusable name or a short password.
    """
    if role not in people.ROLES:
        raise Refused(f"no role '{role}'; there are: {', '.join(people.ROLES)}")
    if not name.strip() or name != name.strip() or len(name) > 64:
        raise Refused("an account's name has 1 to 64 characters, no spaces around it")
    if len(password) < people.LEAST_CHARACTERS:
        raise Refused(f"a password has at least {people.LEAST_CHARACTERS} characters")
    with transaction(desk.engine) as session:
        new = people.add(session, name, role, password)
        audit.append(session, user, f"account {'made' if new else 'changed'}: {role}", name,
                     desk.now())  # fmt: skip
    return new


def case_workers(desk: Desk) -> list[str]:
    """The accounts a case can be given to: whose role sees cases."""
    with reading(desk.engine) as session:
        return [name for name, role in people.accounts(session) if may_see(role, "case")]
