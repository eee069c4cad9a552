"""The header of a message or part as a list of fields (RFC 5322, 2.2), and their parameters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from intake.charsets import decode, decode_words

# Fields are cut at LONGEST_FIELD, never the header before its last field: behind a subject of
# 5 MB stands the line that says there is a form. What is longer still is no header.
LONGEST_HEADER = 20_000_000
LONGEST_FIELD = 16_000
MOST_FIELDS = 2_000

_FIELD = re.compile(rb"([!-9;-~]{1,100})[ \t]*:[ \t]*")
_PARAMETER = re.compile(
    r';\s*([^\s=;*"]{1,60})(?:\*(\d{1,3}))?(\*)?\s*=\s*("(?:[^"\\]|\\.)*"|[^;]*)', re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Fields:
    """Field names (lower case) and their text, in order, unfolded, encoded words as sent."""

    items: tuple[tuple[str, str], ...]

    def all(self, name: str) -> list[str]:
        """The text of every field of this name, topmost first."""
        return [text for found, text in self.items if found == name]

    def first(self, name: str) -> str:
        """The text of the topmost field of this name that is not empty, else ''."""
        return next((text for text in self.all(name) if text), "")

    def __contains__(self, name: str) -> bool:
        return any(found == name for found, _ in self.items)


def read_fields(buffer: bytes, start: int, end: int) -> tuple[Fields, int]:
    """The fields between start and end, and where they stop (a body may follow at once)."""
    block = buffer[start : min(end, start + LONGEST_HEADER)]
    lines = block.splitlines(keepends=True)
    last = max((i for i, line in enumerate(lines) if _FIELD.match(line)), default=-1)
    if last < 0:
        return Fields(()), start
    after = last + 1
    while after < len(lines) and lines[after][:1] in b" \t":
        after += 1
    fields = [(name, _text(value)) for name, value in _unfolded(lines[:after])]
    whole = after == len(lines)
    return Fields(tuple(fields)), end if whole else start + sum(map(len, lines[:after]))


def _unfolded(lines: list[bytes]) -> Iterator[tuple[str, bytes]]:
    """A line that is no field continues the one before, as RFC 5322, 2.2.3 says of blanks."""
    name, value, count = "", bytearray(), 0
    for line in lines:
        found = None if line[:1] in b" \t" else _FIELD.match(line)
        if found is None:
            if len(value) < LONGEST_FIELD:
                value += b" " + line.strip()
            continue
        if name:
            yield name, bytes(value)
        count += 1
        if count > MOST_FIELDS:
            return
        name = found.group(1).decode("ascii").lower()
        value = bytearray(line[found.end() :].strip())
    if name:
        yield name, bytes(value)


def _text(value: bytes) -> str:
    # Raw eight-bit text is against RFC 5322 and allowed by RFC 6532: UTF-8, or Windows' own.
    return decode(value[:LONGEST_FIELD])


def parameters(value: str) -> dict[str, str]:
    """The parameters of a Content-Type or Content-Disposition, RFC 2231's pieces put together."""
    plain: dict[str, str] = {}
    pieces: dict[str, dict[int, tuple[bool, str]]] = {}
    whole: dict[str, str] = {}
    for name, number, extended, text in _PARAMETER.findall(value):
        text = _unquoted(text)
        if number:
            pieces.setdefault(name.lower(), {})[int(number)] = (bool(extended), text)
        elif extended:
            whole.setdefault(name.lower(), _joined({0: (True, text)}))
        else:
            plain.setdefault(name.lower(), decode_words(text))
    return plain | {name: _joined(found) for name, found in pieces.items()} | whole


def _unquoted(text: str) -> str:
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] == '"':
        return re.sub(r'\\(["\\])', r"\1", text[1:-1])
    return text.strip('"')


def _joined(pieces: dict[int, tuple[bool, str]]) -> str:
    charset, content = "", bytearray()
    for number, (extended, text) in sorted(pieces.items()):
        if not extended:
            content += text.encode("utf-8", "replace")
            continue
        if number == min(pieces) and text.count("'") >= 2:
            charset, _, text = text.split("'", 2)
        content += unquote_to_bytes(text)
    return decode(bytes(content), charset)
