"""A message's bytes become a tree of MIME entities (RFC 2045, RFC 2046), whatever their state.

Entities are places in the one buffer, nothing is copied until a leaf is asked for its content:
stdlib's parser needs about eight times the message's size, nests generators as deep as the
message (2,000 multiparts end it), and takes time by the square of a header's parameters.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from intake.fields import Fields, parameters, read_fields

MOST_LEVELS = 50
MOST_PARTS = 1_000

_MEDIA_TYPE = re.compile(r"[\w.+-]+/[\w.+-]+", re.ASCII)
_ENDINGS = {
    "application/pdf": ".pdf",
    "application/msword": ".doc",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/gif": ".gif",
    "text/calendar": ".ics",
    "text/html": ".html",
    "text/plain": ".txt",
}
_PLAIN = ("", "7bit", "8bit", "binary", "7-bit", "8-bit", "none")
_ENCODINGS = (*_PLAIN, "base64", "quoted-printable", "x-uuencode", "uuencode", "x-uue")
_BASE64 = re.compile(rb"\s*(?:[A-Za-z0-9+/]{40,}\s+)*[A-Za-z0-9+/]{4,}={0,2}\s*")
_BLANK_LINE = re.compile(rb"\n\r?\n")
_GUESSED_BOUNDARY = re.compile(rb"(?m)^--([^\s-][^\r\n]{0,69}?)[ \t]*\r?\nContent-", re.IGNORECASE)
# Words after an empty line: a footer that a gateway appended.
_FOOTER = re.compile(rb"\n\r?\n[^\n]*[A-Za-z,] [A-Za-z]")
_AFTER_PADDING = re.compile(rb"=[^A-Za-z0-9+/=]*[A-Za-z0-9+/]")


@dataclass(slots=True)
class Entity:
    """A message or a part of one. `defect` is '' or what is wrong with its structure."""

    fields: Fields
    buffer: bytes
    start: int  # of the body
    end: int
    media_type: str = "text/plain"
    parameters: dict[str, str] = field(default_factory=dict)
    disposition: str = ""
    parts: list[Entity] = field(default_factory=list)
    defect: str = ""

    @property
    def name(self) -> str:
        """The sender's file name, without any folders; '' if there is none."""
        given = self.parameters.get("filename") or self.parameters.get("name") or ""
        return re.split(r"[\\/]", given)[-1].strip()[:255]

    @property
    def encoding(self) -> str:
        """The transfer encoding as stated, in lower case."""
        return self.fields.first("content-transfer-encoding").strip().lower().rstrip(";")

    @property
    def is_file(self) -> bool:
        """Whether it is a file rather than the words of the message."""
        return bool(self.name) or self.disposition == "attachment"

    def content(self) -> bytes:
        """The body as bytes, its transfer encoding undone as far as that goes."""
        body = self.buffer[self.start : self.end]
        encoding = self.encoding
        if encoding == "base64" or (encoding not in _ENCODINGS and _BASE64.fullmatch(body)):
            return from_base64(body)
        if encoding == "quoted-printable":
            return binascii.a2b_qp(body)
        if encoding in ("x-uuencode", "uuencode", "x-uue"):
            return from_uuencode(body)
        return body

    def walk(self) -> Iterator[Entity]:
        """This entity and all below it."""
        yield self
        for part in self.parts:
            yield from part.walk()


def read_entity(content: bytes) -> Entity:
    """The tree of a whole message."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):  # saved by an editor as "Unicode"
        content = content.decode("utf-16", "replace").encode()
    content = content.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    if b"\n" not in content:
        content = content.replace(b"\r", b"\n")
    return _entity(content, 0, len(content), "text/plain", 0, [MOST_PARTS])


def _entity(
    buffer: bytes, start: int, end: int, default: str, level: int, left: list[int]
) -> Entity:
    fields, body = _head(buffer, start, end)
    entity = Entity(fields, buffer, body, end)
    kind = fields.first("content-type")
    entity.parameters = parameters(kind) | parameters(fields.first("content-disposition"))
    entity.media_type = _media_type(kind, default)
    entity.disposition = fields.first("content-disposition").split(";")[0].strip().lower()
    if entity.media_type.startswith("multipart/"):
        _undo_encoding(entity)
        _add_parts(entity, level, left)
    elif entity.is_file and entity.encoding not in _ENCODINGS:
        known = _BASE64.fullmatch(buffer, body, end)
        entity.defect = "" if known else "unknown encoding"
    return entity


def _head(buffer: bytes, start: int, end: int) -> tuple[Fields, int]:
    """The header fields, and where the body starts."""
    if buffer[start : start + 1] == b"\n":
        return Fields(()), start + 1
    if buffer[start : start + 2] == b"\r\n":
        return Fields(()), start + 2
    blank = _BLANK_LINE.search(buffer, start, end)
    fields, used = read_fields(buffer, start, blank.start() + 1 if blank else end)
    if blank and used == blank.start() + 1:
        used = blank.end()
    return fields, used


def _media_type(kind: str, default: str) -> str:
    found = _MEDIA_TYPE.fullmatch(kind.split(";")[0].strip())
    if found:
        return found.group().lower()
    # RFC 2045, 5.2: what cannot be understood is plain text; a named part is at least a file.
    return "application/octet-stream" if kind and "name=" in kind.lower() else default


def _undo_encoding(entity: Entity) -> None:
    """RFC 2045, 6.4 forbids to encode a multipart; some gateways do all the same."""
    encoding = entity.fields.first("content-transfer-encoding").strip().lower()
    if encoding in ("base64", "quoted-printable"):
        decoded = entity.content()
        if b"--" in decoded:
            entity.buffer, entity.start, entity.end = decoded, 0, len(decoded)


def _add_parts(entity: Entity, level: int, left: list[int]) -> None:
    if level >= MOST_LEVELS:
        entity.defect = "too deep"
        return
    boundary = entity.parameters.get("boundary", "").encode("utf-8", "replace")
    spans, closed = _spans(entity, boundary)
    if not spans:
        guessed = _GUESSED_BOUNDARY.search(entity.buffer, entity.start, entity.end)
        spans, closed = _spans(entity, guessed.group(1)) if guessed else ([], True)
    default = "message/rfc822" if entity.media_type == "multipart/digest" else "text/plain"
    for start, end in spans:
        left[0] -= 1
        if left[0] < 0:
            entity.defect = "too many parts"
            return
        entity.parts.append(_entity(entity.buffer, start, end, default, level + 1, left))
    if not spans:
        entity.defect = "no parts"
    elif not closed:
        entity.defect = "no end"


def _spans(entity: Entity, boundary: bytes) -> tuple[list[tuple[int, int]], bool]:
    """Where the parts between a boundary's lines begin and end, and whether the last is closed."""
    spans: list[tuple[int, int]] = []
    if not boundary:
        return spans, False
    begun = -1
    for line, after, closing in _delimiters(entity, boundary):
        if begun >= 0:
            # The line end before a delimiter belongs to the delimiter (RFC 2046, 5.1.1).
            end = line - (2 if entity.buffer[line - 2 : line] == b"\r\n" else 1)
            spans.append((begun, max(begun, end)))
        begun = after
        if closing:
            return spans, True
        if len(spans) > MOST_PARTS:
            return spans, True
    if begun >= 0:
        spans.append((begun, entity.end))
    return spans, False


def _delimiters(entity: Entity, boundary: bytes) -> Iterator[tuple[int, int, bool]]:
    buffer, end = entity.buffer, entity.end
    mark = b"--" + boundary
    at = buffer.find(mark, entity.start, end)
    while at >= 0:
        line_end = buffer.find(b"\n", at, end)
        after = end if line_end < 0 else line_end + 1
        if at == entity.start or buffer[at - 1 : at] == b"\n":
            rest = buffer[at + len(mark) : min(after, at + len(mark) + 200)].strip()
            if rest in (b"", b"--"):
                yield at, after, rest == b"--"
        at = buffer.find(mark, at + len(mark), end)


def from_base64(body: bytes) -> bytes:
    """What base64 says, with junk between, missing padding, or padding at each line."""
    footer = _FOOTER.search(body)
    body = body[: footer.start()] if footer else body
    padding = _AFTER_PADDING.search(body)
    if padding and b" " not in body[padding.start() : padding.start() + 200].strip():
        pieces = re.findall(rb"[^=]+=*", body)
        return b"".join(map(_base64_piece, pieces))
    # Text after the padding is no part of the document either.
    return _base64_piece(body[: padding.start() + 1] if padding else body)


def _base64_piece(body: bytes) -> bytes:
    try:
        return binascii.a2b_base64(body)
    except binascii.Error:
        digits = re.sub(rb"[^A-Za-z0-9+/]", b"", body)
        spare = len(digits) % 4
        digits = digits[:-1] if spare == 1 else digits + b"=" * (-spare % 4)
        return binascii.a2b_base64(digits)


def from_uuencode(body: bytes) -> bytes:
    """The file in a uuencoded body; lines that cannot be decoded are left out."""
    decoded = []
    for line in body.splitlines():
        if line.startswith((b"begin ", b"end")) or not line.strip():
            continue
        try:
            decoded.append(binascii.a2b_uu(line))
        except binascii.Error:
            continue
    return b"".join(decoded)


def unnamed(media_type: str) -> str:
    """A name for a file that came without one."""
    return f"unnamed{_ENDINGS.get(media_type, '')}"
