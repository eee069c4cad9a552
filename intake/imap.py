"""An IMAP folder as a mailbox (RFC 3501): what is new is told by UIDs, never by flags."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote, unquote

from intake.imap_connection import Server, Tls
from intake.imap_fetch import Fetched, Fetcher
from intake.imap_link import Link
from intake.mailbox import Lying, MailboxUnavailable, RawMessage
from intake.oauth import Tokens
from intake.received import header_of, over_limit, received_at

T = TypeVar("T")

# A SEARCH answer is one line, and imaplib refuses lines over 1,000,000 bytes: at most this many
# UIDs of up to ten digits.
WINDOW = 80_000
SIZES_AT_ONCE = 500

_PLACE = re.compile(r"(.+);UIDVALIDITY=(\d+);UID=(\d+)")
_NOT_FETCHED = (
    "The server could not hand out this message, even on its own: open it in the mailbox;"
    " every poll tries again"
)


class ImapMailbox:
    """The messages in one folder of an account. Nothing in it is changed, not even a flag.

    A message's place holds the folder's UIDVALIDITY: where a server starts its numbers anew,
    every message is in a new place (RFC 3501, 2.3.1.1), and the content tells old from new.
    """

    def __init__(
        self,
        name: str,
        host: str,
        port: int,
        tls: Tls,
        ca_file: Path | None,
        username: str,
        password: str,
        folder: str = "INBOX",
        message_bytes_limit: int = 150_000_000,
        timeout: float = 60.0,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        tokens: Tokens | None = None,
    ) -> None:
        self.name = name
        # INBOX is the one name whose case does not matter (RFC 3501, 5.1).
        self._folder = "INBOX" if folder.upper() == "INBOX" else folder
        self._limit = message_bytes_limit
        self._now = now
        into = self._folder
        self._link = Link(
            Server(name, host, port, tls, ca_file, username, password, into, timeout, tokens)
        )

    def new_messages(self, seen: Callable[[str], bool]) -> Iterator[RawMessage]:
        """Each message whose place is not `seen`, in order of UIDs."""
        yield from self._signed_in(lambda: self._new(seen))

    def lying(self, seen: Callable[[str], bool]) -> Iterator[Lying]:
        """Every place where a message lies, in order of UIDs."""
        yield from self._signed_in(lambda: self._lying(seen))

    def mark(self, place: str, outcome: str) -> None:
        """Nothing is marked: the mailbox is left as it is."""

    def close(self) -> None:
        """Sign out, if signed in."""
        self._link.close()

    def _signed_in(self, look: Callable[[], Iterator[T]]) -> Iterator[T]:
        """What there is to see while the folder is open."""
        failure: MailboxUnavailable | None = None
        try:
            self._link.open()
            yield from look()
        except MailboxUnavailable as error:
            failure = type(error)(str(error))
        finally:
            self._link.close()
        if failure is not None:
            # Raised out here, so that nothing the server said (it may quote a subject) hangs on it.
            raise failure

    def _new(self, seen: Callable[[str], bool]) -> Iterator[RawMessage]:
        fetcher = Fetcher(self._link, self._limit)
        for uids in self._windows():
            new = [uid for uid in uids if not seen(self._place(uid))]
            for start in range(0, len(new), SIZES_AT_ONCE):
                for fetched in fetcher.fetch(new[start : start + SIZES_AT_ONCE]):
                    yield self._message(fetched)

    def _lying(self, seen: Callable[[str], bool]) -> Iterator[Lying]:
        fetcher = Fetcher(self._link, self._limit)
        for uids in self._windows():
            for start in range(0, len(uids), SIZES_AT_ONCE):
                some = uids[start : start + SIZES_AT_ONCE]
                new = [uid for uid in some if not seen(self._place(uid))]
                times = fetcher.times(new) if new else {}
                yield from (Lying(self._place(uid), times.get(uid)) for uid in some)

    def _windows(self) -> Iterator[Sequence[int]]:
        """The UIDs there, in ranges whose answers are short enough.

        Ranges end at a number, never at '*': 'n:*' gives the last message even if it is below n.
        """
        folder = self._link.folder
        start, left = 1, folder.messages
        while start <= folder.last_uid and left > 0:
            end = folder.last_uid if left <= WINDOW else start + WINDOW - 1
            uids = self._link.search(start, end)
            yield uids
            left -= len(uids)
            start = end + 1

    def _place(self, uid: int) -> str:
        folder = quote(self._folder, safe="")
        return f"{folder};UIDVALIDITY={self._link.folder.uid_validity};UID={uid}"

    def _message(self, fetched: Fetched) -> RawMessage:
        place, content = self._place(fetched.uid), fetched.content
        problem = "" if content is not None else _NOT_FETCHED
        if content is not None and fetched.too_big:
            problem = over_limit(max(fetched.size, len(content)), self._limit)
            content = header_of(content)
        kept = content or b""
        if fetched.received_at is not None:
            return RawMessage(
                place, fetched.received_at, kept, "server", problem, try_again=content is None
            )
        when, where = received_at(kept, self._now())
        return RawMessage(place, when, kept, where, problem, try_again=content is None)


def place_facts(place: str) -> dict[str, str | int]:
    """The folder, uidvalidity and uid that a place tells of; {} if it is not one on a server."""
    found = _PLACE.fullmatch(place)
    if not found:
        return {}
    return {
        "folder": unquote(found.group(1)),
        "uidvalidity": int(found.group(2)),
        "uid": int(found.group(3)),
    }
