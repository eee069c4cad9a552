"""The database, opened safely; and the only place that commits.

SQLite: WAL, synchronous FULL, foreign keys, writers begin IMMEDIATE (a deferred read-then-write
fails at once with 'database is locked' in WAL mode). PostgreSQL: writers of the register take one
advisory lock. Parameters, which are names, never appear in errors.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Connection,
    CursorResult,
    Engine,
    ExceptionContext,
    Executable,
    create_engine,
    event,
    make_url,
    text,
)
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlmodel import Session

from triage.problem import Explained

WRITER_LOCK = 0x7453_4350
"""The advisory lock of those who register, claim and file messages on PostgreSQL."""
BUSY_SECONDS = 60
PATIENCE = {
    "connect_timeout": 10,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 60_000,  # milliseconds
}
"""How soon a PostgreSQL server that fell silent is given up (libpq's words); else it takes hours.
What the address itself says comes first."""
SQLITE_ERROR = 1
"""SQLite's code for a wrong statement, which no waiting cures."""


class DatabaseUnusable(Explained):
    """The database cannot be used; the text says why and what an administrator can do."""


class DatabaseUnreachable(Explained):
    """The database cannot be reached now; trying again later may succeed."""

    try_later = True


def open_database(url: str) -> Engine:
    """An engine on SQLite or PostgreSQL 15+, whose errors never show parameters."""
    if url.startswith("sqlite"):
        engine = create_engine(url, hide_parameters=True, connect_args={"timeout": BUSY_SECONDS})
        event.listen(engine, "connect", _sqlite_connect)
        event.listen(engine, "begin", _sqlite_begin)
        return engine
    given = make_url(url).query
    patience = {key: value for key, value in PATIENCE.items() if key not in given}
    engine = create_engine(url, hide_parameters=True, pool_pre_ping=True, connect_args=patience)
    event.listen(engine, "handle_error", _without_details)
    return engine


def _without_details(context: ExceptionContext) -> None:
    """PostgreSQL repeats the row in the details of an error: only its first line is kept."""
    for error in (context.original_exception, context.sqlalchemy_exception):
        if error is not None and error.args:
            error.args = (str(error.args[0]).partition("\n")[0], *error.args[1:])


def _sqlite_connect(connection: Any, _record: object) -> None:
    """Our own BEGIN in place of the driver's, and durable, checked, shared files."""
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _sqlite_begin(connection: Any) -> None:
    reading = connection.get_execution_options().get("tscp_reading", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


@contextmanager
def transaction(engine: Engine) -> Iterator[Session]:
    """A writing transaction: everything in it or nothing. Commits at its end."""
    with _reachable(), engine.connect() as connection, _session(connection) as session:
        connection.begin()
        yield session
        session.flush()
        connection.commit()


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """A view of one moment that writes nothing."""
    quiet = engine.execution_options(tscp_reading=True)
    with _reachable(), quiet.connect() as connection, _session(connection) as session:
        yield session


def _session(connection: Connection) -> Session:
    return Session(connection, expire_on_commit=False)


def run(
    session: Session,
    statement: Executable,
    values: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None,
) -> CursorResult[Any]:
    """A statement made once, at its module's top, with the values of this time.

    For what every message does: to make a statement, or rows as objects, costs several times
    what it costs to run one.
    """
    session.flush()
    connection = session.get_bind()
    assert isinstance(connection, Connection)
    return connection.execute(statement, values)


def one_writer(session: Session) -> None:
    """One registers, claims or files at a time, so that nothing is opened or taken twice."""
    if session.get_bind().dialect.name == "postgresql":
        statement = text("SELECT pg_advisory_xact_lock(:key)").bindparams(key=WRITER_LOCK)
        session.execute(statement)


@contextmanager
def _reachable() -> Iterator[None]:
    """Turns the driver's errors about the connection or the disk into a sentence."""
    try:
        yield
    except DBAPIError as error:
        if not _passes(error):
            raise
        cause = str(error.orig).strip().splitlines()[0] if error.orig else "no reason given"
        raise DatabaseUnreachable(
            f"the database did not answer ({cause}): check that it runs and that its disk has room"
        ) from None


def _passes(error: DBAPIError) -> bool:
    """Whether it is about the connection, the disk or a lock, and not about what was asked.

    A statement that the driver itself refuses has no SQLSTATE, and it keeps its connection.
    """
    if error.connection_invalidated:
        return True
    if not isinstance(error, OperationalError):
        return False
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None:
        return bool(code & 0xFF != SQLITE_ERROR)
    return error.statement is None or getattr(error.orig, "sqlstate", None) is not None


def sqlite_file(url: str) -> Path | None:
    """The file of an SQLite URL; None for another database."""
    prefix = "sqlite:///"
    return Path(url.removeprefix(prefix)) if url.startswith(prefix) else None
