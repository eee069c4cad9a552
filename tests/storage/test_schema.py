"""Migrations from nothing give exactly the tables the program knows, on both databases."""

from __future__ import annotations

import re

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel

from storage import schema
from storage.database import DatabaseUnusable, open_database, reading, transaction
from storage.sealing import KeyRing, KeysUnusable
from storage.tables import ChildRow


def test_the_migrated_tables_are_those_of_the_program(database: Engine) -> None:
    with database.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differing = compare_metadata(context, SQLModel.metadata)
    # What Alembic cannot compare on SQLite is looked at below.
    assert [one for one in differing if getattr(one[1], "name", "") != "ix_cases_queue"] == []


def test_every_index_of_the_program_is_there(database: Engine) -> None:
    found = inspect(database)
    for table in SQLModel.metadata.sorted_tables:
        there = {index["name"] for index in found.get_indexes(table.name)}
        assert {index.name for index in table.indexes} <= there


def test_the_queue_has_its_partial_index(database: Engine) -> None:
    where = {
        "sqlite": ("sqlite_master", "sql", "name"),
        "postgresql": ("pg_indexes", "indexdef", "indexname"),
    }
    table, column, name = where[database.dialect.name]
    with database.connect() as connection:
        query = f"SELECT {column} FROM {table} WHERE {name} = 'ix_cases_queue'"
        said = str(connection.exec_driver_sql(query).scalar())
    assert "urgent DESC, next_due_on, received_at) WHERE open" in said


def test_the_newest_migration_is_the_one_the_program_names(database: Engine) -> None:
    files = [path.name for path in (schema.MIGRATIONS / "versions").glob("*.py")]
    newest = max(re.match(r"\d+", name)[0] for name in files)  # type: ignore[index]
    assert schema.HEAD == newest == schema.version(database)


def test_migrating_again_changes_nothing_and_an_empty_database_has_no_version(
    database: Engine, tmp_path: object
) -> None:
    schema.migrate(database)
    assert schema.version(database) == schema.HEAD
    assert schema.version(open_database("sqlite://")) is None


def test_a_row_of_a_case_that_is_not_there_is_refused(database: Engine) -> None:
    with pytest.raises(IntegrityError), transaction(database) as session:
        session.add(ChildRow(case="TSCP-2026-0001", keys=b""))


def test_a_database_knows_its_own_keys(
    database: Engine, keys: KeyRing, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with reading(database) as session, pytest.raises(DatabaseUnusable):
        schema.check_keys(session, keys)
    schema.bind_keys(database, keys)
    schema.bind_keys(database, keys)
    other = KeyRing.create(tmp_path_factory.mktemp("other"))
    with reading(database) as session:
        schema.check_keys(session, keys)
        with pytest.raises(KeysUnusable):
            schema.check_keys(session, other)
