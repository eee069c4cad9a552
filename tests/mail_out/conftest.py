"""A letter, and the ways to the mail server."""

from collections.abc import Callable
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import Any

import pytest
from servers_smtp import MailSink

from tscp.mail_out.render import email_of, rendered
from tscp.mail_out.smtp import SmtpMailer

OURS = "TSCP <tscp@tscp.example>"
THEIRS = "j.brindle@school.example"


@pytest.fixture
def letter() -> EmailMessage:
    """An acknowledgement."""
    words = rendered("acknowledgement", {"reference": "TSCP-2026-0042"})
    now = datetime(2026, 12, 1, 9, tzinfo=UTC)
    return email_of(words, THEIRS, OURS, "<l1@tscp.example>", now, "<a@b.example>", True)


@pytest.fixture
def mailer(mail_sink: MailSink) -> Callable[..., SmtpMailer]:
    """The service's way to the server, right but for what a test says otherwise."""

    def made(**other: Any) -> SmtpMailer:
        right = {
            "host": "localhost",
            "port": mail_sink.starttls_port,
            "tls": "starttls",
            "ca_file": mail_sink.ca_file,
            "username": mail_sink.username,
            "password": mail_sink.password,
            "timeout": 5,
        }
        return SmtpMailer(**(right | other))

    return made


@pytest.fixture
def sent(mailer, letter) -> Callable[..., list[str]]:
    """Sends the letter; returns what was done before its content left."""

    def send(to: str = THEIRS, **other: Any) -> list[str]:
        done: list[str] = []
        with mailer(**other).connect() as link:
            link.send(letter, OURS, to, lambda: done.append("committed"))
        return done

    return send
