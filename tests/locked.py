"""Documents behind a password, made for tests. Word's are made by tscp.demo.damaged.locked."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"


def office(kind: str) -> bytes:
    """The outside of a workbook ('spreadsheetml.sheet') or a presentation."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        types = f'<Types xmlns="{TYPES}"><Override ContentType="{kind}.main+xml"/></Types>'
        archive.writestr("[Content_Types].xml", types)
        # msoffcrypto makes a broken file of less than a small stream's 4096 bytes.
        archive.writestr("filler", bytes(5000))
    return file.getvalue()


class _Cipher:
    """The old way of zip (APPNOTE 6.1.5), which Python's library can undo but not do."""

    def __init__(self, key: bytes) -> None:
        self._keys = [0x12345678, 0x23456789, 0x34567890]
        for byte in key:
            self._update(byte)

    def _update(self, byte: int) -> None:
        one, two, three = self._keys
        one = _crc(one, byte)
        two = ((two + (one & 0xFF)) * 134775813 + 1) & 0xFFFFFFFF
        self._keys = [one, two, _crc(three, two >> 24)]

    def hidden(self, plain: bytes) -> bytes:
        """The bytes, enciphered."""
        out = bytearray()
        for byte in plain:
            mask = (self._keys[2] | 2) & 0xFFFF
            out.append(byte ^ (((mask * (mask ^ 1)) >> 8) & 0xFF))
            self._update(byte)
        return bytes(out)


def _crc(crc: int, byte: int) -> int:
    return zlib.crc32(bytes([byte]), crc ^ 0xFFFFFFFF) ^ 0xFFFFFFFF


def zip_with(password: str, encoding: str = "utf-8", method: int = 0, **files: bytes) -> bytes:
    """A zip archive behind a password; `a_docx` is the name 'a.docx'.

    `method` 99 is what AES archives state; what is in them is not to be opened here anyway.
    """
    body, directory = b"", b""
    for word, plain in files.items():
        name, check = word.replace("_", ".").encode(), zlib.crc32(plain)
        sealed = _Cipher(password.encode(encoding)).hidden(bytes(11) + bytes([check >> 24]) + plain)
        about = (1, method, 0, 0, check, len(sealed), len(plain), len(name), 0)
        directory += struct.pack(
            "<IHHHHHHIIIHHHHHII", 0x02014B50, 20, 20, *about, 0, 0, 0, 0, len(body)
        )
        directory += name
        body += struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, *about) + name + sealed
    end = (0x06054B50, 0, 0, len(files), len(files), len(directory), len(body), 0)
    return body + directory + struct.pack("<IHHHHIIH", *end)
