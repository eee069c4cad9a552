"""Tables on a real database of each kind, with keys of their own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from cases import FilingRoom
from sqlalchemy import Engine

from storage import schema
from storage.database import open_database, sqlite_file
from storage.sealing import KeyRing


@pytest.fixture
def keys(tmp_path: Path) -> KeyRing:
    """Keys nobody else has."""
    return KeyRing.create(tmp_path / "keys")


@pytest.fixture(scope="session")
def empty_tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with every table and no row, to be copied."""
    file = tmp_path_factory.mktemp("empty") / "tscp.sqlite3"
    engine = open_database(f"sqlite:///{file}")
    schema.migrate(engine)
    engine.dispose()
    return file


def tables_at(url: str, empty_tables: Path) -> Iterator[Engine]:
    """An engine on new tables; its connections end with the test."""
    file = sqlite_file(url)
    if file is not None:
        shutil.copy(empty_tables, file)
    engine = open_database(url)
    if file is None:
        schema.migrate(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def database(database_url: str, empty_tables: Path) -> Iterator[Engine]:
    """New tables on SQLite, and again on PostgreSQL."""
    yield from tables_at(database_url, empty_tables)


@pytest.fixture
def room(sqlite_url: str, empty_tables: Path, keys: KeyRing) -> Iterator[FilingRoom]:
    """Where arrivals are filed by the rules, on SQLite."""
    for engine in tables_at(sqlite_url, empty_tables):
        yield FilingRoom(engine, keys)
