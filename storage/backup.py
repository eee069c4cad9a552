"""A backup of the whole installation but its keys, made while the service works.

First the rows, all of one moment, then the originals: an original is on the disk before its row
is committed, so what is copied later holds every one that the rows name, and perhaps some more.
"""

from __future__ import annotations

import gzip
import json
import shutil
from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, Table, select
from sqlmodel import SQLModel

import storage.service_tables  # noqa: F401  # with storage.tables: every table there is
from storage import schema
from storage.backup_files import (
    FORMAT,
    MANIFEST,
    NAMES,
    ORIGINALS,
    ROWS,
    SUMS,
    BackupUnusable,
    Manifest,
    digest,
    new_file,
    read_rows,
    row_line,
    sum_line,
)
from storage.beside import made_beside
from storage.database import reading
from storage.originals import FileOriginals
from storage.sealing import KeyRing, fsync_folder

NOT_KEPT = frozenset({"sessions"})
"""Who is signed in to the desk now: after a restore, nobody."""
BATCH = 200
SPEED = 3
"""Of gzip: most of what is written is sealed, and gets no smaller."""


def back_up(
    engine: Engine,
    keys: KeyRing,
    originals: FileOriginals,
    folder: Path,
    program: str,
    now: datetime,
) -> Manifest:
    """Makes the backup `folder`; `program` is our version. Raises BackupUnusable, PlaceTaken."""
    try:
        with made_beside(folder, NAMES) as place:
            rows = _write_rows(engine, place / ROWS)
            copied = _copy_originals(originals, place)
            manifest = Manifest(
                format=FORMAT,
                program=program,
                schema=schema.HEAD,
                created_at=now.astimezone(UTC).isoformat(timespec="seconds"),
                keys=keys.ids,
                rows=rows,
                originals=len(copied),
                originals_missing=len(missing_originals(place, copied)),
                sums_sha256=digest(place / SUMS),
            ).sealed_with(keys)
            with new_file(place / MANIFEST) as file:
                file.write(json.dumps(manifest.as_json(), indent=2).encode() + b"\n")
    except OSError as error:
        raise BackupUnusable(
            f"the backup {folder} could not be written ({error.strerror}): nothing is left of it; "
            "make room there, or name another place"
        ) from None
    return manifest


def missing_originals(folder: Path, there: Collection[str]) -> set[str]:
    """The sha-256 of every message in the rows of a backup whose original is not `there`."""
    named = {row["sha256"] for table, row in read_rows(folder) if table == "messages"}
    return named - set(there)


def _write_rows(engine: Engine, file: Path) -> dict[str, int]:
    """Every row as it stands at one moment; how many there are in each table."""
    if engine.dialect.name == "postgresql":
        engine = engine.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )
    counts: dict[str, int] = {}
    with (
        new_file(file) as raw,
        gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0, compresslevel=SPEED) as lines,
        reading(engine) as session,
    ):
        connection = session.connection()
        for table in SQLModel.metadata.sorted_tables:
            if table.name in NOT_KEPT:
                continue
            lines.write(row_line({"table": table.name, "columns": list(table.columns.keys())}))
            counts[table.name] = 0
            for row in _rows(connection, table):
                lines.write(row)
                counts[table.name] += 1
    return counts


def _rows(connection: Connection, table: Table) -> Iterator[bytes]:
    query = select(table).order_by(*table.primary_key.columns)
    for row in connection.execute(query.execution_options(yield_per=BATCH)):
        yield row_line(list(row))


def _copy_originals(originals: FileOriginals, place: Path) -> set[str]:
    """Copies every original, and writes the checksums of all; their names."""
    (place / ORIGINALS).mkdir(mode=0o700)
    copied = set()
    with new_file(place / SUMS) as sums:
        sums.write(sum_line(digest(place / ROWS), ROWS))
        for sha256, path in originals.files():
            name = f"{ORIGINALS}/{sha256[:2]}/{sha256}"
            (place / name).parent.mkdir(mode=0o700, exist_ok=True)
            copy(path, place / name)
            sums.write(sum_line(digest(place / name), name))
            copied.add(sha256)
    for folder in (*(place / ORIGINALS).iterdir(), place / ORIGINALS):
        fsync_folder(folder)
    return copied


def copy(source: Path, target: Path) -> None:
    """Copies one file, for its owner only, onto the disk."""
    with source.open("rb") as content, new_file(target) as file:
        shutil.copyfileobj(content, file, 1 << 20)
