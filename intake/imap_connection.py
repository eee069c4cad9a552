"""A connection to an IMAP server, signed in, with its folder open; or why there is none."""

from __future__ import annotations

import logging
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from typing import Literal

from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import (
    IMAPClientAbortError,
    IMAPClientError,
)

from intake.imap_reasons import refuses_sign_in, why
from intake.mailbox import MailboxUnavailable, SignInRefused

# It writes down what the server says, subjects and names included.
logging.getLogger("imapclient").setLevel(logging.CRITICAL + 1)

Tls = Literal["implicit", "starttls", "none"]
LONGEST_CONNECT = 15.0
MOST_FOLDERS_NAMED = 20
# A connection after one of these is never used again: what still arrives on it would be
# taken for the answer to the next command.
CUT = (IMAPClientAbortError, OSError)


@dataclass(frozen=True, slots=True)
class Server:
    """Where a mailbox lies and how to get in."""

    mailbox: str
    host: str
    port: int
    tls: Tls
    ca_file: Path | None
    username: str
    password: str = field(repr=False)
    folder: str
    timeout: float

    def unavailable(
        self, why: str, kind: type[MailboxUnavailable] = MailboxUnavailable
    ) -> MailboxUnavailable:
        """The exception with the mailbox's name before the sentence."""
        return kind(f"Mailbox '{self.mailbox}': {why}")


@dataclass(frozen=True, slots=True)
class Folder:
    """What the server says of a folder as it opens it (RFC 3501, 6.3.2)."""

    uid_validity: int
    last_uid: int
    messages: int


def connect(server: Server) -> IMAPClient:
    """A connection that is signed in. MailboxUnavailable says the cause and the cure."""
    context = _tls_context(server)
    client = _step(server, lambda: _greeted(server, context))
    try:
        if server.tls == "starttls":
            _step(server, lambda: client.starttls(context))
        _step(server, lambda: _sign_in(client, server))
    except MailboxUnavailable:
        hang_up(client)
        raise
    client.normalise_times = False
    return client


def open_folder(client: IMAPClient, server: Server) -> Folder:
    """Open it read-only (EXAMINE): not even \\Recent changes."""
    try:
        found = client.select_folder(server.folder, readonly=True)
    except CUT as error:
        raise server.unavailable(why(error, server.host, server.port, server.username)) from None
    except IMAPClientError:
        raise server.unavailable(_no_folder(client, server)) from None
    validity, following = found.get(b"UIDVALIDITY"), found.get(b"UIDNEXT")
    if not isinstance(validity, int):
        raise server.unavailable(
            f"the server gives the messages in '{server.folder}' no lasting numbers (UIDVALIDITY),"
            " so new ones cannot be told from old. Use another folder or server"
        )
    if not isinstance(following, int):  # a server need not say (RFC 3501, 6.3.1)
        following = 1 + max(_step(server, lambda: client.search(["UID", "*"])), default=0)
    return Folder(validity, following - 1, int(found.get(b"EXISTS", 0)))


def hang_up(client: IMAPClient) -> None:
    """Close the connection without a word: the other side may be gone."""
    with suppress(IMAPClientError, OSError):
        client.shutdown()


def sign_out(client: IMAPClient) -> None:
    """End a connection that works."""
    try:
        client.logout()
    except (IMAPClientError, OSError, ValueError):
        hang_up(client)


def broken(server: Server, error: BaseException) -> MailboxUnavailable:
    """The exception for a connection that broke in use."""
    return server.unavailable(why(error, server.host, server.port, server.username))


def _step(server: Server, step: Callable[[], object]) -> IMAPClient:
    try:
        return step()
    except (IMAPClientError, OSError) as error:
        reason = why(error, server.host, server.port, server.username)
        refused = refuses_sign_in(error)
    # Raised out here so that no server's text, which may quote a subject, hangs on it.
    raise server.unavailable(reason, SignInRefused if refused else MailboxUnavailable)


def _greeted(server: Server, context: ssl.SSLContext | None) -> IMAPClient:
    client = IMAPClient(
        server.host,
        server.port,
        ssl=server.tls == "implicit",
        ssl_context=context if server.tls == "implicit" else None,
        timeout=SocketTimeout(min(server.timeout, LONGEST_CONNECT), server.timeout),
    )
    # imapclient turns imaplib's own debugging on for its logger, silent or not: each message
    # would be written out as text, twice, at double the time and four times the memory.
    client._imap.debug = 0
    return client


def _sign_in(client: IMAPClient, server: Server) -> None:
    plain = (server.username + server.password).isascii() and " " not in server.username
    if plain:
        client.login(server.username, server.password)
    else:  # LOGIN takes ASCII only (RFC 3501, 6.2.3); PLAIN takes UTF-8 (RFC 4616)
        client.plain_login(server.username, server.password)


def _tls_context(server: Server) -> ssl.SSLContext | None:
    if server.tls == "none":
        if not _is_loopback(server.host):
            raise server.unavailable(
                'tls = "none" would send the password for all to read. Set tls to "implicit"'
                ' or "starttls"; "none" is for this machine itself only'
            )
        return None
    try:
        context = ssl.create_default_context()
        if server.ca_file is not None:
            context.load_verify_locations(cafile=str(server.ca_file))
    except (OSError, ValueError):  # ssl's own errors are OSErrors
        raise server.unavailable(
            "the file named by ca_file cannot be read as certificates. It must be PEM,"
            " and the service's user must have the right to read it"
        ) from None
    return context


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _no_folder(client: IMAPClient, server: Server) -> str:
    try:
        names = sorted(name for _, _, name in client.list_folders())
    except (IMAPClientError, OSError, ValueError, TypeError):
        names = []
    there = ", ".join(f"'{name}'" for name in names[:MOST_FOLDERS_NAMED]) or "unknown"
    more = f" and {len(names) - MOST_FOLDERS_NAMED} more" if len(names) > MOST_FOLDERS_NAMED else ""
    return (
        f"there is no folder '{server.folder}', or the account may not open it."
        f" Folders there are: {there}{more}. Correct 'folder' under [[mailbox]]"
    )
