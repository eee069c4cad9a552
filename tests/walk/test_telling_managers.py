"""The daily summary and alerts by command, handed to a real mail server."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from servers import Account
from servers_smtp import Mail, MailSink

from .running import Service, mailbox

SUMMARY, ALERTS = "manager@tscp.example", "admin@tscp.example"


def settings(sink: MailSink, folder: Path) -> str:
    """Live since yesterday, with a sending server, managers and administrators."""
    password = folder / "smtp-password"
    password.write_text(sink.password)
    live_from = (datetime.now(UTC) - timedelta(days=1)).isoformat()
    return f"""live_from = "{live_from}"
[smtp]
host = "localhost"
port = {sink.starttls_port}
ca_file = "{sink.ca_file}"
username = "{sink.username}"
password_file = "{password}"
sender = "TSCP <tscp@tscp.example>"
[summary]
to = ["{SUMMARY}"]
[alerts]
to = ["{ALERTS}"]
"""


@pytest.fixture
def live(on_sqlite: Service, mail_account: Account, mail_sink: MailSink) -> Service:
    on_sqlite.set_up(mailbox(mail_account), more=settings(mail_sink, on_sqlite.folder))
    return on_sqlite


def letters_to(sink: MailSink, address: str) -> list[Mail]:
    return [mail for mail in sink.mails() if mail.to == address]


def test_a_summary_is_made_and_sent_once_and_then_says_when_it_was(
    live: Service, mail_sink: MailSink
) -> None:
    assert "L-000001: made now" in live.run("summary", "--send").out
    again = live.run("summary", "--send").out
    assert again.startswith("L-000001: made ")
    assert "; sent " in again
    (mail,) = letters_to(mail_sink, SUMMARY)
    parts = [part.get_content() for part in mail.message.walk() if not part.is_multipart()]
    assert len(parts) == 2
    assert all("Covers " in part for part in parts)
    assert "still to come" in live.run("summary", "--send", "--on", "2999-01-01", expect=2).err


def test_an_account_that_is_not_let_in_is_told_to_administrators_once(
    live: Service, mail_account: Account, mail_sink: MailSink
) -> None:
    wrong = live.folder / "wrong"
    wrong.write_text("not the password")
    account = mailbox(mail_account, password_file=str(wrong))
    live.set_up(account, more=settings(mail_sink, live.folder))
    for _ in range(2):
        assert not live.poll(expect=75)["mailboxes"][0]["ok"]
        live.run("letters", "--deliver")
    (mail,) = letters_to(mail_sink, ALERTS)
    text = mail.message.get_body(("plain",))
    assert text is not None
    assert "Mailbox tscp: the server refused the account" in " ".join(text.get_content().split())
    assert {line["kind"] for line in live.json("letters")} <= {"alert", "summary"}
