"""Keys, data and database belong together: made together once, and refused when one is missing.

A database is made only where `data` is empty. A kill while it is being made leaves a marker, and
the next start carries on from there. A restore that was cut short leaves another.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine

from storage import schema
from storage.database import DatabaseUnusable, open_database, reading, sqlite_file
from storage.sealing import KeyRing, KeysUnusable, fsync_folder

LOCK, MAKING, RESTORING = ".lock", ".making", ".restoring"


def open_installation(data: Path, keys: Path, url: str) -> tuple[Engine, KeyRing]:
    """The database and its keys, made on the first start.

    Raises KeysUnusable or DatabaseUnusable with what would be right.
    """
    with alone(data):
        refuse_half_restored(data)
        exists, has_keys = _exists(url), any(keys.glob("*.key")) if keys.is_dir() else False
        if not (data / MAKING).exists():
            if exists or has_keys or _holds_something(data):
                return _opened(data, keys, url, exists, has_keys)
            (data / MAKING).touch()
            fsync_folder(data)
        return _made(data, keys, url, has_keys)


def refuse_half_restored(data: Path) -> None:
    """Raises DatabaseUnusable where a restore was cut short: what is there is no installation."""
    if (data / RESTORING).exists():
        raise DatabaseUnusable(
            f"a restore into {data} was cut short, and it is not whole: run `tscp restore` again"
        )


@contextmanager
def alone(data: Path) -> Iterator[None]:
    """One process at a time looks and makes; the lock goes with the process."""
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = (data / LOCK).open("a")
    except OSError as error:
        raise DatabaseUnusable(f"data: {data} cannot be used ({error.strerror})") from None
    with file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _holds_something(data: Path) -> bool:
    return any(path.name not in (LOCK, MAKING) for path in data.iterdir())


def _exists(url: str) -> bool:
    file = sqlite_file(url)
    if file is not None:
        return file.exists() and file.stat().st_size > 0
    engine = open_database(url)
    try:
        return schema.version(engine) is not None
    finally:
        engine.dispose()


def _opened(
    data: Path, keys: Path, url: str, exists: bool, has_keys: bool
) -> tuple[Engine, KeyRing]:
    if not exists:
        what = f"there are keys in {keys}" if has_keys else f"{data} is not empty"
        raise DatabaseUnusable(
            f"{what}, but no database {shown(url)}: put the database back, "
            "or name empty folders for `data` and `keys` to begin anew"
        )
    if not has_keys:
        raise KeysUnusable(
            f"the database {shown(url)} is there, but no key in {keys}: put back the keys that "
            "were kept; without them nothing in it can be read"
        )
    ring, engine = KeyRing.load(keys), open_database(url)
    found = schema.version(engine)
    if found != schema.HEAD:
        engine.dispose()
        raise DatabaseUnusable(
            f"the tables are at version {found or 'none'}, this program needs {schema.HEAD}: "
            "run `tscp migrate`"
        )
    with reading(engine) as session:
        schema.check_keys(session, ring)
    return engine, ring


def _made(data: Path, keys: Path, url: str, has_keys: bool) -> tuple[Engine, KeyRing]:
    ring = KeyRing.load(keys) if has_keys else KeyRing.create(keys)
    file = sqlite_file(url)
    if file is not None:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    engine = open_database(url)
    schema.migrate(engine)
    schema.bind_keys(engine, ring)
    (data / MAKING).unlink()
    fsync_folder(data)
    return engine, ring


def shown(url: str) -> str:
    """The URL without a password."""
    before, at, after = url.rpartition("@")
    return f"{before.rpartition('//')[0]}//…@{after}" if at else url


def migrate_installation(data: Path, keys: Path, url: str) -> tuple[str | None, str]:
    """Brings existing tables to this version; versions before and after.

    Where nothing is there yet it makes the installation. Raises as open_installation does.
    """
    refuse_half_restored(data)
    if not _exists(url):
        engine, _ = open_installation(data, keys, url)
        engine.dispose()
        return None, schema.HEAD
    KeyRing.load(keys)
    engine = open_database(url)
    before = schema.version(engine)
    schema.migrate(engine)
    engine.dispose()
    return before, schema.HEAD
