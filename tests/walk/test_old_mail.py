"""Old mail at the first start in live mode: everything is filed, and nothing leaves."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime

import pytest
from factories import a_form, a_referral
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


def an_old_form(number: int, at: datetime) -> bytes:
    """A referral of a child of its own: every tenth as a Word form, else typed into the mail."""
    if number % 10 == 0:
        return a_referral(a_form(seed=number), at=at).content
    born = date(2010, 1, 1) + timedelta(days=number)
    return f"""From: Tamsin Tester <tamsin{number % 40}@tgicft.nhs.example>
To: tscp@tscp.example
Subject: SIN form
Date: {format_datetime(at)}
Message-ID: <old-{number}@tgicft.nhs.example>

Greater Manchester Serious Child Safeguarding Incident Notification

Name of referrer: Tamsin Tester
Agency: Tameside and Glossop Integrated Care NHS Foundation Trust
Name of child: {FIRST[number % 7]}{number} {LAST[number % 11]}-Sample
Date of birth: {born:%d/%m/%Y}
Date of incident: {at - timedelta(days=3):%d/%m/%Y}
Outcome for child: Serious harm
Other children at risk: {"No" if number % 5 == 0 else "Yes"}
Summary of incident: Brought to hospital by ambulance.
""".replace("\n", "\r\n").encode()


FIRST = ("Aldous", "Briony", "Caspian", "Dorothea", "Evander", "Fenella", "Gideon")
LAST = ("Ashtest", "Birchtest", "Cedartest", "Daletest", "Elmtest", "Ferntest", "Gorsetest",
        "Hazeltest", "Ivytest", "Junipertest", "Kelptest")  # fmt: skip


@pytest.mark.timeout(3600)
def test_not_one_letter_answers_what_lay_there_before(
    live: Service, mail_account: Account, mail_sink: MailSink
) -> None:
    now = datetime.now(UTC)
    with mail_account.signed_in() as client:
        for number in range(OLD):
            at = now - timedelta(days=1 + number % 700, minutes=number)
            moved_today = number % 5 == 0  # dragged into the folder: the server's time is new
            client.append("INBOX", an_old_form(number, at), (), now if moved_today else at)
    live.run("poll", seconds=3000)
    live.run("letters", "--deliver")
    assert {line["state"] for line in live.messages()} <= {"filed", "needs a person", "ignored"}
    assert len(live.messages()) == OLD
    assert len(live.json("queue")) > OLD / 2
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
