"""A backup is made while the service works, and becomes an installation again elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

import structlog

from storage import backup
from storage.backup_files import Manifest
from storage.beside import refuse_taken
from storage.restore import Restored
from storage.restore import restore as restore_into
from tscp.acts.desk import Desk
from tscp.acts.look import noted

log = structlog.get_logger()


def back_up(desk: Desk, folder: Path, user: str, apart_from: Collection[Path]) -> Manifest:
    """Makes the backup `folder`, not within `apart_from`. Raises BackupUnusable, PlaceTaken."""
    refuse_taken(folder, apart_from)
    noted(desk, user, "backup made")
    program = version("tscp-referrals")
    made = backup.back_up(desk.engine, desk.keys, desk.originals, folder, program, desk.now())
    log.info("backup_made", count=made.originals, version=made.schema)
    return made


def restore(
    folder: Path, data: Path, keys: Path, url: str, user: str, now: Callable[[], datetime]
) -> Restored:
    """Restores a backup into an empty place; no desk can be there yet.

    Raises BackupUnusable, KeysUnusable, DatabaseUnusable.
    """
    restored = restore_into(folder, data, keys, url, user, now())
    log.info("backup_restored", count=restored.manifest.originals, version=restored.manifest.schema)
    return restored
