"""Messages as they were fetched, sealed, one file each under their sha-256.

Written to a temporary name, fsynced, renamed, and the folder fsynced: a file under its final
name is whole. A file without a row in the register is harmless (a crash in between).
"""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

from storage.sealing import KeyRing, KeysUnusable, fsync_folder

USE = "original"


class FileOriginals:
    """A folder of sealed originals."""

    def __init__(self, folder: Path, keys: KeyRing) -> None:
        """`folder` is made where it does not exist, for its owner only."""
        self._folder, self._keys = folder, keys

    def disk(self) -> tuple[int, int]:
        """Bytes that are free, and all there are, on the disk where originals are kept."""
        there = next(p for p in (self._folder, *self._folder.parents) if p.exists())
        usage = shutil.disk_usage(there)
        return usage.free, usage.total

    def keep(self, content: bytes) -> str:
        """Seals and keeps these bytes durably; returns their sha-256 (64 hex). Idempotent."""
        sha256 = hashlib.sha256(content).hexdigest()
        path = self._path(sha256)
        if path.exists():
            return sha256
        self._make_folder_of(path)
        temporary = path.with_name(f".{sha256}.{secrets.token_hex(4)}")
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(self._keys.seal(content, USE))
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        fsync_folder(path.parent)
        return sha256

    def _make_folder_of(self, path: Path) -> None:
        """One of 256; its own name must survive a power cut too."""
        if not path.parent.is_dir():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            fsync_folder(self._folder)
            fsync_folder(self._folder.parent)

    def read(self, sha256: str) -> bytes:
        """The bytes as fetched. Raises FileNotFoundError, or KeysUnusable if they are not."""
        content = self._keys.unseal(self._path(sha256).read_bytes(), USE)
        if hashlib.sha256(content).hexdigest() != sha256:
            raise KeysUnusable(
                f"the original {sha256} was altered (another lies under its name): restore it "
                "from the last backup"
            )
        return content

    def files(self) -> Iterator[tuple[str, Path]]:
        """Every original that is whole: its sha-256 and its sealed file, in that order."""
        for path in sorted(self._folder.glob("??/*")):
            if not path.name.startswith("."):
                yield path.name, path

    def _path(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / sha256
