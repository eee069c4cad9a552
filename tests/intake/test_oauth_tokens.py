"""Tokens are renewed before they end, once for all, and a server's refusal gets a newer one."""

from __future__ import annotations

import base64
import json
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from intake.oauth import Tokens
from intake.oauth_endpoint import Grant, NoToken, TokenRefused

HOUR, DAY = 3600.0, 86400.0


class Issuer:
    """Gives tokens by a clock of its own, for an hour less a second, or fails."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.given: dict[str, float] = {}
        self.failure: NoToken | None = None
        self.asked = 0

    def ask(self) -> Grant:
        """A new token."""
        self.asked += 1
        if self.failure is not None:
            raise self.failure
        token = f"token-{self.asked}"
        self.given[token] = self.now + HOUR
        return Grant(token, HOUR - 1)

    def good(self, token: str) -> bool:
        """Would a server take it now?"""
        return self.given.get(token, 0.0) > self.now


@pytest.fixture
def issuer() -> Issuer:
    """A well-behaved one."""
    return Issuer()


@pytest.fixture
def tokens(issuer: Issuer) -> Tokens:
    """Ours, on its clock."""
    return Tokens(issuer.ask, lambda: issuer.now)


def test_a_hundred_days_of_polls_never_see_a_token_that_has_ended(
    issuer: Issuer, tokens: Tokens
) -> None:
    start = issuer.now
    while issuer.now < start + 100 * DAY:
        assert issuer.good(tokens.token())
        issuer.now += 61
    assert 100 * 24 < issuer.asked < 100 * 24 * 1.15  # one for each 55 minutes


def test_an_endpoint_away_for_less_than_the_margin_is_not_noticed(
    issuer: Issuer, tokens: Tokens
) -> None:
    first = tokens.token()
    issuer.failure = NoToken("down")
    issuer.now += HOUR - 290
    assert tokens.token() == first
    issuer.failure = None
    assert tokens.token() == first  # not asked again at once
    issuer.now += 30
    assert tokens.token() == "token-3"


def test_an_endpoint_away_for_longer_is_said_and_asked_again_later(
    issuer: Issuer, tokens: Tokens
) -> None:
    issuer.failure = TokenRefused("wrong secret")
    for _ in range(3):
        with pytest.raises(TokenRefused, match="wrong secret"):
            tokens.token()
    assert issuer.asked == 1
    issuer.failure = None
    issuer.now += 21
    assert issuer.good(tokens.token())


def test_the_wait_that_an_endpoint_asks_for_is_kept(issuer: Issuer, tokens: Tokens) -> None:
    issuer.failure = NoToken("busy", wait=300)
    with pytest.raises(NoToken):
        tokens.token()
    issuer.failure = None
    issuer.now += 299
    with pytest.raises(NoToken, match="busy"):
        tokens.token()
    issuer.now += 2
    assert issuer.good(tokens.token())


def test_many_at_once_get_one_token(issuer: Issuer) -> None:
    all_wait = threading.Event()

    def slow() -> Grant:
        all_wait.wait(1)
        return issuer.ask()

    tokens = Tokens(slow, lambda: issuer.now)
    with ThreadPoolExecutor(8) as pool:
        waiting = [pool.submit(tokens.token) for _ in range(8)]
        all_wait.set()
        assert {one.result() for one in waiting} == {"token-1"}
    assert issuer.asked == 1


def test_a_refused_token_is_replaced_unless_it_is_young(issuer: Issuer, tokens: Tokens) -> None:
    first = tokens.token()
    assert tokens.token(refused=first) == first
    issuer.now += 60
    second = tokens.token(refused=first)
    assert second != first
    assert tokens.token(refused=first) == second  # another has replaced it already


def of(claims: object) -> str:
    """A token with these claims, as Microsoft's look."""
    parts = [json.dumps(part).encode() for part in ({"typ": "JWT"}, claims, "signature")]
    return ".".join(base64.urlsafe_b64encode(part).decode().rstrip("=") for part in parts)


IMAP, SMTP = "IMAP.AccessAsApp", "SMTP.SendAsApp"
OBJECT_ID = "77777777-0000-4000-8000-aaaaaaaaaaaa"


@pytest.mark.parametrize(
    ("token", "role", "said"),
    [
        (of({"roles": [SMTP]}), IMAP, ["no permission IMAP.AccessAsApp", "consent"]),
        (of({"aud": "x"}), SMTP, ["no permission SMTP.SendAsApp", "consent"]),
        (of({"roles": [IMAP], "oid": OBJECT_ID}), IMAP,
         ["New-ServicePrincipal", OBJECT_ID, "Add-MailboxPermission", "-ImapEnabled $true"]),
        (of({"roles": [SMTP], "oid": OBJECT_ID}), SMTP,
         [OBJECT_ID, "-SmtpClientAuthenticationDisabled $false"]),
        (of({"roles": [IMAP], "oid": "x; rm"}), IMAP, ["ENTERPRISE application (not"]),
        ("EwBAAl3BAAUFFpUA", IMAP, ["New-ServicePrincipal", "ENTERPRISE application (not"]),
        ("a.%%%.c", IMAP, ["New-ServicePrincipal"]),
        (of([1]), IMAP, ["New-ServicePrincipal"]),
    ],
)  # fmt: skip
def test_a_refused_token_tells_what_is_likely_missing(
    token: str, role: str, said: list[str]
) -> None:
    tokens = Tokens(lambda: Grant(token, HOUR))
    tokens.token()
    why = tokens.likely_missing(role)
    assert [words for words in said if words not in why] == []
    assert token not in why
    assert "rm" not in why.split()
