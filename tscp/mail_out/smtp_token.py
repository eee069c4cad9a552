"""Logging in to a mail server with a token: AUTH XOAUTH2, as Microsoft writes it."""

from __future__ import annotations

import base64
import smtplib
from typing import Protocol


class TokenSource(Protocol):
    """Where tokens come from; tscp/tokens.py hands one over."""

    def token(self, refused: str = "") -> str:
        """A token; another than the one refused, if there is one. Raises Explained."""
        ...

    def likely_missing(self, role: str) -> str:
        """What an administrator has to do where the server refused the token."""
        ...


def log_in_by_token(connection: smtplib.SMTP, username: str, tokens: TokenSource) -> None:
    """One try, and another with a newer token where there is one.

    Raises SMTPAuthenticationError, and Explained where there is no token.
    """
    token = tokens.token()
    code, said = _try(connection, username, token)
    if code == 535:
        newer = tokens.token(refused=token)
        if newer != token:
            code, said = _try(connection, username, newer)
    if code not in (235, 503):
        raise smtplib.SMTPAuthenticationError(code, said)


def _try(connection: smtplib.SMTP, username: str, token: str) -> tuple[int, bytes]:
    """In two steps: with a token in it, the command would be longer than one may be (RFC 5321)."""
    code, said = connection.docmd("AUTH", "XOAUTH2")
    if code != 334:
        return code, said
    answer = f"user={username}\1auth=Bearer {token}\1\1".encode()
    code, said = connection.docmd(base64.b64encode(answer).decode("ascii"))
    # Some give their reason first, and refuse only when it is answered.
    return connection.docmd("") if code == 334 else (code, said)
