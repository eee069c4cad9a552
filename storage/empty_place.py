"""Where a backup may be restored into: no data, no tables, or what a cut restore left there.

The marker in `data` names the database that was being filled, so that nothing is ever taken out
of another.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import inspect
from sqlmodel import SQLModel

import storage.service_tables  # noqa: F401  # with storage.tables: every table there is
from storage.backup_files import ORIGINALS, new_file
from storage.database import DatabaseUnusable, open_database, reading, sqlite_file, transaction
from storage.installation import LOCK, RESTORING, alone, shown
from storage.sealing import fsync_folder


def refuse_unless_empty(data: Path, url: str) -> None:
    """Raises DatabaseUnusable where something lies that is no half-made restore."""
    if not _half_made(data, url) and _holds_rows(url):
        raise DatabaseUnusable(
            f"the database {shown(url)} is not empty: name an empty one to restore into"
        )
    there = {path.name for path in data.iterdir()} - {LOCK} if data.is_dir() else set()
    if there and RESTORING not in there:
        raise DatabaseUnusable(
            f"{data} is not empty: name an empty folder for `data` to restore into, or move "
            "away what lies there"
        )


@contextmanager
def being_restored(data: Path, url: str) -> Iterator[None]:
    """Both are empty, marked until the end, and nobody else's meanwhile."""
    with alone(data):
        refuse_unless_empty(data, url)
        if _half_made(data, url):
            _clear_database(url)
        shutil.rmtree(data / ORIGINALS, ignore_errors=True)
        (data / RESTORING).unlink(missing_ok=True)
        with new_file(data / RESTORING) as marker:
            marker.write(shown(url).encode())
        fsync_folder(data)
        yield
        (data / RESTORING).unlink()
        fsync_folder(data)


def _half_made(data: Path, url: str) -> bool:
    """Whether a restore into both was cut short."""
    marker = data / RESTORING
    return marker.is_file() and marker.read_bytes() == shown(url).encode()


def _holds_rows(url: str) -> bool:
    file = sqlite_file(url)
    if file is not None:
        return file.exists() and file.stat().st_size > 0
    return bool(_our_tables(url))


def _our_tables(url: str) -> Collection[str]:
    engine = open_database(url)
    try:
        with reading(engine) as session:
            there = inspect(session.connection()).get_table_names()
    finally:
        engine.dispose()
    return {*there} & {*SQLModel.metadata.tables, "alembic_version"}


def _clear_database(url: str) -> None:
    file = sqlite_file(url)
    if file is not None:
        for ending in ("-wal", "-shm", "-journal", ""):
            file.with_name(file.name + ending).unlink(missing_ok=True)
        return
    tables = _our_tables(url)
    engine = open_database(url)
    try:
        with transaction(engine) as session:
            for name in tables:
                session.connection().exec_driver_sql(f'DROP TABLE "{name}" CASCADE')
    finally:
        engine.dispose()
