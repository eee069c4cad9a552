"""Files in a zip archive behind a password, opened with the one a person gave.

Only the old way of zip (PKWARE's, APPNOTE 6.1) can be opened; AES (WinZip's way, stated as
compression 99) and strong encryption (bit 6 of the flags) cannot.
"""

from __future__ import annotations

import lzma
import zipfile
import zlib

from intake.limits import too_big
from triage.passwords import locked, locked_otherwise, not_opened
from triage.problem import Problem

MOST_LOCKED = 20_000_000
"""Packed bytes; the library deciphers one or two million a second, and calls have a time limit."""
_AES = 99
_STRONG = 0x40
_ENCODINGS = ("utf-8", "cp1252", "cp437")
"""How programs write a password that is not plain English: no standard says."""
_NOT_THIS = (RuntimeError, zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, EOFError)
"""What a wrong password leads to: told at once, or (one time in 256) by the bytes' checksum."""


def is_locked(entry: zipfile.ZipInfo) -> bool:
    """Whether a password is needed for this file of an archive."""
    return bool(entry.flag_bits & 0x1)


def unlocked(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, password: str, most: int
) -> bytes | Problem:
    """The file's content, at most one byte more than `most`, or why it cannot be had."""
    if entry.compress_type == _AES or entry.flag_bits & _STRONG:
        return locked_otherwise("A file in an archive (.zip)")
    if not password:
        return locked("A file in an archive (.zip)")
    if entry.compress_size > MOST_LOCKED:
        return too_big("A file in an archive is too large to be opened with its password here")
    for key in _keys(password):
        try:
            with archive.open(entry, pwd=key) as file:
                return file.read(most + 1)
        except NotImplementedError:  # packed in a way we do not know, whatever the password
            return locked_otherwise("A file in an archive (.zip)")
        except _NOT_THIS:
            continue
    return not_opened()


def _keys(password: str) -> list[bytes]:
    found: dict[bytes, None] = {}
    for encoding in _ENCODINGS:
        try:
            found[password.encode(encoding)] = None
        except UnicodeEncodeError:
            continue
    return list(found)
