"""Files with files inside: zip archives, Outlook's winmail.dat and .msg."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from intake.limits import WORST_RATIO, Budget, too_big
from intake.locked_zip import is_locked, unlocked
from intake.tnef import read_tnef
from triage.problem import Problem

_ZIP_TYPES = ("application/zip", "application/x-zip-compressed", "application/x-zip")
_TNEF_TYPES = ("application/ms-tnef", "application/vnd.ms-tnef")
_ZIP_START = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_TNEF_START = b"\x78\x9f\x3e\x22"
# Entries that make a zip a document of Word, LibreOffice and others (ECMA-376, ODF 1.2).
_DOCUMENT_ENTRIES = {"[Content_Types].xml", "mimetype"}
_BROKEN_ZIP = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    LookupError,
    NotImplementedError,
    RuntimeError,
    MemoryError,
)


@dataclass(frozen=True, slots=True)
class Member:
    """A file in a container. `problem` is set where it could not be taken out."""

    name: str
    content: bytes
    problem: Problem | None = None


def kind_of_container(name: str, media_type: str, content: bytes) -> str:
    """'archive', 'winmail' or '' for a document of its own."""
    lower = name.lower()
    if content.startswith(_TNEF_START) or lower == "winmail.dat" or media_type in _TNEF_TYPES:
        return "winmail"
    if lower.endswith(".zip") or media_type in _ZIP_TYPES:
        return "" if _is_document(lower, content) else "archive"
    if content.startswith(_ZIP_START) and "." not in lower and not _is_document(lower, content):
        return "archive"
    return ""


def _is_document(name: str, content: bytes) -> bool:
    """Whether a zip is really a document: senders' programs declare .docx as application/zip."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return not _DOCUMENT_ENTRIES.isdisjoint(archive.namelist())
    except _BROKEN_ZIP:
        return bool(name) and not name.endswith(".zip") and "." in name


def members(kind: str, content: bytes, budget: Budget) -> Sequence[Member] | Problem:
    """The files in a container, or why it cannot be opened."""
    return _in_winmail(content, budget) if kind == "winmail" else _in_zip(content, budget)


def _in_winmail(content: bytes, budget: Budget) -> Sequence[Member] | Problem:
    try:
        found = read_tnef(content)
    except (ValueError, LookupError, struct.error):
        return _unreadable("An attachment in Outlook's own format (winmail.dat) is damaged")
    if not found:
        return Problem(
            "Outlook's attachment (winmail.dat) held no document",
            what_to_do="if one is missing, ask the sender to send it again as 'plain text' or HTML",
        )
    return [Member(name, data) for name, data in found[: budget.documents]]


def _in_zip(content: bytes, budget: Budget) -> Sequence[Member] | Problem:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = [entry for entry in archive.infolist() if _is_wanted(entry)]
            if not entries:
                return Problem("An archive holds no file", what_to_do="ask the sender for the form")
            if len(entries) > budget.documents:
                return too_big(f"An archive holds {len(entries)} files")
            if sum(entry.file_size for entry in entries) > budget.unpacked:
                return too_big("An archive unfolds into more than is allowed")
            return [_member(archive, entry, budget) for entry in entries]
    except _BROKEN_ZIP:
        return _unreadable("An archive (.zip) is damaged")


def _is_wanted(entry: zipfile.ZipInfo) -> bool:
    """Leave out folders and what macOS adds to each file."""
    last = entry.filename.rsplit("/", 1)[-1]
    return not entry.is_dir() and "__MACOSX/" not in entry.filename and last != ".DS_Store"


def _member(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, budget: Budget) -> Member:
    name = entry.filename.rsplit("/", 1)[-1]
    if entry.file_size > 1_000_000 and entry.file_size > entry.compress_size * WORST_RATIO:
        return Member(name, b"", too_big("A file in an archive unfolds into far too much"))
    content = _unpacked(archive, entry, budget)
    if isinstance(content, Problem):
        return Member(name, b"", content)
    budget.unpacked -= len(content)
    if len(content) > entry.file_size or budget.unpacked < 0:
        return Member(name, b"", too_big("A file in an archive unfolds into more than is allowed"))
    return Member(name, content)


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, budget: Budget) -> bytes | Problem:
    """An entry's content. The size an archive states may be a lie: no more than there is room."""
    most = min(entry.file_size, budget.unpacked)
    try:
        if is_locked(entry):
            return unlocked(archive, entry, budget.password, most)
        with archive.open(entry) as file:
            return file.read(most + 1)
    except _BROKEN_ZIP:
        return _unreadable("A file in an archive is damaged")


def _unreadable(what: str) -> Problem:
    return Problem(what, what_to_do="ask the sender to send it again", kind="unreadable")


def unopened_message(name: str, media_type: str) -> Problem | None:
    """The problem of a message in a form that is not read here."""
    if name.lower().endswith(".msg") or media_type == "application/vnd.ms-outlook":
        return Problem(
            "An attached Outlook message (.msg) cannot be read here",
            what_to_do="open it in Outlook and forward it, or save the form from it",
            kind="unreadable",
        )
    if media_type in ("message/partial", "message/external-body"):
        return _unreadable("The message holds only a piece of another, or where to find it")
    return None
