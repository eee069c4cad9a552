"""Messages are fetched a few at a time; one that cannot be had does not keep the others back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from imapclient.exceptions import IMAPClientError

from intake.imap_connection import CUT
from intake.imap_link import Link

BYTES_AT_ONCE = 4_000_000
MESSAGES_AT_ONCE = 50
HEADER_BYTES = 200_000
# So many messages one after the other that break the connection: then it is the connection.
# Servers hang up on messages they find damaged, and damaged ones lie side by side: the bound
# must be well above such a run, which would keep back all mail behind it.
MOST_CUTS = 50
CUTS_OF_A_TIMEOUT = 10  # each costs minutes

_ABOUT = ["RFC822.SIZE", "INTERNALDATE"]
_WHOLE = ["INTERNALDATE", "BODY.PEEK[]"]
_HEADER = ["INTERNALDATE", f"BODY.PEEK[HEADER]<0.{HEADER_BYTES}>"]
# What imapclient raises on an answer that is wrong, beside its own errors.
_TROUBLE = (IMAPClientError, OSError, ValueError, TypeError, AttributeError, LookupError)


@dataclass(frozen=True, slots=True)
class Fetched:
    """One message as the server gave it; `content` is None if it could not be had."""

    uid: int
    content: bytes | None
    received_at: datetime | None
    size: int = 0
    too_big: bool = False


@dataclass(frozen=True, slots=True)
class _About:
    uid: int
    size: int | None
    received_at: datetime | None


class Fetcher:
    """Fetches over one link, within the limit of bytes a message."""

    def __init__(self, link: Link, limit: int) -> None:
        self._link = link
        self._limit = limit
        self._cuts = 0

    def fetch(self, uids: Sequence[int]) -> Iterator[Fetched]:
        """Each message in order; those that vanished meanwhile are left out."""
        for chunk in self._chunks(self._about(list(uids))):
            yield from self._chunk(chunk)

    def times(self, uids: Sequence[int]) -> dict[int, datetime | None]:
        """When each was received, as far as the server says; no message is fetched."""
        return {about.uid: about.received_at for about in self._about(list(uids))}

    def _about(self, uids: list[int]) -> list[_About]:
        """Size and time of receipt, asked for first so that memory stays bounded."""
        try:
            found = self._link.fetch(uids, _ABOUT)
        except _TROUBLE:
            self._link.renew()
            found = {}  # then each is fetched alone
        return [_about(uid, found.get(uid, {})) for uid in uids]

    def _chunks(self, messages: list[_About]) -> Iterator[list[_About]]:
        chunk: list[_About] = []
        size = 0
        for message in messages:
            # Of unknown size, or of a size for a chunk of its own: alone.
            weight = BYTES_AT_ONCE if message.size is None else message.size
            if chunk and (size + weight > BYTES_AT_ONCE or len(chunk) >= MESSAGES_AT_ONCE):
                yield chunk
                chunk, size = [], 0
            chunk.append(message)
            size += weight
        if chunk:
            yield chunk

    def _chunk(self, chunk: list[_About]) -> Iterator[Fetched]:
        found: dict[int, dict[bytes, Any]] = {}
        if len(chunk) > 1:
            try:
                found = self._link.fetch([message.uid for message in chunk], _WHOLE)
            except _TROUBLE:
                self._link.renew()
        for message in chunk:
            answer = found.pop(message.uid, {})
            if isinstance(_body(answer), bytes):
                self._cuts = 0
                yield self._fetched(message, answer)
                continue
            alone = self._alone(message)
            if alone is not None:
                yield alone

    def _alone(self, message: _About) -> Fetched | None:
        """One message, tried twice, the second time on a new connection; None if it is gone."""
        big = message.size is not None and message.size > self._limit
        last: BaseException | None = None
        for _ in range(2):
            try:
                answer = self._link.fetch([message.uid], _HEADER if big else _WHOLE).get(
                    message.uid
                )
            except _TROUBLE as error:
                last = error
                self._link.renew()
                continue
            if answer is None:
                return None
            if isinstance(_body(answer), bytes):
                self._cuts = 0
                return self._fetched(message, answer, big)
            if not self._link.search(message.uid, message.uid):
                return None
            self._link.renew()
        self._count_cut(last)
        return Fetched(message.uid, None, message.received_at)

    def _count_cut(self, error: BaseException | None) -> None:
        if not isinstance(error, CUT):
            self._cuts = 0
            return
        self._cuts += CUTS_OF_A_TIMEOUT if isinstance(error, TimeoutError) else 1
        if self._cuts >= MOST_CUTS:
            raise self._link.broken(error) from None

    def _fetched(self, message: _About, answer: dict[bytes, Any], big: bool = False) -> Fetched:
        content = _body(answer)
        assert content is not None
        # The size that was asked for first may have been wrong.
        too_big = big or len(content) > self._limit
        when = _utc(answer.get(b"INTERNALDATE")) or message.received_at
        return Fetched(message.uid, content, when, message.size or len(content), too_big)


def _about(uid: int, answer: dict[bytes, Any]) -> _About:
    size = answer.get(b"RFC822.SIZE")
    return _About(uid, size if isinstance(size, int) else None, _utc(answer.get(b"INTERNALDATE")))


def _body(answer: dict[bytes, Any]) -> bytes | None:
    """The message or its header: BODY[] or BODY[HEADER]<0>."""
    found = next((value for key, value in answer.items() if key.startswith(b"BODY[")), None)
    # A body of digits alone that came unquoted was taken for a number.
    return str(found).encode() if isinstance(found, int) else found


def _utc(when: object) -> datetime | None:
    """INTERNALDATE in UTC; None where the server gave none that can be used."""
    if not isinstance(when, datetime) or when.tzinfo is None:
        return None
    try:
        return when.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
