"""Accounts of the desk and their sessions. Passwords are kept as salted scrypt hashes.

Source of the parameters: OWASP password storage (scrypt N=2^17, r=8, p=1). Five wrong
passwords close an account for a while, so that guessing does not pay.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import Session, col, select

from storage.service_tables import SessionRow, UserRow

ROLES = ("business support", "manager", "panel member", "administrator", "auditor")
COST, BLOCK, MEMORY = 2**17, 8, 160 * 1024 * 1024
FAILURES, CLOSED_FOR = 5, timedelta(minutes=15)
SESSION_HOURS = 10
LEAST_CHARACTERS = 12


def add(session: Session, name: str, role: str, password: str) -> bool:
    """Makes an account, or gives an existing one a new password and role (False)."""
    row = session.get(UserRow, name)
    new = row is None
    row = row or UserRow(name=name, role=role, password="")
    row.role, row.password, row.failures, row.locked_until = role, _hashed(password), 0, None
    session.add(row)
    session.execute(delete(SessionRow).where(col(SessionRow.user) == name))
    return new


def names(session: Session) -> list[str]:
    """Every account's name."""
    return list(session.exec(select(UserRow.name).order_by(UserRow.name)))


def accounts(session: Session) -> list[tuple[str, str]]:
    """Name and role of every account, by name."""
    return [(row.name, row.role) for row in session.exec(select(UserRow).order_by(UserRow.name))]


def sign_in(session: Session, name: str, password: str, now: datetime) -> str | None:
    """A new session's token, or None where name and password do not fit or the account is closed.

    It takes as long for a name that does not exist or is closed, so that names cannot be found out.
    """
    row = session.get(UserRow, name)
    if row is None:
        _fits(password, _NOBODY)
        return None
    closed = row.locked_until is not None and row.locked_until > now
    fits = _fits(password, row.password)
    if closed or not fits:
        row.failures += 1
        if row.failures >= FAILURES and not closed:
            row.failures, row.locked_until = 0, now + CLOSED_FOR
        session.add(row)
        return None
    row.failures, row.locked_until = 0, None
    token = secrets.token_urlsafe(32)
    until = now + timedelta(hours=SESSION_HOURS)
    session.add_all([row, SessionRow(token=_token_hash(token), user=name, until=until)])
    return token


def signed_in(session: Session, token: str, now: datetime) -> tuple[str, str] | None:
    """Name and role of whoever holds this token, None if it does not hold (any more)."""
    row = session.get(SessionRow, _token_hash(token))
    if row is None or row.until <= now:
        return None
    user = session.get_one(UserRow, row.user)
    return user.name, user.role


def sign_out(session: Session, token: str) -> None:
    """Ends a session."""
    session.execute(delete(SessionRow).where(col(SessionRow.token) == _token_hash(token)))


def _token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _hashed(password: str) -> str:
    salt = secrets.token_bytes(16)
    return f"{salt.hex()}:{_scrypt(password, salt).hex()}"


def _fits(password: str, kept: str) -> bool:
    salt, _, digest = kept.partition(":")
    return hmac.compare_digest(_scrypt(password, bytes.fromhex(salt)).hex(), digest)


def _scrypt(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(password.encode(), salt=salt, n=COST, r=BLOCK, p=1, maxmem=MEMORY)


_NOBODY = "00" * 16 + ":" + "00" * 64
