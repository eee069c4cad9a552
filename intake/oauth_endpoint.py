"""Asking a token endpoint for a token (RFC 6749, 4.4.2), over TLS that is checked.

Proxies are those of the environment (HTTPS_PROXY, NO_PROXY). Nothing that the endpoint said is
repeated but its codes, and nothing that was sent to it is repeated at all.
"""

from __future__ import annotations

import json
import re
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import (
    HTTPRedirectHandler,
    HTTPSHandler,
    ProxyHandler,
    Request,
    build_opener,
    getproxies,
    proxy_bypass,
)

from intake.oauth_reasons import BAD_CA_FILE, not_a_token, not_reached, refusal
from triage.problem import Explained

Proof = Callable[[], Mapping[str, str]]
"""What shows who asks: the fields of the request that hold the secret, read anew each time."""

SCOPE = "https://outlook.office365.com/.default"
"""IMAP and SMTP of Exchange Online, with all that the application was permitted there."""
LONGEST_ANSWER = 100_000
LONGEST_WAIT = 600.0
SECONDS_IF_UNSAID = 600.0
_TOKEN = re.compile(r"[\x21-\x7e]+")


class NoToken(Explained):
    """There is no token now; the text says why and what an administrator can do.

    `wait`: seconds for which the endpoint wants to be left alone.
    """

    try_later = True

    def __init__(self, text: str, wait: float = 0.0) -> None:
        super().__init__(text)
        self.wait = wait


class TokenRefused(NoToken):
    """The application was refused: trying again will not help before somebody changes something."""


@dataclass(frozen=True, slots=True)
class Grant:
    """A token, and the seconds it is good for."""

    token: str = field(repr=False)
    seconds: float


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where tokens are got and for which application; calling it gets one.

    `timeout` in seconds: the longest silence. `ca_file`: a private CA, in place of the usual ones.
    """

    url: str
    client_id: str
    proof: Proof = field(repr=False)
    ca_file: Path | None = None
    timeout: float = 15.0

    def __call__(self) -> Grant:
        """A new token. Raises NoToken, or TokenRefused."""
        asked = {"grant_type": "client_credentials", "client_id": self.client_id, "scope": SCOPE}
        status, wait, content = self._answer(urlencode(asked | dict(self.proof())).encode())
        said = _read(content)
        token = said.get("access_token")
        if status == 200 and isinstance(token, str) and _TOKEN.fullmatch(token):
            return Grant(token, _seconds(said.get("expires_in"), SECONDS_IF_UNSAID))
        host = urlsplit(self.url).hostname or ""
        if isinstance(said.get("error"), str) and 400 <= status < 500 and status != 429:
            raise TokenRefused(refusal(said, host))
        raise NoToken(not_a_token(status, host), wait)

    def _answer(self, content: bytes) -> tuple[int, float, bytes]:
        """The status, the seconds to wait, and what was answered."""
        request = Request(self.url, content, {"Accept": "application/json"})  # noqa: S310 (https)
        opener = build_opener(ProxyHandler(), HTTPSHandler(context=self._tls()), _NoRedirect())
        host = urlsplit(self.url).hostname or ""
        try:
            try:
                answer: Any = opener.open(request, timeout=self.timeout)
            except HTTPError as error:
                answer = error
            with answer:
                wait = min(_seconds(answer.headers.get("Retry-After"), 0.0), LONGEST_WAIT)
                return answer.status, wait, answer.read(LONGEST_ANSWER)
        except (OSError, HTTPException, ValueError) as error:
            reason = not_reached(error, host, bool(getproxies().get("https")) and
                                 not proxy_bypass(host))  # fmt: skip
        # Raised out here, so that nothing of the request hangs on it.
        raise NoToken(reason)

    def _tls(self) -> ssl.SSLContext:
        try:
            return ssl.create_default_context(cafile=str(self.ca_file) if self.ca_file else None)
        except (OSError, ValueError):  # ssl's own errors are OSErrors
            raise NoToken(BAD_CA_FILE) from None


class _NoRedirect(HTTPRedirectHandler):
    """An endpoint never sends elsewhere; a proxy's sign-in page does, and must not get a secret."""

    def redirect_request(self, *words: object, **named: object) -> None:
        return None


def _read(content: bytes) -> dict[str, Any]:
    try:
        said = json.loads(content)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _seconds(said: object, otherwise: float) -> float:
    """Also as text, as the older endpoint gives it; a date or nothing is `otherwise`."""
    try:
        return max(0.0, float(said))  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return otherwise
