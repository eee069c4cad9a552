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

from intake.imap_reasons import NOT_CONNECTED, refuses_sign_in, token_not_taken, why
from intake.imap_token import TokenNotTaken, sign_in_by_token
from intake.mailbox import MailboxUnavailable, SignInRefused
from intake.oauth import Tokens
from intake.oauth_endpoint import NoToken, TokenRefused

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
    tokens: Tokens | None = field(default=None, repr=False)

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
    if server.tokens is not None:
        _with_token(server, server.tokens.token)  # got before anybody waits for us to sign in
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
    except IMAPClientError as error:
        if "authenticated but not connected" in str(error).lower():
            raise server.unavailable(_not_connected(server), SignInRefused) from None
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
    tokens = server.tokens
    if tokens is not None:
        _with_token(server, lambda: sign_in_by_token(client, server.username, tokens))
        return
    plain = (server.username + server.password).isascii() and " " not in server.username
    if plain:
        client.login(server.username, server.password)
    else:  # LOGIN takes ASCII only (RFC 3501, 6.2.3); PLAIN takes UTF-8 (RFC 4616)
        client.plain_login(server.username, server.password)


def _with_token(server: Server, step: Callable[[], object]) -> None:
    """A step that needs a token; that there is none, or that it is refused, is told here."""
    assert server.tokens is not None
    kind = MailboxUnavailable
    try:
        step()
        return
    except NoToken as error:
        reason = str(error)
        kind = SignInRefused if isinstance(error, TokenRefused) else kind
    except TokenNotTaken as error:
        if not refuses_sign_in(error):
            raise
        missing = server.tokens.likely_missing("IMAP.AccessAsApp")
        reason, kind = token_not_taken(server.username, error.status, missing), SignInRefused
    raise server.unavailable(reason, kind)  # out here: nothing that holds the token hangs on it


def _not_connected(server: Server) -> str:
    missing = server.tokens.likely_missing("IMAP.AccessAsApp") if server.tokens else ""
    return f"{NOT_CONNECTED.format(user=server.username)} {missing}".strip()


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
