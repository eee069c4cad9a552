"""A Maildir as a mailbox: each message a file in new/ or cur/."""

from __future__ import annotations

import re
import stat
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from intake.mailbox import Lying, MailboxUnavailable, RawMessage
from intake.received import file_time, header_of, over_limit, received_at

_FOLDERS = ("new", "cur")
_TRIES = 3


class MaildirMailbox:
    """The messages below `path`; nothing in it is ever changed.

    A message's place is its unique name. What follows ':' there are its flags, and moving it
    from new/ to cur/ says that somebody has seen it: neither makes it another message.
    """

    def __init__(self, name: str, path: Path, message_bytes_limit: int = 150_000_000) -> None:
        self.name = name
        self._path = path
        self._limit = message_bytes_limit

    def new_messages(self, seen: Callable[[str], bool]) -> Iterator[RawMessage]:
        """Each message whose place is not `seen`, oldest first."""
        for place, file in self._oldest_first():
            if not seen(place):
                message = self._read(place, file)
                if message is not None:
                    yield message

    def lying(self, seen: Callable[[str], bool]) -> Iterator[Lying]:
        """Every place where a message lies; the time is its file's."""
        for place, file in self._oldest_first():
            yield Lying(place, None if seen(place) else _time(file))

    def mark(self, place: str, outcome: str) -> None:
        """Nothing is marked: the mailbox is left as it is."""

    def close(self) -> None:
        """There is nothing to let go of."""

    def _oldest_first(self) -> list[tuple[str, Path]]:
        return sorted(self._files().items(), key=lambda item: _age(item[0]))

    def _files(self) -> dict[str, Path]:
        found: dict[str, Path] = {}
        for folder in _FOLDERS:
            try:
                for file in (self._path / folder).iterdir():
                    if not file.name.startswith("."):
                        found.setdefault(_place(file), file)
            except OSError as error:
                raise MailboxUnavailable(_why(self.name, folder, error)) from None
        return found

    def _read(self, place: str, file: Path) -> RawMessage | None:
        """The message, wherever it has gone meanwhile; None if it is gone from the mailbox."""
        for _ in range(_TRIES):
            try:
                return read_file(place, file, self._limit)
            except FileNotFoundError:
                moved = self._files().get(place)
                if moved is None:
                    return None
                file = moved
        return None


def read_file(place: str, file: Path, limit: int) -> RawMessage:
    """The message in a file; FileNotFoundError if it has gone, any other trouble as a problem."""
    status = file.lstat()
    changed = file_time(status)
    if not stat.S_ISREG(status.st_mode):
        return RawMessage(place, changed, b"", "file", "This is no file that may be read", True)
    try:
        with file.open("rb") as opened:
            content = opened.read(limit + 1)
    except FileNotFoundError:
        raise
    except OSError as error:
        problem = f"The file of this message could not be read ({error.strerror})"
        return RawMessage(place, changed, b"", "file", problem, try_again=True)
    when, where = received_at(content, changed)
    if len(content) > limit:
        return RawMessage(place, when, header_of(content), where, over_limit(status.st_size, limit))
    return RawMessage(place, when, content, where)


def _place(file: Path) -> str:
    return file.name.partition(":")[0]


def _time(file: Path) -> datetime | None:
    try:
        return file_time(file.lstat())
    except OSError:  # moved meanwhile: its place is known all the same
        return None


def _age(place: str) -> tuple[int, str]:
    """Unique names begin with the second of delivery."""
    second = re.match(r"\d{1,18}", place)
    return int(second.group()) if second else 0, place


def _why(name: str, folder: str, error: OSError) -> str:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return (
            f"Mailbox '{name}': its path has no folder '{folder}', so it is no Maildir."
            " Check 'path' under [[mailbox]]"
        )
    return (
        f"Mailbox '{name}': its folder '{folder}' cannot be read ({error.strerror})."
        " Give the service's user the right to read it"
    )
