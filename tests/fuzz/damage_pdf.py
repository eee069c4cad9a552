"""Damages the objects of a PDF: values of wrong types, circles, lost objects, other drawing."""

from __future__ import annotations

import base64
import binascii
import re
import zlib
from random import Random

_OBJECT = re.compile(rb"(\d+) 0 obj\b(.*?)\bendobj", re.DOTALL)
_TRAILER = re.compile(rb"trailer\s*(<<.*?>>)\s*startxref", re.DOTALL)
_STREAM = re.compile(rb"^(.*?)\bstream\r?\n(.*?)\r?\n?endstream", re.DOTALL)
_TOKEN = re.compile(rb"/[^\s/<>\[\]()]*|\d+ 0 R|[-+.\d]+|\((?:[^()\\]|\\.)*\)|<<|>>|\[|\]|\w+")
_FILTER = re.compile(rb"/Filter\s*(\[[^\]]*\]|/\w+)")
_LENGTH = re.compile(rb"/Length\s+\d+")
VALUES = (
    b"null", b"true", b"-1", b"0", b"99999999999", b"1e400", b".", b"(x)", b"()", b"<FEFF>", b"<zz",
    b"/X", b"/", b"[]", b"[[[]]]", b"<<>>", b"<</V 1/Kids[1 0 R]/Parent 2 0 R>>", b"1 0 R",
    b"2 0 R",     b"3 0 R", b"9999 0 R", b"[1 0 R 2 0 R]", b"[0 0 0 0]", b"[9 9 -9 -9]",
    b"[(a) /b 3 null]",
    b"/Off", b"/Yes", b"/Tx", b"/Btn", b"/Ch", b"/Identity-H", b"/JPXDecode", b"/DCTDecode",
    b"/Widget", b"/FreeText", b"/Ink", b"/Form", b"/Image", b"(\xfe\xff\xd8\x00)", b"90",
    b"-0.0001",
)  # fmt: skip
DRAWING = (
    b"BT", b"ET", b"q", b"Q", b"0 0 0 0 0 0 Tm", b"1e30 0 0 1 0 0 cm", b"9 9 9 9 re S", b"h", b"B*",
    b"[(a) 3 /b] TJ", b"/F1 1e9 Tf", b"/F1 0 Tf", b"-100 Tz", b"nan 5 Td", b"/X Do", b"<< >> BDC",
    b"/Span << /ActualText (x) >> BDC", b"EMC", b"BI /W 9999 /H 9999 ID x EI", b"/P gs",
    b"1 2 3 sc", b"/Pattern cs", b"0 0 m 1e40 1e40 l S", b"(\\", b"]", b">>", b"' \"", b"3 Tr",
    b"7 Tr",
)  # fmt: skip


def damaged_pdf(random: Random, content: bytes) -> bytes:
    """The PDF written anew from its objects, some of which say something else."""
    objects = {int(number): body for number, body in _OBJECT.findall(content)}
    trailer = _TRAILER.search(content)
    if not objects or trailer is None:
        return content
    objects = {number: _unpacked(body) for number, body in objects.items()}
    end = trailer[1]
    for _ in range(random.choice((1, 1, 2, 5, 15))):
        end = _objects_altered(random, objects, end)
    return _written(random, objects, end)


def _objects_altered(random: Random, objects: dict[int, bytes], trailer: bytes) -> bytes:
    number, way = random.choice(list(objects)), random.random()
    if way < 0.04:
        return _token_altered(random, trailer)
    if way < 0.1 and len(objects) > 3:
        del objects[number]
    elif way < 0.16:
        objects[number] = random.choice(list(objects.values()))
    else:
        objects[number] = _object_altered(random, objects[number])
    return trailer


def _object_altered(random: Random, body: bytes) -> bytes:
    stream = _STREAM.match(body)
    if stream is None:
        return _token_altered(random, body)
    head, data = stream[1], stream[2]
    if random.random() < 0.3:
        head = _token_altered(random, head)
    else:
        data = _drawing_altered(random, data)
    return head + b"stream\n" + data + b"\nendstream"


def _token_altered(random: Random, body: bytes) -> bytes:
    tokens = [found.span() for found in _TOKEN.finditer(body)]
    if not tokens:
        return body + random.choice(VALUES)
    start, end = random.choice(tokens)
    way = random.random()
    if way < 0.6:
        return body[:start] + b" " + random.choice(VALUES) + b" " + body[end:]
    if way < 0.8:
        a, b = random.choice(tokens)
        return body[:start] + b" " + body[a:b] + b" " + body[end:]
    return body[:start] + body[end:]


def _drawing_altered(random: Random, data: bytes) -> bytes:
    lines = data.split(b"\n")
    at = random.randrange(len(lines))
    way = random.random()
    if way < 0.4:
        lines.insert(at, random.choice(DRAWING))
    elif way < 0.6:
        lines[at] = _token_altered(random, lines[at])
    elif way < 0.8:
        del lines[at : at + random.choice((1, 5))]
    else:
        lines[at:at] = lines[at : at + 3] * random.choice((1, 2, 50))
    return b"\n".join(lines)


def _unpacked(body: bytes) -> bytes:
    """An object whose stream is readable text, if its packing is one we know."""
    stream = _STREAM.match(body)
    found = _FILTER.search(stream[1]) if stream else None
    if stream is None or found is None or b"/Image" in stream[1]:
        return body
    data = stream[2]
    try:
        for name in re.findall(rb"/(\w+)", found[1]):
            data = {b"ASCII85Decode": _from_85, b"FlateDecode": zlib.decompress}[name](data)
    except (KeyError, ValueError, zlib.error, binascii.Error):
        return body
    head = _LENGTH.sub(b"/Length %d" % len(data), _FILTER.sub(b"", stream[1]))
    return head + b"stream\n" + data + b"\nendstream"


def _from_85(data: bytes) -> bytes:
    return base64.a85decode(b"<~" + data.strip().removeprefix(b"<~"), adobe=True)


def _written(random: Random, objects: dict[int, bytes], trailer: bytes) -> bytes:
    result, places = bytearray(b"%PDF-1.4\n"), {}
    for number, body in objects.items():
        places[number] = len(result)
        result += b"%d 0 obj%s\nendobj\n" % (number, body)
    start = len(result) if random.random() < 0.9 else random.randrange(len(result))
    result += b"xref\n0 %d\n" % (max(objects) + 1)
    for number in range(max(objects) + 1):
        used = number in places
        line = (places.get(number, 0), 0 if used else 65535, b"n" if used else b"f")
        result += b"%010d %05d %s \n" % line
    result += b"trailer\n%s\nstartxref\n%d\n%%%%EOF\n" % (trailer, start)
    return bytes(result)
