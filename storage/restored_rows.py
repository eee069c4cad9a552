"""The rows of a backup go back into tables that are there and empty, of whatever version."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Connection, MetaData, Table, func, insert, inspect, select

from storage.backup_files import read_rows

BATCH = 500


def load(connection: Connection, folder: Path) -> None:
    """Inserts every row, and sets what gives the next number on PostgreSQL."""
    for name, rows in groupby(read_rows(folder), key=itemgetter(0)):
        table = _table(connection, name)
        values = (row for _, row in rows)
        for batch in _batches(values):
            connection.execute(insert(table), batch)
    if connection.dialect.name == "postgresql":
        _set_sequences(connection)


def _batches(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    while batch := list(islice(rows, BATCH)):
        yield batch


def _table(connection: Connection, name: str) -> Table:
    """The table as it is in the database: an older version has other columns than ours."""
    columns = inspect(connection).get_columns(name)
    return Table(name, MetaData(), *(Column(c["name"], c["type"]) for c in columns))


def _set_sequences(connection: Connection) -> None:
    """The next number of each table comes after the last that was restored."""
    for name in inspect(connection).get_table_names():
        for column in inspect(connection).get_columns(name):
            if not str(column["default"]).startswith("nextval("):
                continue
            number = column["name"]
            quoted = connection.dialect.identifier_preparer.quote(name)
            last = connection.scalar(select(func.max(_table(connection, name).c[number])))
            if last is not None:
                sequence = func.pg_get_serial_sequence(quoted, number)
                connection.execute(select(func.setval(sequence, last)))
