"""Messages from files: .eml, mbox, Maildir, folders of those, and bare forms."""

from __future__ import annotations

import hashlib
import re
from base64 import encodebytes
from collections.abc import Iterator
from dataclasses import replace
from email.utils import encode_rfc2231
from pathlib import Path

from intake.fields import read_fields
from intake.headers import is_message
from intake.mailbox import RawMessage
from intake.maildir import read_file
from intake.mbox import is_mbox, mbox_messages
from intake.received import file_time

LARGEST = 150_000_000
_SNIFFED = 20_000
_DELIVERED = re.compile(r"\d+\.[^/]+")  # a file of a Maildir: no ending says what it is


def messages_in(path: Path, message_bytes_limit: int = LARGEST) -> Iterator[RawMessage]:
    """Every message in a file or folder, folders in order of their names.

    A message's place is made of its content, so importing it again from anywhere is no news;
    the second and further copies within one import are places of their own.
    """
    copies: dict[bytes, int] = {}
    for file in _files(path):
        for message in _messages(file, message_bytes_limit):
            digest = hashlib.sha256(message.content or str(file).encode())
            copies[digest.digest()] = copy = copies.get(digest.digest(), 0) + 1
            suffix = f"#{copy}" if copy > 1 else ""
            yield replace(message, place=f"file:{digest.hexdigest()}{suffix}")


def _files(path: Path) -> Iterator[Path]:
    """The files below, sorted; hidden ones and a Maildir's unfinished deliveries left out."""
    if not path.is_dir():
        yield path
        return
    maildir = (path / "cur").is_dir() and (path / "new").is_dir()
    for below in sorted(path.iterdir()):
        hidden = below.name.startswith(".")
        if below.is_symlink():
            continue
        if maildir:
            # Folders begin with a dot (Maildir++); the files beside them are the server's own.
            wanted = below.is_dir() and (hidden or below.name in ("cur", "new"))
        else:
            wanted = not hidden
        if wanted:
            yield from _files(below)


def _messages(file: Path, limit: int) -> Iterator[RawMessage]:
    if is_mbox(file):
        yield from mbox_messages(file, limit)
        return
    message = read_file("", file, limit)
    if message.problem or _is_mail(file, message.content):
        yield message
    else:
        when = file_time(file.lstat())
        wrapped = wrap(file.name, message.content)
        yield replace(message, content=wrapped, received_from="file", received_at=when)


def _is_mail(file: Path, content: bytes) -> bool:
    if file.suffix.lower() == ".eml":
        return True
    if file.suffix and not _DELIVERED.fullmatch(file.name):
        return False
    fields, _ = read_fields(content[:_SNIFFED].lstrip(b"\r\n"), 0, _SNIFFED)
    return is_message(fields)


def wrap(name: str, content: bytes) -> bytes:
    """A message that holds nothing but this file: the same bytes for the same file, always."""
    boundary = f"file-{hashlib.sha256(content).hexdigest()[:40]}"
    lines = (
        "MIME-Version: 1.0",
        f'Content-Type: multipart/mixed; boundary="{boundary}"',
        "",
        f"--{boundary}",
        "Content-Type: application/octet-stream",
        f"Content-Disposition: attachment; filename*={encode_rfc2231(name, 'utf-8')}",
        "Content-Transfer-Encoding: base64",
        "",
        encodebytes(content).decode("ascii").replace("\n", "\r\n").rstrip(),
        f"--{boundary}--",
        "",
    )
    return "\r\n".join(lines).encode("ascii")
