"""What a mailbox is to the rest of the service: new messages, and a mark when one is done.

`imap.py` and `maildir.py` implement it; a Microsoft Graph one would fit in a file. No word of
any mail protocol is needed to use it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from triage.problem import Explained

ReceivedFrom = Literal["server", "header", "file"]


@dataclass(frozen=True, slots=True)
class RawMessage:
    """One message as it lies in a mailbox.

    `place` is where: opaque to all but the mailbox, stable for as long as the message lies
    there, never used for another message. `received_at` is UTC. `content` is the bytes as
    fetched; `problem` is '' or a sentence saying why they are not the whole message (it could
    not be fetched, it is larger than the limit): such a message goes to a person.
    `try_again` means a later poll should ask for it again (True only with a problem).
    """

    place: str
    received_at: datetime
    content: bytes
    received_from: ReceivedFrom = "server"
    problem: str = ""
    try_again: bool = False


@dataclass(frozen=True, slots=True)
class Lying:
    """A place where a message lies, and where cheap to ask since when (UTC); nothing is fetched."""

    place: str
    received_at: datetime | None = None


class Mailbox(Protocol):
    """A place where messages lie. Nothing is ever deleted in it."""

    name: str

    def new_messages(self, seen: Callable[[str], bool]) -> Iterator[RawMessage]:
        """Each message whose place is not `seen`, oldest place first, one at a time.

        Raises MailboxUnavailable where the mailbox cannot be reached, at the start or in
        between; messages yielded before are good.
        """
        ...

    def lying(self, seen: Callable[[str], bool]) -> Iterator[Lying]:
        """Every place where a message lies, `seen` or not, oldest first; a time for those not.

        Raises MailboxUnavailable as `new_messages` does.
        """
        ...

    def mark(self, place: str, outcome: str) -> None:
        """Show in the mailbox that the message at `place` was dealt with; repeating is harmless."""
        ...

    def close(self) -> None:
        """Let go of connections; the mailbox is not used afterwards."""
        ...


class MailboxUnavailable(Explained):
    """The mailbox cannot be read now; the text says why and what an administrator can do."""

    try_later = True


class SignInRefused(MailboxUnavailable):
    """The account is not let in: trying again will not help before somebody changes something."""
