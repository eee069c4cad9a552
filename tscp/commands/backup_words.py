"""What `tscp backup` and `tscp restore` print for people, at 80 columns."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from storage.backup_checked import key_files
from storage.backup_files import Manifest
from storage.restore import Restored
from triage.plain_words import counted
from triage.working_days import LONDON
from tscp.commands.words import wrapped


def made_words(made: Manifest, folder: Path, keys: Path) -> str:
    """What was backed up, and that the keys are not in it."""
    lines = [
        f"{folder}",
        wrapped(_holding(made), "  ", "  "),
        wrapped(
            f"No key is in it. Without {_files(made)} nobody can read it: keep a copy of {keys} "
            "in another place, never with the backup.",
            "  ",
            "  ",
        ),
    ]
    if made.originals_missing:
        missing = counted(made.originals_missing, "original")
        lines.append(
            wrapped(f"INCOMPLETE: {missing} of messages in the register could not be found in the "
                    "data folder; look for an older backup that has them.", "  ", "  ")
        )  # fmt: skip
    return "\n".join(lines)


def restored_words(done: Restored, data: Path, keys: Path) -> str:
    """What was restored, and what is to be done before it can be used."""
    at = datetime.fromisoformat(done.manifest.created_at).astimezone(LONDON)
    what = f"{_holding(done.manifest)} Every file was checked."
    first = f"The backup of {at:%d %b %Y %H:%M} was restored into {data}: {what}"
    if done.opened:
        then = "Its keys are there and open every original. Next: `tscp check`."
    else:
        then = (
            f"Nothing of it can be read yet: put {_files(done.manifest)} into {keys}, readable by "
            "its owner only (chmod 600). Next: `tscp check`."
        )
    return "\n".join([wrapped(first), wrapped(then)])


def _holding(manifest: Manifest) -> str:
    rows = manifest.rows
    return (
        f"{counted(rows['messages'], 'message')}, {counted(rows['cases'], 'case')}, "
        f"{counted(manifest.originals, 'original')}."
    )


def _files(manifest: Manifest) -> str:
    return ", ".join(key_files(manifest.keys))
