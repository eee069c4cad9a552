"""Letters leave: handed to a mail server, one at a time, over one connection.

Three things can happen to a letter besides being accepted, and each has its exception, for what
is done next differs: it was surely not taken (MailerUnavailable, NotAccepted), or it may have been
(PerhapsAccepted). The dot that ends a letter is sent apart from it: until then it cannot have been
taken (RFC 5321, 4.1.1.4).

The envelope's sender is our own address, for automatic letters too. RFC 3834, 3.3 prefers the
null path '<>' for answers, against loops; but what comes back must reach us, since an
acknowledgement or request that nobody got is something staff must know. Loops are broken
elsewhere: Auto-Submitted in every letter, no letter to anything automatic, and limits an hour.
"""

from __future__ import annotations

import re
import smtplib
from collections.abc import Callable
from contextlib import ExitStack, suppress
from email.message import EmailMessage
from email.policy import EmailPolicy
from pathlib import Path
from typing import NoReturn, Self, TypeVar

from triage.problem import Explained
from tscp.mail_out.addresses import one_address, sender_of
from tscp.mail_out.smtp_connection import (
    BROKEN,
    Connection,
    MailServer,
    Tls,
    connected,
    tls_context,
)
from tscp.mail_out.smtp_reasons import (
    IN_CLEAR,
    NO_CERTIFICATES,
    about_us,
    refusal,
    why,
    why_none,
)
from tscp.mail_out.smtp_token import TokenSource

T = TypeVar("T")
LONGEST_LINE = 998


class MailerUnavailable(Explained):
    """No letter can leave now; the text says why and what an administrator can do.

    The letter in hand was surely not taken, even where before_content was called.
    """

    try_later = True


class NotAccepted(Exception):
    """This letter was refused, and surely not taken; others may be.

    `permanent`: asking again will not help (5xx). `said`: the codes and our words for them,
    without the address or the server's text.
    """

    def __init__(self, permanent: bool, said: str) -> None:
        super().__init__(said)
        self.permanent = permanent
        self.said = said


class PerhapsAccepted(Exception):
    """The whole letter was handed over, and no answer came: it may have been taken."""


class SmtpMailer:
    """The mail server that takes our letters. `timeout`: seconds it may keep silent.

    A whole letter may take four times as long, whatever the server does.
    """

    def __init__(
        self,
        host: str,
        port: int,
        tls: Tls,
        ca_file: Path | None,
        username: str,
        password: str,
        timeout: float = 30,
        tokens: TokenSource | None = None,
    ) -> None:
        self._server = MailServer(host, port, tls, ca_file, username, password, timeout, tokens)

    def connect(self) -> SmtpLink:
        """A connection, encrypted and logged in. Raises MailerUnavailable."""
        server = self._server
        if server.tls == "none" and not server.is_loopback:
            raise MailerUnavailable(IN_CLEAR)
        try:
            context = tls_context(server)
        except (OSError, ValueError):  # ssl's own errors are OSErrors
            raise MailerUnavailable(NO_CERTIFICATES) from None
        try:
            return SmtpLink(connected(server, context), server)
        except (smtplib.SMTPException, OSError, ValueError) as error:
            reason = why(error, server)
        except Explained as error:  # there is no token
            reason = str(error)
        # Raised out here so that no server's text, which may hold an address, hangs on it.
        raise MailerUnavailable(reason)


class SmtpLink:
    """A connection in use. After MailerUnavailable or PerhapsAccepted it is closed."""

    def __init__(self, connection: Connection, server: MailServer) -> None:
        self._connection = connection
        self._server = server

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *reason: object) -> None:
        if self._connection.sock is not None:
            self._connection.renew(min(self._server.timeout, 2))
            with suppress(smtplib.SMTPException, OSError):
                self._connection.docmd("QUIT")
        self._connection.close()

    def send(
        self, message: EmailMessage, sender: str, to: str, before_content: Callable[[], None]
    ) -> None:
        """Hands one letter to the server; returns once the server has accepted it.

        `sender` is 'Name <address>' or an address, `to` a bare address. before_content is called
        when the server would take the letter and nothing of it has been sent yet; whatever it
        raises comes through, and nothing is sent. Raises Unusable, NotAccepted, MailerUnavailable,
        PerhapsAccepted.
        """
        (_, ours), theirs = sender_of(sender), one_address(to)
        self._connection.renew(self._server.timeout)
        utf8 = self._utf8_for(ours, theirs)
        content = _content(message, utf8)
        self._from(ours, len(content), utf8)
        self._expect(25, "RCPT", f"TO:<{theirs}>")
        with ExitStack() as undo:
            undo.callback(self._begin_anew)
            before_content()
            undo.pop_all()
        self._expect(35, "DATA")
        self._hand_over(content)

    def _utf8_for(self, ours: str, theirs: str) -> bool:
        """Whether the letter needs SMTPUTF8 (RFC 6531)."""
        utf8 = not (ours + theirs).isascii()
        if utf8 and not self._connection.has_extn("smtputf8"):
            raise NotAccepted(
                True,
                "The address holds letters that the mail server cannot carry (it does not offer"
                " SMTPUTF8): use another address of the same person",
            )
        self._connection.command_encoding = "utf-8" if utf8 else "ascii"
        return utf8

    def _from(self, ours: str, size: int, utf8: bool) -> None:
        limit = self._connection.esmtp_features.get("size", "")
        if limit.isdigit() and 0 < int(limit) < size:
            raise NotAccepted(True, "The letter is bigger than the mail server takes")
        options = f" SIZE={size}" if self._connection.has_extn("size") else ""
        options += " BODY=8BITMIME SMTPUTF8" if utf8 else ""
        code, text = self._asked("MAIL", f"FROM:<{ours}>{options}")
        # Refused here, it is about ourselves: the recipient has not been named. But for its size,
        # or for what only this letter asks for.
        if code // 10 != 25 and code not in (452, 552) and not utf8:
            self._no_letters(code, text)
        self._expected(25, code, text)

    def _hand_over(self, content: bytes) -> None:
        connection = self._connection
        stuffed = re.sub(rb"(?m)^\.", b"..", content)
        self._or_unavailable(lambda: connection.send(stuffed))
        try:
            connection.wait_to_the_end()
            connection.send(b".\r\n")
            code, text = connection.getreply()
        except BROKEN:
            code, text = -1, b""
        if code // 100 == 2:
            return
        if code // 100 not in (4, 5):
            connection.close()
            raise PerhapsAccepted(
                "the letter was handed to the mail server, which did not answer:"
                " it may have been sent"
            )
        self._expected(25, code, text)

    def _expect(self, good: int, command: str, arguments: str = "") -> None:
        self._expected(good, *self._asked(command, arguments))

    def _expected(self, good: int, code: int, text: bytes) -> None:
        """Returns if the code is one of the ten that are good."""
        if code // 10 == good:
            return
        if not 400 <= code < 600 or about_us(code, text):
            self._no_letters(code, text)
        self._begin_anew()
        raise NotAccepted(code >= 500, refusal(code, text))

    def _begin_anew(self) -> None:
        """Makes the server forget this letter, so that the next can follow."""
        try:
            self._connection.rset()
        except BROKEN:  # the next letter finds it closed; a late answer must not be its own
            self._connection.close()

    def _asked(self, command: str, arguments: str = "") -> tuple[int, bytes]:
        return self._or_unavailable(lambda: self._connection.docmd(command, arguments))

    def _no_letters(self, code: int, text: bytes) -> NoReturn:
        self._connection.close()
        raise MailerUnavailable(why_none(code, text, self._server))

    def _or_unavailable(self, step: Callable[[], T]) -> T:
        try:
            return step()
        except BROKEN as error:
            reason = why(error, self._server)
        self._connection.close()
        raise MailerUnavailable(reason)


def _content(message: EmailMessage, utf8: bool) -> bytes:
    """The letter as it travels: CRLF line ends, seven bits but for addresses that need more.

    Lines may be long, for Python writes a folded In-Reply-To in a way that nobody can match.
    """
    policy = EmailPolicy(linesep="\r\n", max_line_length=LONGEST_LINE, cte_type="7bit", utf8=utf8)
    content = message.as_bytes(policy=policy)
    return content if content.endswith(b"\r\n") else content + b"\r\n"
