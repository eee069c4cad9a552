"""Logging in to the mail server with a token: it leaves, or a sentence says what is missing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from servers_oauth import TokenServer
from servers_smtp import MailSink

from intake.oauth import Tokens
from intake.oauth_endpoint import Endpoint
from intake.oauth_proof import by_secret
from tscp.mail_out.smtp import MailerUnavailable

Sending = Callable[..., Sequence[str]]


@pytest.fixture
def clock() -> list[float]:
    """Its seconds."""
    return [0.0]


@pytest.fixture
def tokens(token_server: TokenServer, mail_sink: MailSink, clock: list[float]) -> Tokens:
    """Of the application; the mail server asks the endpoint whether they are good."""
    ca = str(token_server.ca_file)
    mail_sink.set(
        mechanisms=["PLAIN", "XOAUTH2"], introspect={"url": token_server.introspection, "ca": ca}
    )
    token_server.mailbox = mail_sink.username
    asking = Endpoint(
        token_server.url,
        token_server.client_id,
        by_secret(token_server.secret_file),
        token_server.ca_file,
    )
    return Tokens(asking, lambda: clock[0])


def why_not(sent: Sending, **other: Any) -> str:
    """The sentence; nothing left, and nothing hangs on the exception."""
    with pytest.raises(MailerUnavailable) as caught:
        sent(**other)
    assert caught.value.__context__ is None
    return str(caught.value)


def test_letters_leave_with_one_token_and_no_password(
    sent: Sending, mail_sink: MailSink, tokens: Tokens, token_server: TokenServer
) -> None:
    for _ in range(2):
        assert sent(tokens=tokens, password="") == ["committed"]
    assert len(mail_sink.mails()) == 2
    assert len(token_server.given) == 1
    assert [said for said in mail_sink.said() if "auth" in said] == ["tls auth XOAUTH2"] * 2


def test_a_token_that_ended_unforeseen_is_replaced_at_once(
    sent: Sending, tokens: Tokens, token_server: TokenServer, clock: list[float]
) -> None:
    assert sent(tokens=tokens)
    token_server.end_all()
    clock[0] = 60
    assert sent(tokens=tokens)
    assert len(token_server.given) == 2


def test_a_refused_application_is_said_before_the_mail_server_is_asked(
    sent: Sending, mail_sink: MailSink, tokens: Tokens, token_server: TokenServer
) -> None:
    token_server.refuse(7000215)
    assert "VALUE, not its Secret ID" in why_not(sent, tokens=tokens)
    assert mail_sink.said() == []


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the"
         " Tenant. Visit https://aka.ms/smtp_auth_disabled for more information.",
         "off for the whole organisation"),
        ("535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the"
         " Mailbox.", "off for this mailbox"),
        ("535 5.7.139 Authentication unsuccessful, user is locked by your organization's security"
         " defaults policy.", "security defaults"),
        ("535 5.7.139 Authentication unsuccessful, the request did not meet the criteria to be"
         " authenticated successfully.", "Conditional Access"),
        ("535 5.7.3 Authentication unsuccessful [SN2PR00CA0018.prod.outlook.com]",
         "Add-MailboxPermission"),
        ("454 4.7.0 Temporary authentication failure.", "let nobody in just now"),
    ],
)  # fmt: skip
def test_each_known_refusal_of_a_good_token_names_the_missing_step(
    sent: Sending, mail_sink: MailSink, tokens: Tokens, answer: str, said: str
) -> None:
    mail_sink.rule("token", answer)
    why = why_not(sent, tokens=tokens)
    assert said in why
    assert "prod.outlook.com" not in why
    assert mail_sink.mails() == []


def test_a_token_without_the_permission_to_send(
    sent: Sending, tokens: Tokens, token_server: TokenServer
) -> None:
    token_server.mailbox, token_server.roles = "somebody.else", ("IMAP.AccessAsApp",)
    assert "no permission SMTP.SendAsApp" in why_not(sent, tokens=tokens)


def test_a_server_that_takes_no_tokens(sent: Sending, mail_sink: MailSink, tokens: Tokens) -> None:
    mail_sink.set(mechanisms=["PLAIN"])
    assert "takes no tokens" in why_not(sent, tokens=tokens)
    assert not any("auth" in said for said in mail_sink.said())
