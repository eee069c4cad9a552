"""An mbox file, message by message (RFC 4155, and the quoting that is called mboxrd)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from intake.mailbox import RawMessage
from intake.received import file_time, header_of, over_limit, received_at

_LINE = 65_536
# "From " alone also begins sentences: a separator names a day.
_SEPARATOR = re.compile(
    rb"From \S.{0,200}?(?:mon|tue|wed|thu|fri|sat|sun)\w*,?\s+(?:[a-z]{3}\s+\d|\d{1,2}\s+[a-z]{3})",
    re.IGNORECASE,
)
_QUOTED = re.compile(rb">+From ")


def is_mbox(file: Path) -> bool:
    """Whether a file begins as an mbox does; a lone .eml may begin so too and is none."""
    if file.suffix.lower() == ".eml" or file.is_symlink() or not file.is_file():
        return False
    try:
        with file.open("rb") as opened:
            return bool(_SEPARATOR.match(opened.readline(_LINE)))
    except OSError:
        return False


def mbox_messages(file: Path, limit: int) -> Iterator[RawMessage]:
    """Each message, without ever holding more than one; their places are not set."""
    changed = file_time(file.stat())
    for content, size in _split(file, limit):
        when, where = received_at(content, changed)
        if size > limit:
            yield RawMessage("", when, header_of(content), where, over_limit(size, limit))
        else:
            yield RawMessage("", when, content, where)


def _split(file: Path, limit: int) -> Iterator[tuple[bytes, int]]:
    """The bytes of each message (no more than the limit of them) and its whole size."""
    lines: list[bytes] = []
    size, blank, started = 0, True, False
    with file.open("rb") as opened:
        while line := opened.readline(_LINE):
            if blank and _SEPARATOR.match(line):
                if started:
                    yield _joined(lines), size
                lines, size, started = [], 0, True
                continue
            blank = line in (b"\n", b"\r\n")
            if _QUOTED.match(line):
                line = line[1:]
            size += len(line)
            if size <= limit:
                lines.append(line)
    if started:
        yield _joined(lines), size


def _joined(lines: list[bytes]) -> bytes:
    """The blank line before the next separator is not part of the message."""
    if lines and lines[-1] in (b"\n", b"\r\n"):
        lines = lines[:-1]
    return b"".join(lines)
