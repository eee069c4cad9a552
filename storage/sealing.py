"""Everything that identifies or tells is sealed before it touches the disk.

AES-256-GCM by the `cryptography` package; a sealed text is a version byte, the key's id, a
nonce and the ciphertext, bound to what it is used for. Keys lie in a folder of their own, apart
from the data, readable by their owner only.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from triage.problem import Explained

VERSION = b"\x01"
ID_BYTES, NONCE_BYTES, KEY_BYTES = 4, 12, 32


class KeysUnusable(Explained):
    """The sealing keys cannot be used; the text says which file and what an administrator does."""


class KeyRing:
    """The sealing keys; the newest seals, every one unseals."""

    def __init__(self, keys: dict[bytes, bytes]) -> None:
        """`keys` by id, newest last; use `load` or `create`."""
        self._ciphers = {key_id: AESGCM(key) for key_id, key in keys.items()}
        self._newest = list(keys)[-1]
        first = next(iter(keys.values()))
        self._blind = hmac.digest(first, b"tscp blind index", hashlib.sha256)

    @classmethod
    def load(cls, folder: Path) -> KeyRing:
        """The keys of a folder. Raises KeysUnusable where there are none or others can read."""
        files = sorted(folder.glob("*.key")) if folder.is_dir() else []
        if not files:
            raise KeysUnusable(
                f"no sealing key in {folder}: put back the keys kept from this installation; "
                "without them nothing that was stored can be read"
            )
        return cls({_id(key): key for key in map(_read_key, files)})

    @classmethod
    def create(cls, folder: Path) -> KeyRing:
        """Makes the first key of a new installation (folder 0700, file 0600, fsynced)."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
        key = secrets.token_bytes(KEY_BYTES)
        path = folder / f"{_id(key).hex()}.key"
        unfinished = path.with_suffix(".unfinished")  # a kill here must leave no half key
        handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(key.hex() + "\n")
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
        fsync_folder(folder)
        return cls({_id(key): key})

    @property
    def ids(self) -> tuple[str, ...]:
        """The keys' ids (8 hex each), which are their files' names too; in order."""
        return tuple(sorted(key_id.hex() for key_id in self._ciphers))

    def seal(self, plain: bytes, use: str) -> bytes:
        """`plain` sealed for one use ('original', 'fact', …); never twice the same bytes."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        cipher = self._ciphers[self._newest]
        return VERSION + self._newest + nonce + cipher.encrypt(nonce, plain, use.encode())

    def unseal(self, sealed: bytes, use: str) -> bytes:
        """What was sealed for that use. Raises KeysUnusable for a wrong key or altered bytes."""
        key_id, rest = sealed[1 : 1 + ID_BYTES], sealed[1 + ID_BYTES :]
        cipher = self._ciphers.get(key_id)
        if sealed[:1] != VERSION or cipher is None:
            raise KeysUnusable(
                f"sealed with key {key_id.hex()}, which is not among the keys given: put back "
                "the keys that belong to this database"
            )
        try:
            return cipher.decrypt(rest[:NONCE_BYTES], rest[NONCE_BYTES:], use.encode())
        except (InvalidTag, ValueError):  # altered, or cut short
            raise KeysUnusable(
                f"something sealed as '{use}' was altered, or the key {key_id.hex()} is not the "
                "one it was sealed with: restore from the last backup"
            ) from None

    def blind(self, text: str) -> str:
        """A keyed hash to find equal texts by (message ids), which tells nothing without keys."""
        return hmac.digest(self._blind, text.encode(), hashlib.sha256)[:16].hex()


def fsync_folder(folder: Path) -> None:
    """Makes names in a folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _id(key: bytes) -> bytes:
    return hashlib.sha256(b"key id" + key).digest()[:ID_BYTES]


def _read_key(path: Path) -> bytes:
    mode = path.stat().st_mode & 0o077
    if mode:
        raise KeysUnusable(f"{path} can be read by others than its owner: chmod 600 {path}")
    try:
        key = bytes.fromhex(path.read_text().strip())
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise KeysUnusable(f"{path} is not a sealing key: put back the file as it was kept")
    return key
