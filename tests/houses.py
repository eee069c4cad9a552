"""Installations that are backed up and restored, on a database of either kind."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from cases import AT, FilingRoom, a_paper, a_sin_form
from sqlalchemy import Engine, event, select
from sqlmodel import SQLModel

from storage import backup
from storage.backup_files import MANIFEST, ROWS, SUMS, Manifest, digest, read_manifest, sum_line
from storage.database import open_database, reading
from storage.installation import open_installation
from storage.originals import FileOriginals
from storage.restore import Restored, restore
from storage.sealing import KeyRing

Tables = dict[str, list[tuple[Any, ...]]]


class House:
    """Data, keys and a database, or where they are to be."""

    def __init__(self, folder: Path, url: str) -> None:
        """Nothing is made yet."""
        self.data, self.keys, self.url = folder / "var", folder / "keys", url
        self.filed = 0

    @contextmanager
    def open(self) -> Iterator[tuple[Engine, KeyRing]]:
        """As the program opens it at its start."""
        engine, keys = open_installation(self.data, self.keys, self.url)
        try:
            yield engine, keys
        finally:
            engine.dispose()

    def originals(self, keys: KeyRing) -> FileOriginals:
        """The store of its originals."""
        return FileOriginals(self.data / "originals", keys)

    def file(self, engine: Engine, keys: KeyRing) -> None:
        """One more referral, of another child, filed from its original."""
        room = FilingRoom(engine, keys)
        room.number = self.filed
        self.filed += 1
        self.originals(keys).keep(str(self.filed).encode())
        child = {"child_name": f"Child Numbertest{self.filed}", "nhs_number": None}
        room.file(a_paper(a_sin_form(children=[child])))

    def back_up(self, folder: Path, while_reading: str = "") -> Manifest:
        """A backup; another referral is filed just before it reads that table."""
        with (
            self.open() as (engine, keys),
            self._filing_before(engine, keys, while_reading),
        ):
            return backup.back_up(engine, keys, self.originals(keys), folder, "0.1.0", AT)

    @contextmanager
    def _filing_before(self, engine: Engine, keys: KeyRing, table: str) -> Iterator[None]:
        left = [table] if table else []
        other = open_database(self.url)

        def file(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
            if left and f"FROM {left[0]}" in statement:
                left.clear()
                self.file(other, keys)

        event.listen(engine, "before_cursor_execute", file)
        yield
        event.remove(engine, "before_cursor_execute", file)
        other.dispose()
        assert not left, "that table was not read"

    def restore(self, folder: Path) -> Restored:
        """A backup becomes this house."""
        return restore(folder, self.data, self.keys, self.url, "sam", AT)

    def rows(self) -> Tables:
        """Every row there is, by table; nobody's session."""
        engine = open_database(self.url)
        tables = [table for table in SQLModel.metadata.sorted_tables if table.name != "sessions"]
        with reading(engine) as session:
            found = {
                table.name: [
                    tuple(row)
                    for row in session.connection().execute(
                        select(table).order_by(*table.primary_key.columns)
                    )
                ]
                for table in tables
            }
        engine.dispose()
        return found


def rewritten(
    folder: Path,
    rows: Callable[[Any], Any] = lambda line: line,
    keys: KeyRing | None = None,
    counts: dict[str, int] | None = None,
    **manifest: Any,
) -> None:
    """A backup changed by somebody who knows its format: sums that fit, sealed only with keys."""
    with gzip.open(folder / ROWS, "rt") as file:
        lines = [new for line in file if (new := rows(json.loads(line))) is not None]
    with gzip.open(folder / ROWS, "wt") as file:
        file.writelines(json.dumps(line) + "\n" for line in lines)
    others = (folder / SUMS).read_bytes().splitlines(keepends=True)[1:]
    (folder / SUMS).write_bytes(b"".join([sum_line(digest(folder / ROWS), ROWS), *others]))
    manifest |= {"rows": counts} if counts is not None else {}
    made = replace(read_manifest(folder), sums_sha256=digest(folder / SUMS), **manifest)
    made = made.sealed_with(keys) if keys else made
    (folder / MANIFEST).write_text(json.dumps(made.as_json()))
