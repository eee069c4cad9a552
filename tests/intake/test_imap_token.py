"""A real mail server that takes tokens: signing in, being refused, and a token that ends midway."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from servers import Account
from servers_oauth import TokenServer

from intake.imap import ImapMailbox
from intake.mailbox import MailboxUnavailable, SignInRefused
from intake.oauth import Tokens, elapsed
from intake.oauth_endpoint import Endpoint
from intake.oauth_proof import by_secret

Making = Callable[..., ImapMailbox]


@pytest.fixture
def tokens(token_server: TokenServer) -> Tokens:
    """Of the application, by its secret."""
    return made(token_server)


def made(server: TokenServer, clock: Callable[[], float] = elapsed) -> Tokens:
    """A source of its own, as each service has one."""
    proof = by_secret(server.secret_file)
    return Tokens(Endpoint(server.url, server.client_id, proof, server.ca_file), clock)


@pytest.fixture
def by_token(mailbox: Making, tokens: Tokens, token_account: Account) -> Making:
    """`by_token(…)`: the mailbox, signed in to by token."""

    def make(**different: Any) -> ImapMailbox:
        return mailbox(token_account, **({"password": "", "tokens": tokens} | different))

    return make


def subjects(mailbox: ImapMailbox) -> list[bytes]:
    """The first line of all that lies there."""
    return [one.content.splitlines()[0] for one in mailbox.new_messages(lambda _: False)]


def why_not(mailbox: ImapMailbox, kind: type[MailboxUnavailable]) -> str:
    """The sentence; no token is in it or hangs on it."""
    with pytest.raises(MailboxUnavailable) as caught:
        subjects(mailbox)
    assert type(caught.value) is kind
    assert caught.value.__context__ is None
    return str(caught.value)


def test_mail_is_read_with_a_token_that_serves_many_polls(
    by_token: Making, token_account: Account, token_server: TokenServer
) -> None:
    token_account.append(b"Subject: one\r\n\r\nhello\r\n")
    for _ in range(3):
        assert subjects(by_token()) == [b"Subject: one"]
    assert len(token_server.asked) == 1
    assert len(token_server.given[0]) > 1500  # as long as real ones


def test_a_token_that_ends_in_the_middle_of_a_poll_is_replaced(
    by_token: Making, token_account: Account, token_server: TokenServer, proxy: Any
) -> None:
    """The server cuts the connection as it ends; nothing is lost, nothing comes twice."""
    token_account.append_all([b"Subject: %d\r\n\r\n%s\r\n" % (n, b"x" * 70_000) for n in range(9)])
    clock = [0.0]

    def ended(line: bytes) -> None:
        if b"BODY.PEEK" in line and clock == [0.0]:
            token_server.end_all()
            clock[0] = 60.0

    between = proxy(token_account.imap_port, ended, cut_after=[200_000])
    tokens = made(token_server, lambda: clock[0])
    seen = subjects(by_token(port=between.port, tls="none", ca_file=None, tokens=tokens))
    assert seen == [b"Subject: %d" % n for n in range(9)]
    assert (between.connections, len(token_server.given)) == (2, 2)


def test_two_services_have_a_token_each(
    by_token: Making, token_account: Account, token_server: TokenServer
) -> None:
    token_account.append(b"Subject: one\r\n\r\nhello\r\n")
    both = [by_token(), by_token(tokens=made(token_server))]
    assert [subjects(one) for one in both] == [[b"Subject: one"]] * 2
    assert len(set(token_server.given)) == 2


def test_a_refused_application_is_said_before_the_mail_server_is_asked(
    by_token: Making, token_server: TokenServer, proxy: Any, token_account: Account
) -> None:
    between = proxy(token_account.imap_port)
    token_server.refuse(7000222)
    why = why_not(by_token(port=between.port, tls="none", ca_file=None), SignInRefused)
    assert "Mailbox 'tscp': " in why
    assert "secret has run out" in why
    assert between.connections == 0


def test_an_endpoint_that_is_away_is_not_a_refusal(
    by_token: Making, token_server: TokenServer
) -> None:
    token_server.answer(503)
    assert "next round tries again" in why_not(by_token(), MailboxUnavailable)


def test_a_good_token_without_permission_on_the_mailbox(
    by_token: Making, token_server: TokenServer
) -> None:
    token_server.mailbox = "somebody.else"
    why = why_not(by_token(), SignInRefused)
    assert "there is a token, but the server refused the mailbox" in why
    assert token_server.object_id in why
    assert "Add-MailboxPermission" in why
    token_server.roles = ("Mail.Read",)
    assert "no permission IMAP.AccessAsApp" in why_not(
        by_token(tokens=made(token_server)), SignInRefused
    )


def test_a_mailbox_that_opens_no_folder_has_imap_off(
    by_token: Making, token_account: Account, proxy: Any
) -> None:
    def answer(line: bytes) -> bytes | None:
        tag, _, rest = line.partition(b" ")
        refused = rest.startswith((b"EXAMINE", b"SELECT"))
        return tag + b" BAD User is authenticated but not connected.\r\n" if refused else None

    between = proxy(token_account.imap_port, answer)
    why = why_not(by_token(port=between.port, tls="none", ca_file=None), SignInRefused)
    assert "IMAP on for it" in why
    assert "-ImapEnabled $true" in why


def test_being_cut_off_while_signing_in_is_not_a_refusal(
    by_token: Making, token_account: Account, proxy: Any
) -> None:
    between = proxy(token_account.imap_port, lambda line: b"" if b"AUTHENTICATE" in line else None)
    why = why_not(by_token(port=between.port, tls="none", ca_file=None), MailboxUnavailable)
    assert "broke off the connection" in why


def test_a_server_that_takes_no_tokens(
    by_token: Making, mail_account: Account, mailbox: Making, tokens: Tokens
) -> None:
    why = why_not(mailbox(mail_account, password="", tokens=tokens), MailboxUnavailable)
    assert "XOAUTH2" in why
