"""Damages a document the way senders' programs, gateways and ill-meaning people do.

All chance comes from the Random that is handed in: the same one, the same damage.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from .damage_docx import damaged_docx
from .damage_pdf import damaged_pdf

Damage = Callable[[Random, bytes], bytes]
TOKENS = (
    b"\0", b"\xff", b"\n", b"\r\n\r\n", b"--", b";", b'"', b"<", b">", b"=", b"{", b"}", b"\\",
    b"=?utf-8?b?", b"?=", b"base64", b"\xff\xfe", b"\xef\xbb\xbf", b"%PDF-", b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"99999999999",
    b"-1", b"\\'zz", b"\\bin99999999 ", b"{\\object", b"<!DOCTYPE x [", b"]]>", b"&#0;", b"&a;",
    b"<table>" * 50, b"</td>", b"\xe2\x98\x92", b"31/02/2026", b"Name: Date of birth: NHS: ",
    b"Content-Type: multipart/mixed; boundary=a\n", b"Content-Transfer-Encoding: base64\n",
)  # fmt: skip
HEAD = 256
"""Bytes in which most formats say what they are: half of all flips go there."""


def damaged(random: Random, content: bytes) -> bytes:
    """The document with one to eight damages; by its structure where it has one we know."""
    structured = _structured(content)
    if structured is not None and random.random() < 0.65:
        return structured(random, content)
    for _ in range(random.choice((1, 1, 2, 4, 8))):
        content = random.choice(_ANY)(random, content)
    return content


def _structured(content: bytes) -> Damage | None:
    if content.startswith(b"%PDF"):
        return damaged_pdf
    return damaged_docx if content.startswith(b"PK") else None


def _flip(random: Random, content: bytes) -> bytes:
    found = bytearray(content or b"\0")
    end = min(len(found), HEAD) if random.random() < 0.5 else len(found)
    for _ in range(random.choice((1, 2, 8, 40))):
        found[random.randrange(end)] ^= 1 << random.randrange(8)
    return bytes(found)


def _cut_short(random: Random, content: bytes) -> bytes:
    return content[: random.randrange(len(content) + 1)]


def _put_in(random: Random, content: bytes) -> bytes:
    at = random.randrange(len(content) + 1)
    return content[:at] + random.choice(TOKENS) + content[at + random.choice((0, 1, 30)) :]


def _repeated(random: Random, content: bytes) -> bytes:
    at, size = random.randrange(len(content) + 1), random.choice((1, 20, 500))
    return content[:at] + content[at : at + size] * random.choice((2, 3, 60)) + content[at:]


def _swapped(random: Random, content: bytes) -> bytes:
    a, b, c = sorted(random.randrange(len(content) + 1) for _ in range(3))
    return content[:a] + content[b:c] + content[a:b] + content[c:]


def _lines(random: Random, content: bytes) -> bytes:
    lines = content.split(b"\n")
    for _ in range(random.choice((1, 3, 10))):
        at = random.randrange(len(lines))
        lines[at : at + random.randrange(3)] = [random.choice(lines)] * random.randrange(3)
        lines = lines or [b""]
    return b"\n".join(lines)


_ANY: tuple[Damage, ...] = (_flip, _cut_short, _put_in, _put_in, _repeated, _swapped, _lines)
