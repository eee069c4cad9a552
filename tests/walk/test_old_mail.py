"""Old mail at the first start in live mode: everything is filed, and nothing leaves."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta

import pytest
from factories import a_referral
from servers import Account
from servers_smtp import MailSink

from .running import Service, mailbox

OLD = int(os.environ.get("OLD_MAILS", "24"))
"""How many; the issue's 3,000 take some minutes."""


def smtp(sink: MailSink) -> str:
    """An [smtp] section on the server."""
    secret = sink.folder / "password"
    secret.write_text(sink.password, encoding="utf-8")
    return f"""
[smtp]
host = "localhost"
port = {sink.starttls_port}
ca_file = "{sink.ca_file}"
username = "{sink.username}"
password_file = "{secret}"
sender = "TSCP <tscp@tscp.example>"
"""


@pytest.fixture
def live(on_sqlite: Service, mail_account: Account, mail_sink: MailSink) -> Service:
    """Letters are live from this minute on, and every kind leaves by itself."""
    now = datetime.now(UTC).replace(microsecond=0)
    letters = f'live_from = "{now.isoformat()}"\n' + "".join(
        f'{kind} = "automatically"\n' for kind in ("request", "chaser", "escalation")
    )
    alerts = '[alerts]\nurgent_to = ["duty@tscp.example"]\n'
    on_sqlite.set_up(mailbox(mail_account), more=f"{letters}{smtp(mail_sink)}{alerts}")
    return on_sqlite


@pytest.mark.timeout(3600)
def test_not_one_letter_answers_what_lay_there_before(
    live: Service, mail_account: Account, mail_sink: MailSink
) -> None:
    now = datetime.now(UTC)
    with mail_account.signed_in() as client:
        for number in range(OLD):
            at = now - timedelta(days=1 + number % 700, minutes=number)
            moved_today = number % 5 == 0  # dragged into the folder: the server's time is new
            client.append("INBOX", a_referral(at=at).content, (), now if moved_today else at)
    live.run("poll", seconds=3000)
    live.run("letters", "--deliver")
    assert {line["state"] for line in live.messages()} <= {"filed", "needs a person", "ignored"}
    assert len(live.messages()) == OLD
    assert len(live.json("queue")) > 0
    assert mail_sink.mails() == []


def test_what_comes_afterwards_is_acknowledged_once(
    live: Service, mail_account: Account, mail_sink: MailSink
) -> None:
    now = datetime.now(UTC) + timedelta(seconds=1)
    with mail_account.signed_in() as client:
        client.append("INBOX", a_referral(at=now).content, (), now)
    live.poll()
    live.run("letters", "--deliver")
    live.run("letters", "--deliver")
    (mail,) = [
        mail for mail in mail_sink.mails() if "received your form" in mail.message["Subject"]
    ]
    assert mail.message["Auto-Submitted"] == "auto-replied"
    (letter,) = [x for x in live.json("letters") if x["kind"] == "acknowledgement"]
    assert letter["state"] == "sent"
