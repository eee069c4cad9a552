"""When a message was received, as far as its own header or its file can say."""

from __future__ import annotations

import os
from datetime import UTC, datetime

from intake.fields import Fields, read_fields
from intake.headers import date, sent_at
from intake.mailbox import ReceivedFrom

_HEADER_BYTES = 200_000


def received_at(content: bytes, file_time: datetime) -> tuple[datetime, ReceivedFrom]:
    """The time in the topmost Received field, else Date, else the file's own time; in UTC.

    The topmost Received is our own server's: each server puts its line on top (RFC 5321, 4.4).
    """
    head = content[:_HEADER_BYTES].lstrip(b"\r\n")
    fields, _ = read_fields(head, 0, _end_of_header(head))
    found = _stamped(fields) or sent_at(fields)
    return (found, "header") if found else (file_time, "file")


def file_time(status: os.stat_result) -> datetime:
    """A file's time of change in UTC."""
    return datetime.fromtimestamp(max(0.0, status.st_mtime), UTC)


def header_of(content: bytes) -> bytes:
    """The header alone, with its blank line: what is kept of a message over the limit."""
    return content[: min(_end_of_header(content), _HEADER_BYTES)].rstrip(b"\r\n") + b"\r\n\r\n"


def over_limit(size: int, limit: int) -> str:
    """The sentence for a message that is too large to be fetched."""
    return (
        f"The message is {size / 1e6:.0f} MB large, over the limit of {limit / 1e6:.0f} MB: only"
        " its header was fetched; save its form from the mailbox and import it"
    )


def _stamped(fields: Fields) -> datetime | None:
    topmost = next(iter(fields.all("received")), "")
    return date(topmost.rpartition(";")[2])


def _end_of_header(content: bytes) -> int:
    ends = [at for mark in (b"\n\n", b"\n\r\n") if (at := content.find(mark)) >= 0]
    return min(ends) + 1 if ends else len(content)
