"""Installations for the walk: on Dovecot over TLS, with SQLite or PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from servers import Account, Dovecot, Postgres

from config.settings import HERE
from tscp.demo.story import story
from tscp.demo.telling import StoryMail
from tscp.registers import calendar_of

from .running import Json, Service, deliver, mailbox


@pytest.fixture
def service(tmp_path: Path, database_url: str, mail_account: Account) -> Service:
    """An installation on an empty mailbox; tests that ask for it run on both databases."""
    made = Service(tmp_path, database_url)
    made.set_up(mailbox(mail_account))
    return made


@pytest.fixture
def on_sqlite(tmp_path: Path, sqlite_url: str, mail_account: Account) -> Service:
    """The same where the database makes no difference."""
    made = Service(tmp_path, sqlite_url)
    made.set_up(mailbox(mail_account))
    return made


@cache
def told() -> tuple[StoryMail, ...]:
    """The demo's story, around now."""
    return tuple(story(datetime.now(UTC), calendar_of([HERE / "bank_holidays.toml"]).holidays))


class Walked:
    """The whole story, mailed, touched by a colleague, polled and filed."""

    def __init__(self, service: Service, account: Account) -> None:
        self.service, self.account, self.mails = service, account, told()
        self.uids = deliver(account, self.mails)
        self.flags = self._touched()
        self.polled = service.poll()
        self.lines = {line["uid"]: line for line in service.messages()}
        self.queue = {case["reference"]: case for case in service.json("queue")}

    def _touched(self) -> dict[int, set[str]]:
        """Some of it is read, flagged and even marked as deleted before the poll."""
        with self.account.signed_in() as client:
            client.select_folder("INBOX")
            client.add_flags(self.uids[:5], ["\\Seen"])
            client.add_flags(self.uids[3:9], ["\\Flagged", "\\Answered"])
            client.add_flags(self.uids[10], ["\\Deleted"])
        return self.account.flags()

    def ends(self) -> Iterator[tuple[StoryMail, Json]]:
        """Each mail of the story with its line of the register."""
        for uid, mail in zip(self.uids, self.mails, strict=True):
            yield mail, self.lines[uid]


@contextmanager
def _shared(request: pytest.FixtureRequest, folder: Path) -> Iterator[Service]:
    """An installation that several tests share, on the database the fixture's param names."""
    if request.param == "sqlite":
        yield Service(folder, f"sqlite:///{folder / 'tscp.sqlite3'}")
        return
    postgres: Postgres = request.getfixturevalue("postgres")
    url = postgres.create_database()
    yield Service(folder, url)
    postgres.drop(url)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def installation(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Service]:
    """One that the tests of a module share, on each database; its settings are still to come."""
    with _shared(request, tmp_path_factory.mktemp("shared")) as service:
        yield service


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def walked(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, dovecot: Dovecot
) -> Iterator[Walked]:
    """The story on each database, shared by the tests that only look at it."""
    account = dovecot.account()
    with _shared(request, tmp_path_factory.mktemp("walked")) as service:
        service.set_up(mailbox(account))
        yield Walked(service, account)
