"""Signing in with a token: XOAUTH2, in Google's and Microsoft's form of it."""

from __future__ import annotations

import json
import re

from imapclient import IMAPClient
from imapclient.exceptions import CapabilityError, IMAPClientAbortError, LoginError

from intake.oauth import Tokens


class TokenNotTaken(LoginError):  # type: ignore[misc]  # imapclient has no types
    """The server did not let the account in by this token.

    `status` is the server's word for why ('401', 'invalid_token'); '' if it gave none.
    """

    status = ""


def sign_in_by_token(client: IMAPClient, username: str, tokens: Tokens) -> None:
    """One try, and another with a newer token where there is one. Raises TokenNotTaken, NoToken."""
    if not client.has_capability("AUTH=XOAUTH2"):
        raise CapabilityError("XOAUTH2")
    token = tokens.token()
    try:
        _try(client, username, token)
    except TokenNotTaken:
        newer = tokens.token(refused=token)
        if newer == token:
            raise
    else:
        return
    _try(client, username, newer)


def _try(client: IMAPClient, username: str, token: str) -> None:
    challenges: list[bytes] = []

    def answer(challenge: bytes) -> bytes:
        challenges.append(challenge)
        # After a refusal the server gives its reason, and ends only when that is answered.
        return b"" if len(challenges) > 1 else f"user={username}\1auth=Bearer {token}\1\1".encode()

    try:
        client.sasl_login("XOAUTH2", answer)
        return
    except LoginError as error:
        if isinstance(error.__context__, IMAPClientAbortError):
            raise error.__context__ from None  # cut off, which imapclient takes for a refusal
        refused = TokenNotTaken(str(error))
    refused.status = _status(challenges[-1])
    raise refused


def _status(challenge: bytes) -> str:
    try:
        said = str(json.loads(challenge)["status"])
    except (ValueError, KeyError, TypeError):
        return ""
    return said if re.fullmatch(r"\w{1,30}", said) else ""
