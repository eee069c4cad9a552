"""A connection that is made anew when it breaks, to the same folder or not at all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError

from intake.imap_connection import (
    Folder,
    Server,
    broken,
    connect,
    hang_up,
    open_folder,
    sign_out,
)
from intake.mailbox import MailboxUnavailable

T = TypeVar("T")


class Link:
    """The connection of one mailbox, and the folder as it was when the poll began."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._client: IMAPClient | None = None
        self.folder = Folder(0, 0, 0)

    def open(self) -> None:
        """Connect, sign in and open the folder; MailboxUnavailable says why not."""
        self.folder = self._connect()

    def close(self) -> None:
        """Sign out, if there is a connection."""
        client, self._client = self._client, None
        if client is not None:
            sign_out(client)

    def renew(self) -> None:
        """Throw the connection away and make another, to the same numbering."""
        if self._client is not None:
            hang_up(self._client)
        if self._connect().uid_validity != self.folder.uid_validity:
            raise self._server.unavailable(
                "the server numbered its messages anew while they were being read."
                " The next poll starts again"
            )

    def search(self, start: int, end: int) -> list[int]:
        """The UIDs from start to end that are there."""
        found = self.steadily(lambda client: client.search(["UID", f"{start}:{end}"]))
        # A server may answer with more than was asked for; each is wanted once, in order.
        return sorted({uid for uid in found if start <= uid <= end})

    def fetch(self, uids: list[int], items: list[str]) -> dict[int, dict[bytes, Any]]:
        """One FETCH, tried once; any error leaves the connection unfit for use."""
        assert self._client is not None
        found: dict[int, dict[bytes, Any]] = self._client.fetch(uids, items)
        return found

    def steadily(self, act: Callable[[IMAPClient], T]) -> T:
        """What `act` gives; after a broken connection it is tried once more on a new one."""
        try:
            return act(self._client)
        except (IMAPClientError, OSError, ValueError):
            self.renew()
        try:
            return act(self._client)
        except (IMAPClientError, OSError, ValueError) as error:
            failure = self.broken(error)
        raise failure

    def broken(self, error: BaseException) -> MailboxUnavailable:
        """The end of a connection that is not made anew, with the reason in a sentence."""
        if self._client is not None:
            hang_up(self._client)  # signing out could wait for the other side once more
            self._client = None
        return broken(self._server, error)

    def _connect(self) -> Folder:
        self._client = None
        client = connect(self._server)
        try:
            folder = open_folder(client, self._server)
        except MailboxUnavailable:
            hang_up(client)
            raise
        self._client = client
        return folder
