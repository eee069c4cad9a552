"""The attachments inside winmail.dat (TNEF, as [MS-OXTNEF] describes it)."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from intake.charsets import decode

_SIGNATURE = 0x223E9F78
_RENDER_DATA = 0x9002  # starts an attachment
_TITLE = 0x8010
_DATA = 0x800F
_PROPERTIES = 0x9005

_LONG_NAME = 0x3707
_DATA_OBJECT = 0x3701
# Sizes of MAPI property types that have a fixed one ([MS-OXCDATA], 2.11.1), padded to four.
_FIXED = {0x2: 4, 0x3: 4, 0x4: 4, 0x5: 8, 0x6: 8, 0x7: 8, 0xA: 4, 0xB: 4, 0x14: 8, 0x40: 8}
_CLASS_ID = 0x48
_SIZED = (0x0D, 0x1E, 0x1F, 0x102)
_UNICODE = 0x1F
_MOST_VALUES = 10_000


def read_tnef(content: bytes) -> list[tuple[str, bytes]]:
    """(name, content) of each attachment. ValueError, struct.error where it is damaged."""
    if len(content) < 6 or struct.unpack_from("<I", content)[0] != _SIGNATURE:
        raise ValueError("no TNEF")
    found: list[tuple[str, bytes]] = []
    for attribute, data in _attributes(content):
        if attribute == _RENDER_DATA:
            found.append(("", b""))
        elif found and attribute == _TITLE:
            found[-1] = (found[-1][0] or decode(data.rstrip(b"\0")), found[-1][1])
        elif found and attribute == _DATA:
            found[-1] = (found[-1][0], data)
        elif found and attribute == _PROPERTIES:
            name, embedded = _of_properties(data)
            found[-1] = (name or found[-1][0], found[-1][1] or embedded)
    return [(name, data) for name, data in found if name or data]


def _attributes(content: bytes) -> Iterator[tuple[int, bytes]]:
    at = 6  # signature and key
    while at + 9 <= len(content):
        _level, attribute, _kind, size = struct.unpack_from("<BHHI", content, at)
        at += 9
        if at + size > len(content):
            raise ValueError("cut off")
        yield attribute, content[at : at + size]
        at += size + 2  # a checksum follows


def _of_properties(data: bytes) -> tuple[str, bytes]:
    """The long file name, and an embedded object's bytes."""
    name, embedded = "", b""
    try:
        for tag, kind, value in _properties(data):
            if tag == _LONG_NAME:
                name = _text(value, kind)
            elif tag == _DATA_OBJECT:
                # An object starts with the identifier of its interface, 16 bytes.
                embedded = value[16:] if kind == 0x0D else value
    except (struct.error, ValueError):
        pass  # the short name and the data stand outside these properties
    return name, embedded


def _text(value: bytes, kind: int) -> str:
    if kind == _UNICODE:
        return decode(value[:-2] if value.endswith(b"\0\0") else value, "utf-16-le")
    return decode(value.rstrip(b"\0"))


def _properties(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    at = 4
    for _ in range(min(struct.unpack_from("<I", data)[0], _MOST_VALUES)):
        kind, tag = struct.unpack_from("<HH", data, at)
        at = _after_name(data, at + 4) if tag >= 0x8000 else at + 4
        count = 1
        if kind & 0x1000 or kind & 0xFFF in _SIZED:
            (count,) = struct.unpack_from("<I", data, at)
            at += 4
        for _ in range(min(count, _MOST_VALUES)):
            size, start = _value_size(data, at, kind & 0xFFF)
            yield tag, kind & 0xFFF, data[start : start + size]
            at = start + size + -size % 4


def _after_name(data: bytes, at: int) -> int:
    """Past the name of a named property: a GUID, then a number or a text."""
    kind, size = struct.unpack_from("<II", data, at + 16)
    return at + 24 + (int(size) + -int(size) % 4 if kind else 0)


def _value_size(data: bytes, at: int, kind: int) -> tuple[int, int]:
    if kind in _FIXED:
        return _FIXED[kind], at
    if kind == _CLASS_ID:
        return 16, at
    if kind not in _SIZED:
        raise ValueError("unknown type of property")
    (size,) = struct.unpack_from("<I", data, at)
    return size, at + 4
