"""A connection to the mail server: TLS first, then the login, and an end to all waiting.

smtplib waits anew for every byte: a server that sends one byte a second holds it for ever. Here
each letter has one deadline, beside the longest silence.
"""

from __future__ import annotations

import base64
import io
import smtplib
import ssl
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Literal

from tscp.mail_out.smtp_token import TokenSource, log_in_by_token

Tls = Literal["starttls", "implicit", "none"]
SILENCES = 4
"""A letter may take so many times the longest silence, its answer included."""
OURSELVES = "[127.0.0.1]"
"""How we greet (RFC 5321, 4.1.3): this machine's name is nobody's business."""
LONGEST_REPLY = 100_000
BROKEN = (smtplib.SMTPServerDisconnected, smtplib.SMTPResponseException, OSError)
"""What smtplib raises where there will be no answer any more."""


class NoStartTls(smtplib.SMTPException):
    """The server, or somebody in between, does not offer STARTTLS."""


class NoLogin(smtplib.SMTPException):
    """The server offers no way to log in that can be used here."""


class NoXoauth2(NoLogin):
    """The server takes no tokens here."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where letters are handed in, and as whom. `timeout` in seconds: the longest silence."""

    host: str
    port: int
    tls: Tls
    ca_file: Path | None
    username: str
    password: str = field(repr=False)
    timeout: float
    tokens: TokenSource | None = field(default=None, repr=False)

    @property
    def is_loopback(self) -> bool:
        """Whether it is this machine itself."""
        try:
            return self.host == "localhost" or ip_address(self.host).is_loopback
        except ValueError:
            return False


class Connection(smtplib.SMTP):
    """smtplib's connection with a deadline; `silence` is how long the server may say nothing."""

    arrived = 0

    def __init__(self, host: str, port: int, timeout: float, **tls: Any) -> None:
        self.renew(timeout)  # its time runs before it connects
        super().__init__(host, port, OURSELVES, timeout=timeout, **tls)

    def renew(self, silence: float) -> None:
        """A new letter: its time starts now."""
        self.silence = silence
        self.deadline = time.monotonic() + SILENCES * silence

    def wait_to_the_end(self) -> None:
        """The next answer may take all the time that is left (RFC 5321, 4.5.3.2.6)."""
        self.silence = SILENCES * self.silence

    def patience(self) -> float:
        """Seconds the next read or write may take; TimeoutError when the time is up."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return min(self.silence, left)

    def send(self, s: Any) -> None:
        """Writes, within the time that is left."""
        if self.sock is not None:
            self.sock.settimeout(self.patience())
        super().send(s)

    def getreply(self) -> tuple[int, bytes]:
        """The answer, each piece of it within the time that is left."""
        self.arrived = 0
        if self.file is None and self.sock is not None:
            self.file = io.BufferedReader(_Arriving(self))
        return super().getreply()


class TlsConnection(Connection, smtplib.SMTP_SSL):
    """The same, speaking TLS from the first byte."""


class _Arriving(io.RawIOBase):
    """What comes from the server. Made anew after STARTTLS: nothing said before is heard after."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        connection = self._connection
        assert connection.sock is not None
        connection.sock.settimeout(connection.patience())
        count = connection.sock.recv_into(buffer)
        connection.arrived += count
        if connection.arrived > LONGEST_REPLY:
            raise OSError("an answer without end")
        return count


def connected(server: MailServer, context: ssl.SSLContext | None) -> Connection:
    """A connection that is encrypted and logged in; raises what smtplib and ssl raise."""
    if server.tokens is not None:
        server.tokens.token()  # got before anybody waits for us to log in
    with ExitStack() as undo:
        connection = _greeted(server, context)
        undo.callback(connection.close)
        _greet(connection)
        if server.tls == "starttls":
            if not connection.has_extn("starttls"):
                raise NoStartTls
            connection.starttls(context=context)
            _greet(connection)
        if server.username:
            _log_in(connection, server)
        undo.pop_all()
    return connection


def _greeted(server: MailServer, context: ssl.SSLContext | None) -> Connection:
    if server.tls == "implicit":
        return TlsConnection(server.host, server.port, server.timeout, context=context)
    return Connection(server.host, server.port, server.timeout)


def _greet(connection: Connection) -> None:
    """EHLO; a server that knows only HELO offers neither TLS nor a login."""
    code, said = connection.ehlo()
    if code != 250:
        raise smtplib.SMTPHeloError(code, said)


def tls_context(server: MailServer) -> ssl.SSLContext | None:
    """How its certificate is checked: always, but by tls = "none". OSError: ca_file is no use."""
    if server.tls == "none":
        return None
    context = ssl.create_default_context()
    if server.ca_file is not None:
        context.load_verify_locations(cafile=str(server.ca_file))
    return context


def _log_in(connection: Connection, server: MailServer) -> None:
    """One try with the password, so that a wrong one locks no account.

    The next way is tried only where the server says that it does not know the one before.
    """
    offered = connection.esmtp_features.get("auth", "").upper().split()
    if server.tokens is not None:
        if "XOAUTH2" not in offered:
            raise NoXoauth2
        log_in_by_token(connection, server.username, server.tokens)
        return
    ways = [way for way in _ways(connection, server) if way in offered]
    code, said = 0, b""
    for way in ways:
        code, said = _ways(connection, server)[way]()
        if code in (235, 503):
            return
        if code != 504:
            break
    if not ways:
        raise NoLogin
    raise smtplib.SMTPAuthenticationError(code, said)


def _ways(connection: Connection, server: MailServer) -> dict[str, Callable[[], tuple[int, bytes]]]:
    secret = f"\0{server.username}\0{server.password}"
    ways = {"PLAIN": lambda: _plain(connection, secret)}
    if not secret.isascii():  # only PLAIN says which letters its bytes are (RFC 4616)
        return ways
    connection.user, connection.password = server.username, server.password
    return ways | {
        "LOGIN": lambda: _by_smtplib(connection, "LOGIN", connection.auth_login),
        "CRAM-MD5": lambda: _by_smtplib(connection, "CRAM-MD5", connection.auth_cram_md5),
    }


def _plain(connection: Connection, secret: str) -> tuple[int, bytes]:
    encoded = base64.b64encode(secret.encode()).decode("ascii")
    code, said = connection.docmd("AUTH", f"PLAIN {encoded}")
    return connection.docmd(encoded) if code == 334 else (code, said)


def _by_smtplib(connection: Connection, way: str, answers: Any) -> tuple[int, bytes]:
    try:
        return connection.auth(way, answers)
    except smtplib.SMTPAuthenticationError as error:
        said = error.smtp_error
        return error.smtp_code, said if isinstance(said, bytes) else said.encode()
