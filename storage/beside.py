"""A folder that appears whole under its name, or not at all.

It is filled under NAME.unfinished, beside, and renamed at the end. What a kill leaves there is
taken away by the next try; a lock on it, which goes with its process, tells it from one that is
being filled.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from storage.sealing import fsync_folder
from triage.problem import Explained


class PlaceTaken(Explained):
    """A folder cannot be made there; the text says why and which could be."""


def refuse_taken(folder: Path, apart_from: Collection[Path]) -> None:
    """Raises PlaceTaken unless a folder of this name can be made, apart from those given."""
    inside = [other for other in apart_from if folder.resolve().is_relative_to(other.resolve())]
    if inside:
        raise PlaceTaken(f"{folder} lies in {inside[0]} and would be lost with it: name another")
    if folder.is_mount():
        raise PlaceTaken(f"{folder} is a whole disk: name a new folder on it, {folder / 'NAME'}")
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise PlaceTaken(f"{folder} is there already and not empty: name a new folder")
    if not folder.resolve().parent.is_dir():
        raise PlaceTaken(f"no folder {folder.parent}: make it, or is its disk not there?")


@contextmanager
def made_beside(folder: Path, names: Collection[str]) -> Iterator[Path]:
    """Where to fill what shall be `folder` with `names`; on any error nothing is left of it."""
    folder = folder.resolve()
    unfinished = folder.with_name(f"{folder.name}.unfinished")
    unfinished.mkdir(mode=0o700, exist_ok=True)
    with _locked(unfinished):
        _empty(unfinished, names)
        try:
            yield unfinished
            fsync_folder(unfinished)
            unfinished.replace(folder)
            fsync_folder(folder.parent)
        except BaseException:
            # What cannot be removed now is removed by the next try.
            shutil.rmtree(unfinished, ignore_errors=True)
            raise


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        if not _lock(handle, folder):
            raise PlaceTaken(f"{folder} is being made by another process: wait for it to end")
        yield
    finally:
        os.close(handle)


def _lock(handle: int, folder: Path) -> bool:
    """False where another holds it, or has just renamed it to its own name."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return os.path.samestat(os.fstat(handle), folder.stat())
    except (BlockingIOError, FileNotFoundError):
        return False


def _empty(folder: Path, names: Collection[str]) -> None:
    """Takes away what a kill left of an earlier try; anything else there is somebody's."""
    left = list(folder.iterdir())
    others = [path.name for path in left if path.name not in names]
    if others:
        raise PlaceTaken(f"{folder} is not ours, it holds other things: move it away")
    for path in left:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
