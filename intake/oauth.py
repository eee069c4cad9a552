"""Tokens for signing in where passwords are not taken any more: Microsoft 365.

A token is got with the application's own credentials (RFC 6749, 4.4), so there is no refresh
token that could run out. Tokens live in memory only.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from threading import Lock

from intake.oauth_endpoint import Grant, NoToken
from intake.oauth_reasons import missing_step

RENEW_BEFORE = 300.0
"""Seconds before its end from which a token is renewed; an old one still serves until then."""
YOUNG = 30.0
"""A token that was got so many seconds ago is not got anew because a server refused it."""
QUIET = 20.0
"""Seconds for which nobody is asked again after a failure: a wrong secret locks no application."""


def elapsed() -> float:
    """Seconds; no change of the clock touches them, and on Linux sleep counts."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


class Tokens:
    """The token of one application, shared by all that sign in with it.

    `ask` gets a new one or raises NoToken. `clock` gives seconds that only grow.
    """

    def __init__(self, ask: Callable[[], Grant], clock: Callable[[], float] = elapsed) -> None:
        self._ask = ask
        self._clock = clock
        self._lock = Lock()
        self._grant = Grant("", 0.0)
        self._since = 0.0
        self._quiet_until = 0.0
        self._failure: Callable[[], NoToken] = partial(NoToken, "")

    def token(self, refused: str = "") -> str:
        """A token that is good now. Raises NoToken, whose text says the cause and the cure.

        `refused`: one that a server did not take. Permissions stand in the token, so that one
        given before they were granted is replaced; a young one is not, and comes again.
        """
        with self._lock:  # whoever comes while one is being got waits for that one
            now = self._clock()
            if refused == self._grant.token and now - self._since >= YOUNG:
                self._grant = Grant("", 0.0)
            left = self._since + self._grant.seconds - now
            if left <= min(RENEW_BEFORE, self._grant.seconds / 5):
                self._renew(now, left > 0)
            return self._grant.token

    def likely_missing(self, role: str) -> str:
        """What an administrator has to do where a server refused the token: a sentence.

        `role` is the permission needed: IMAP.AccessAsApp or SMTP.SendAsApp.
        """
        return missing_step(self._grant.token, role)

    def _renew(self, now: float, still_good: bool) -> None:
        if now >= self._quiet_until:
            try:
                self._grant, self._since = self._ask(), now
                return
            except NoToken as error:
                # Not the error itself: what it passed through on its way held the secret.
                self._failure = partial(type(error), str(error), error.wait)
                self._quiet_until = self._clock() + max(QUIET, error.wait)
        if not still_good:
            raise self._failure()
