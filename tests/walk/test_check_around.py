"""`tscp check` looks at what is around the service: server, clock, room; and changes nothing."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from servers_smtp import MailSink

from config.mail_settings import SmtpSettings
from config.settings import Settings
from storage import audit
from storage.database import transaction
from triage.problem import Explained
from tscp.check_around import looks
from tscp.compose import desk_of, utc_now

Looked = Callable[..., str]


@pytest.fixture
def looked(tmp_path: Path) -> Looked:
    """What is found of one thing; what is wrong begins with 'WRONG'."""

    def look(what: str, now: Callable[[], datetime] = utc_now, **settings: Any) -> str:
        made = Settings(data=tmp_path / "var", keys=tmp_path / "keys", **settings)
        found = dict(looks(made, now))
        try:
            return found[what]()
        except Explained as error:
            return f"WRONG: {error}"

    return look


def smtp(sink: MailSink, **different: Any) -> SmtpSettings:
    right = {
        "host": "localhost", "port": sink.starttls_port, "ca_file": sink.ca_file,
        "username": sink.username, "password": SecretStr(sink.password),
        "sender": "TSCP <tscp@tscp.example>",
    }  # fmt: skip
    return SmtpSettings.model_validate(right | different)


def test_the_sending_server_is_signed_in_to_and_given_nothing(
    looked: Looked, mail_sink: MailSink
) -> None:
    before = len(mail_sink.mails())
    assert looked("sending server", smtp=smtp(mail_sink)).startswith("lets the service in")
    wrong = smtp(mail_sink, password=SecretStr("wrong"))
    assert looked("sending server", smtp=wrong).startswith("WRONG: ")
    assert "password" in looked("sending server", smtp=wrong)
    assert len(mail_sink.mails()) == before


def test_without_any_setting_of_letters_it_says_what_that_means(looked: Looked) -> None:
    assert looked("letters") == (
        "shadow mode, nothing is sent; no sending server ([smtp]); nobody gets the summary"
        " ([summary] to); nobody is told of trouble ([alerts] to); nobody is told of risk now"
        " ([alerts] urgent_to)"
    )
    assert looked("templates") == "every letter can be written"
    assert looked("reading of documents").startswith("no network (by ")


def test_a_clock_that_was_set_back_is_found(
    looked: Looked, tmp_path: Path, database_url: str
) -> None:
    settings = Settings(data=tmp_path / "var", keys=tmp_path / "keys", database=database_url)
    with desk_of(settings) as desk, transaction(desk.engine) as session:
        audit.append(session, "ann", "queue seen", "", utc_now() + timedelta(days=1))
    assert "WRONG: it was set back" in looked("clock", database=database_url)
    two_days_on = datetime.now(UTC) + timedelta(days=2)
    found = looked("clock", lambda: two_days_on, database=database_url)
    if database_url.startswith("postgresql"):
        assert "the database server's clock says" in found
    else:
        assert "it was not set back" in found


def test_a_disk_that_is_nearly_full_is_found(
    looked: Looked, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = shutil._ntuple_diskusage(10**12, 10**12 - 2 * 10**9, 2 * 10**9)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: full)
    assert looked("disk").startswith("WRONG: 2000 MB of 1000 GB free: make room")
