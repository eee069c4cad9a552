"""Accounts, wrong passwords and sessions."""

from __future__ import annotations

from datetime import timedelta

import pytest
from cases import AT
from sqlalchemy import Engine

from storage import people
from storage.database import transaction

RIGHT, WRONG = "correct horse battery", "wrong horse battery"


@pytest.fixture(autouse=True)
def _quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same hashing with less work, which is what makes it slow."""
    monkeypatch.setattr(people, "COST", 2**8)


@pytest.fixture
def sam(database: Engine) -> Engine:
    """Sam has an account."""
    with transaction(database) as session:
        assert people.add(session, "sam", "manager", RIGHT)
    return database


def sign_in(database: Engine, password: str = RIGHT, name: str = "sam", minutes: int = 0) -> str:
    """The token, '' where it was refused."""
    with transaction(database) as session:
        return people.sign_in(session, name, password, AT + timedelta(minutes=minutes)) or ""


def who(database: Engine, token: str, minutes: int = 0) -> tuple[str, str] | None:
    """Whose token it is by then."""
    with transaction(database) as session:
        return people.signed_in(session, token, AT + timedelta(minutes=minutes))


def test_the_right_password_opens_a_session_that_ends(sam: Engine) -> None:
    token = sign_in(sam)
    assert who(sam, token) == who(sam, token, 599) == ("sam", "manager")
    assert who(sam, token, 600) is None
    assert who(sam, "made up") is None


@pytest.mark.parametrize(("name", "password"), [("sam", WRONG), ("Sam", RIGHT), ("nobody", RIGHT)])
def test_anything_else_is_refused(sam: Engine, name: str, password: str) -> None:
    assert sign_in(sam, password, name) == ""


def test_five_wrong_passwords_close_the_account_for_a_while(sam: Engine) -> None:
    for _ in range(4):
        sign_in(sam, WRONG)
    assert sign_in(sam)
    for _ in range(5):
        sign_in(sam, WRONG)
    assert (sign_in(sam), sign_in(sam, minutes=14)) == ("", "")
    assert sign_in(sam, minutes=15)


def test_a_new_password_ends_every_session_and_opens_a_closed_account(sam: Engine) -> None:
    token = sign_in(sam)
    for _ in range(5):
        sign_in(sam, WRONG)
    with transaction(sam) as session:
        assert not people.add(session, "sam", "auditor", WRONG)
    assert who(sam, token) is None
    assert who(sam, sign_in(sam, WRONG)) == ("sam", "auditor")
    assert sign_in(sam, RIGHT) == ""


def test_signing_out_ends_that_session_alone(sam: Engine) -> None:
    first, second = sign_in(sam), sign_in(sam)
    with transaction(sam) as session:
        people.sign_out(session, first)
    assert (who(sam, first), who(sam, second)) == (None, ("sam", "manager"))


def test_neither_password_nor_token_is_kept(sam: Engine) -> None:
    token = sign_in(sam)
    with sam.connect() as connection:
        rows = [
            connection.exec_driver_sql(f"SELECT * FROM {t}").all() for t in ("users", "sessions")
        ]
    assert RIGHT not in str(rows)
    assert token not in str(rows)
