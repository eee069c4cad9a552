"""A backup becomes an installation again, on either database, in an empty place only."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from storage import audit, schema
from storage.backup import copy
from storage.backup_checked import checked
from storage.backup_files import ROWS, BackupUnusable, Manifest, damaged, digest, read_sums
from storage.database import open_database, sqlite_file, transaction
from storage.empty_place import being_restored, refuse_unless_empty
from storage.letter_acts import after_restore
from storage.restored_rows import load
from storage.sealing import KeyRing, fsync_folder
from storage.switches import RESTORED, switch_off, switch_on


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored; `opened` tells whether its keys were there, and opened all of it."""

    manifest: Manifest
    opened: bool


def restore(folder: Path, data: Path, keys: Path, url: str, user: str, now: datetime) -> Restored:
    """Restores the backup `folder`. Raises BackupUnusable, KeysUnusable, DatabaseUnusable."""
    refuse_unless_empty(data, url)
    ring = KeyRing.load(keys) if keys.is_dir() and any(keys.glob("*.key")) else None
    manifest = checked(folder, ring)
    try:
        with being_restored(data, url):
            _copy_originals(folder, data)
            _fill(folder, manifest, url, user, now)
    except OSError as error:
        raise BackupUnusable(
            f"{folder} could not be restored into {data} ({error.strerror}): make room there, "
            "and run `tscp restore` again"
        ) from None
    return Restored(manifest, ring is not None)


def _copy_originals(folder: Path, data: Path) -> None:
    """Every original, checked again as it was written."""
    made = set()
    for sha256, name in read_sums(folder):
        if name == ROWS:
            continue
        target = data / name
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        copy(folder / name, target)
        if digest(target) != sha256:
            raise damaged(folder, name)
        made.add(target.parent)
    for parent in made:
        fsync_folder(parent)


def _fill(folder: Path, manifest: Manifest, url: str, user: str, now: datetime) -> None:
    """The tables as they were at the backup, its rows, and then the tables of this version."""
    file = sqlite_file(url)
    if file is not None:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT, 0o600))
    engine = open_database(url)
    try:
        schema.migrate(engine, manifest.schema)
        with transaction(engine) as session:
            load(session.connection(), folder)
        schema.migrate(engine)
        with transaction(engine) as session:
            after_restore(session)
            switch_off(session, RESTORED)
            session.flush()
            switch_on(session, RESTORED, user, now)
            audit.append(session, user, "restored from a backup", "", now)
    finally:
        engine.dispose()
