"""Writers wait for each other, a transaction is whole or nothing, and errors tell no secrets."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cases import AT
from sqlalchemy import Engine, Integer, column, literal, select, text
from sqlalchemy.exc import IntegrityError, OperationalError, SQLAlchemyError
from sqlmodel import Session

from storage import audit
from storage.database import (
    DatabaseUnreachable,
    one_writer,
    open_database,
    reading,
    sqlite_file,
    transaction,
)
from storage.filing import _open_case
from storage.service_tables import UserRow
from storage.tables import CounterRow

SECRET = "Tilly O'Testing-Smith"
OPENS = """
import sys
from datetime import UTC, datetime
from storage.database import one_writer, open_database, transaction
from storage.filing import _open_case
engine = open_database(sys.argv[1])
for _ in range(10):
    with transaction(engine) as session:
        one_writer(session)
        print(_open_case(session, datetime(2026, 3, 4, tzinfo=UTC)))
"""


def open_one(engine: Engine) -> str:
    """Opens a case of 2026."""
    with transaction(engine) as session:
        one_writer(session)
        return _open_case(session, AT)


def test_references_have_no_gaps_and_no_twins_however_many_open_cases_at_once(
    database: Engine,
) -> None:
    url = database.url.render_as_string(hide_password=False)
    command = [sys.executable, "-P", "-c", OPENS, url]
    others = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(open_one, [database] * 20))
    for other in others:
        found += other.communicate()[0].split()
    assert sorted(found) == [f"TSCP-2026-{n:04d}" for n in range(1, 51)]


def test_a_case_not_opened_after_all_gives_its_number_to_the_next(database: Engine) -> None:
    with pytest.raises(ZeroDivisionError), transaction(database) as session:
        print(1 / len(_open_case(session, AT).removeprefix("TSCP-2026-0001")))
    assert open_one(database) == "TSCP-2026-0001"


def test_each_year_counts_by_itself_from_the_day_of_receipt_in_london(database: Engine) -> None:
    years = [AT.replace(year=2025), AT, AT.replace(month=12, day=31, hour=23, minute=59)]
    with transaction(database) as session:
        found = [_open_case(session, at) for at in years]
    assert found == ["TSCP-2025-0001", "TSCP-2026-0001", "TSCP-2026-0002"]


def test_an_error_in_a_transaction_takes_everything_back(database: Engine) -> None:
    with pytest.raises(IntegrityError), transaction(database) as session:
        session.execute(text("INSERT INTO counters VALUES (2026, 7), (2026, 8)"))
    with reading(database) as session:
        assert session.get(CounterRow, 2026) is None


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO meta (name, sealed) VALUES (:secret, NULL)",
        "INSERT INTO nowhere (name) VALUES (:secret)",
        "INSERT INTO children (\"case\", keys) VALUES (:secret, 'x')",
    ],
)
def test_what_was_to_be_written_never_stands_in_an_error(database: Engine, statement: str) -> None:
    with (
        pytest.raises((SQLAlchemyError, DatabaseUnreachable)) as caught,
        transaction(database) as session,
    ):
        session.execute(text(statement).bindparams(secret=SECRET))
    error = caught.value
    assert "Testing" not in str(error)
    assert "Testing" not in repr(error)
    assert error.__cause__ is None or "Testing" not in str(error.__cause__)


def test_readers_do_not_wait_for_a_writer_and_see_one_moment(database: Engine) -> None:
    with transaction(database) as session:
        audit.append(session, "sam", "case seen", "R", AT)
        with reading(database) as other:
            assert audit.about(other, "R") == []


def count_up(engine: Engine, _: int) -> None:
    """Reads a row and writes it one greater."""
    with transaction(engine) as session:
        one_writer(session)
        user = session.get_one(UserRow, "sam")
        user.failures += 1
        session.add(user)


def test_two_writers_lose_nothing_and_neither_is_told_to_go_away(database: Engine) -> None:
    with transaction(database) as session:
        session.add(UserRow(name="sam", role="manager", password=""))
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(count_up, [database] * 40, range(40)))
    with reading(database) as session:
        assert session.get_one(UserRow, "sam").failures == 40


def test_sqlite_is_durable_and_checked(sqlite_url: str) -> None:
    with open_database(sqlite_url).connect() as connection:
        asked = ("journal_mode", "synchronous", "foreign_keys")
        said = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in asked]
    assert said == ["wal", 2, 1]


@pytest.mark.parametrize(
    "url", ["postgresql+psycopg://tscp:hidden@127.0.0.1:1/x", "sqlite:////no/such/folder/x"]
)
def test_a_database_that_is_not_there_is_said_in_a_sentence(url: str) -> None:
    with (
        pytest.raises(DatabaseUnreachable, match="did not answer") as caught,
        reading(open_database(url)) as session,
    ):
        session.connection()
    assert "hidden" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_what_no_waiting_cures_is_no_matter_of_reaching_the_database(database: Engine) -> None:
    """Else a message that asks for too much would be tried for ever."""
    many = column("x", Integer).in_(range(70_000))
    with pytest.raises(OperationalError), reading(database) as session:
        session.execute(select(literal(1)).where(many))


def test_the_file_of_an_sqlite_address() -> None:
    assert sqlite_file("sqlite:///var/x.sqlite3") == Path("var/x.sqlite3")
    assert sqlite_file("postgresql+psycopg://x@y/z") is None


def test_a_session_after_its_transaction_can_still_be_read(database: Engine) -> None:
    with transaction(database) as session:
        user = UserRow(name="sam", role="manager", password="")
        session.add(user)
    assert isinstance(session, Session)
    assert user.role == "manager"
