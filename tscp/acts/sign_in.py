"""People sign in to the desk and out of it; both, and every refusal, are in the audit."""

from __future__ import annotations

import threading

from storage import audit, people
from storage.database import reading, transaction
from tscp.acts.desk import Desk, Refused

LONGEST_PASSWORD = 1_000
SOMEBODY = "somebody"
"""Stands for a name that no account has: what was typed there may be a password."""
PATIENCE = 5.0

_one_at_a_time = threading.Lock()
"""A password's hash takes 128 MB and a third of a second: guessers queue, the desk goes on."""


class Busy(Refused):
    """Too many people sign in at this moment; nothing was checked."""


def sign_in(desk: Desk, name: str, password: str) -> str | None:
    """A session's token; None where name and password do not fit or the account is closed.

    Raises Busy, having checked nothing, when too many others are waiting.
    """
    if not _one_at_a_time.acquire(timeout=PATIENCE):
        raise Busy("many people are signing in: try again in a minute")
    try:
        with transaction(desk.engine) as session:
            known = name in people.names(session)
            fits = len(password) <= LONGEST_PASSWORD
            given = password if fits else ""
            token = people.sign_in(session, name if known else "", given, desk.now())
            act = "signed in" if token else "sign-in refused"
            audit.append(session, name if known else SOMEBODY, act, "", desk.now())
        return token
    finally:
        _one_at_a_time.release()


def who(desk: Desk, token: str) -> tuple[str, str] | None:
    """Name and role of whoever holds this token; None if it does not hold (any more)."""
    with reading(desk.engine) as session:
        return people.signed_in(session, token, desk.now())


def sign_out(desk: Desk, token: str) -> None:
    """Ends the session, whoever holds it."""
    with transaction(desk.engine) as session:
        found = people.signed_in(session, token, desk.now())
        people.sign_out(session, token)
        if found is not None:
            audit.append(session, found[0], "signed out", "", desk.now())
