"""A connection to an IMAP server, signed in, with its folder open; or why there is none."""

from __future__ import annotations

import logging
import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from typing import Literal

from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import (
    CapabilityError,
    IMAPClientAbortError,
    IMAPClientError,
    LoginError,
)

from intake.mailbox import MailboxUnavailable

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

    def unavailable(self, why: str) -> MailboxUnavailable:
        """The exception with the mailbox's name before the sentence."""
        return MailboxUnavailable(f"Mailbox '{self.mailbox}': {why}")


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
        raise server.unavailable(_why(error, server)) from None
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
    return server.unavailable(_why(error, server))


def _step(server: Server, step: Callable[[], object]) -> IMAPClient:
    try:
        return step()
    except (IMAPClientError, OSError) as error:
        why = _why(error, server)
    # Raised out here so that no server's text, which may quote a subject, hangs on it.
    raise server.unavailable(why)


def _greeted(server: Server, context: ssl.SSLContext | None) -> IMAPClient:
    return IMAPClient(
        server.host,
        server.port,
        ssl=server.tls == "implicit",
        ssl_context=context if server.tls == "implicit" else None,
        timeout=SocketTimeout(min(server.timeout, LONGEST_CONNECT), server.timeout),
    )


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


def _why(error: BaseException, server: Server) -> str:
    """The likely cause and the cure. Nothing that the server said is repeated."""
    at = f"{server.host}:{server.port}"
    if isinstance(error, ssl.SSLError):
        return _why_no_tls(error, server, at)
    if isinstance(error, socket.gaierror):
        return f"no server is known by the name {server.host}. Check 'host', and this machine's DNS"
    if isinstance(error, ConnectionRefusedError):
        return f"{at} refuses connections. Check 'host' and 'port', and whether the server is up"
    if isinstance(error, TimeoutError):
        return (
            f"{at} did not answer within {server.timeout:g} seconds. Check 'host', 'port' and"
            " 'tls', the firewall, and whether the server is overloaded"
        )
    if isinstance(error, CapabilityError):
        return (
            f"{at} does not offer what is needed to sign in safely (STARTTLS, or PLAIN for a"
            ' password that is not ASCII). Set tls to "implicit", with port 993 as a rule'
        )
    if isinstance(error, LoginError):
        return _why_no_login(error, server)
    if isinstance(error, CUT):
        return (
            f"{at} broke off the connection. The next poll tries again; if it stays so, ask the"
            " mail server's administrator"
        )
    return f"{at} gave an answer that is not understood. Is it an IMAP server? Check 'port'"


def _why_no_tls(error: ssl.SSLError, server: Server, at: str) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        if error.verify_code in (62, 64):  # X509_V_ERR_HOSTNAME_MISMATCH, _IP_ADDRESS_MISMATCH
            return (
                f"the certificate of {at} is for another name. Set 'host' to the name in the"
                " certificate"
            )
        if error.verify_code in (9, 10):  # not yet valid, expired
            return (
                f"the certificate of {at} has run out or is not yet valid. The mail server's"
                " administrator must renew it; check this machine's clock too"
            )
        return (
            f"the certificate of {at} is signed by nobody known here. If the server has a CA of"
            " its own, name that CA's file in 'ca_file'"
        )
    return (
        f"{at} and this service found no common TLS. If the port speaks plain IMAP first (143),"
        ' set tls to "starttls"'
    )


def _why_no_login(error: LoginError, server: Server) -> str:
    said = str(error).upper()
    if "[UNAVAILABLE]" in said or "[INUSE]" in said or "[LIMIT]" in said:  # RFC 5530
        return "the server cannot let anybody in just now. The next poll tries again"
    if server.host.lower().endswith((".office365.com", ".outlook.com")):
        return (
            "Microsoft 365 refused the sign-in. It takes no passwords over IMAP any more: an"
            " app registration is needed ([mailbox.oauth])"
        )
    return (
        f"the server refused the account '{server.username}'. Check 'username' and the password"
        " in 'password_file', and whether the account may use IMAP"
    )
