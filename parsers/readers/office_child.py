"""The program that holds LibreOffice: one document in, the same as .docx out.

LibreOffice's own interface for programs (LibreOfficeKit.h, unchanged but for additions since 2015)
is used rather than `soffice`, which will not start where no socket can be made, as inside a
reading worker. It runs as a program of its own: started by office.py, and never imported.
"""

from __future__ import annotations

import ctypes
import os
import sys
from contextlib import suppress
from typing import Any

LIBRARIES = ("libmergedlo.so", "libsofficeapp.so")
"""Where the interface is, in LibreOffice's folder of programs: Debian's, and others'."""
_ADDRESS, _TEXT = ctypes.c_void_p, ctypes.c_char_p


class _Office(ctypes.Structure):
    _fields_ = (
        ("size", ctypes.c_size_t),
        ("destroy", _ADDRESS),
        ("load", ctypes.CFUNCTYPE(_ADDRESS, _ADDRESS, _TEXT)),
    )


class _Document(ctypes.Structure):
    _fields_ = (
        ("size", ctypes.c_size_t),
        ("destroy", _ADDRESS),
        ("save", ctypes.CFUNCTYPE(ctypes.c_int, _ADDRESS, _TEXT, _TEXT, _TEXT)),
    )


def converted(programs: str, profile: str, source: str, target: str) -> bool:
    """Whether the document was opened and written anew; the last three are addresses (file://)."""
    start = _start(programs)
    start.restype, start.argtypes = _ADDRESS, (_TEXT, _TEXT)
    office = start(programs.encode(), profile.encode())
    if not office:
        return False
    document = _methods(office, _Office).load(office, source.encode())
    if not document:
        return False
    save = _methods(document, _Document).save
    return bool(save(document, target.encode(), b"docx", b""))


def _start(programs: str) -> Any:
    for library in LIBRARIES:
        with suppress(OSError, AttributeError):
            return ctypes.CDLL(f"{programs}/{library}").libreofficekit_hook_2
    raise FileNotFoundError(programs)


def _methods(thing: int, kind: type[ctypes.Structure]) -> Any:
    """What can be done with a thing: its first word is the address of the list."""
    table = ctypes.cast(thing, ctypes.POINTER(_ADDRESS))[0]
    return ctypes.cast(table, ctypes.POINTER(kind)).contents


if __name__ == "__main__":
    # No orderly end: LibreOffice would keep what it learned in its profile, which goes anyway.
    os._exit(0 if converted(*sys.argv[1:]) else 1)
