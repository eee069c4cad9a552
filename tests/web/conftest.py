"""A desk that is really served, on loopback, with cases put in by the acts that file mail."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from factories import a_mail, somebody
from sizes import ROOT
from sqlalchemy import delete
from working import room_of, with_live_letters

from config.settings import Settings
from intake.mailbox import RawMessage
from storage import polls
from storage.database import transaction
from storage.service_tables import SessionRow
from tscp.acts.accounts import add_account
from tscp.acts.desk import Desk
from tscp.acts.poll import receive
from tscp.acts.process import process_waiting
from tscp.acts.sign_in import sign_in
from tscp.compose import desk_of, utc_now
from tscp.demo.story import story
from tscp.web.serving import server

PASSWORD = "a long enough password"
MAILS = 27
"""So much of the story: an urgent case, siblings, a revised form, and mail that needs a person."""


@dataclass
class Clock:
    """The desk's clock, which a test may put forward."""

    ahead: timedelta = timedelta()

    def __call__(self) -> datetime:
        return utc_now() + self.ahead


@dataclass
class Served:
    """A desk and where it is served; `tokens` are the sessions begun until now, by role."""

    desk: Desk
    url: str
    clock: Clock
    tokens: dict[str, str]
    room: object = None
    folder: Path | None = None

    def cookie(self, role: str) -> dict[str, str]:
        """The cookie of somebody with this role, who is called like it."""
        if role not in self.tokens:
            add_account(self.desk, role, role, PASSWORD, "test")
            self.tokens[role] = sign_in(self.desk, role, PASSWORD) or ""
        return {"tscp-session": self.tokens[role]}

    def end_sessions(self) -> None:
        """Ends everybody's session, as time does."""
        with transaction(self.desk.engine) as session:
            session.execute(delete(SessionRow))
        self.tokens.clear()

    def client(self, role: str | None = None) -> httpx.Client:
        """A browser without a window, signed in as this role."""
        cookies = self.cookie(role) if role else {}
        return httpx.Client(base_url=self.url, cookies=cookies, timeout=30)


@contextmanager
def opened(folder: Path, database: str) -> Iterator[tuple[Desk, Clock]]:
    """A new installation in a folder."""
    clock = Clock()
    settings = Settings(
        data=folder / "var",
        keys=folder / "keys",
        database=database,
        agencies=(ROOT / "tscp" / "demo" / "agencies.toml",),
    )
    with desk_of(settings) as desk:
        desk = replace(desk, now=clock)
        yield desk, clock


@contextmanager
def served(desk: Desk, clock: Clock, base_url: str = "") -> Iterator[Served]:
    """Serves a desk from a thread on a free port."""
    running = server(desk, "127.0.0.1:0", base_url)
    thread = threading.Thread(target=running.run)
    thread.start()
    while not running.started:
        assert thread.is_alive(), "the desk did not start"
        time.sleep(0.01)
    port = running.servers[0].sockets[0].getsockname()[1]
    try:
        yield Served(desk, f"http://127.0.0.1:{port}", clock, {})
    finally:
        running.should_exit = True
        thread.join(10)


def stranger() -> tuple[datetime, bytes]:
    """Somebody not known to us who gives one of our references: a person decides."""
    who = replace(somebody(), email="somebody@elsewhere.example")
    mail = a_mail(who, "TSCP-2026-0001", at=datetime.now(UTC))
    return mail.at, mail.content


def deliver(desk: Desk, mails) -> None:
    """Registers and files these mails, as a poll does, and says that the mailbox was read."""
    for number, (at, content) in enumerate(mails):
        receive(desk, "tscp", RawMessage(str(number), at, content))
    list(process_waiting(desk))
    with transaction(desk.engine) as session:
        polls.note(session, "tscp", True, "", desk.now())


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A served desk with a story in it, which tests may look at and not change."""
    folder = tmp_path_factory.mktemp("desk")
    with opened(folder, f"sqlite:///{folder / 'tscp.sqlite3'}") as (inner, clock):
        mails = story(datetime.now(UTC), inner.calendar.holidays)[:MAILS]
        deliver(inner, [(mail.delivered_at, mail.content) for mail in mails] + [stranger()])
        with served(inner, clock) as running:
            # An account from the start, whichever test comes first.
            running.cookie("manager")
            yield running


@pytest.fixture(scope="session")
def working(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A served desk on which tests act, each on cases and mails of its own; letters are live."""
    folder = tmp_path_factory.mktemp("working")
    where = f"sqlite:///{folder / 'tscp.sqlite3'}"
    with opened(folder, where) as (inner, clock), served(with_live_letters(inner), clock) as one:
        deliver(inner, [])
        one.room, one.folder = room_of(one), folder
        yield one


@pytest.fixture
def empty_desk(tmp_path: Path, sqlite_url: str) -> Iterator[Served]:
    """A served desk without any mail, and a manager's account, for a test of its own."""
    with opened(tmp_path, sqlite_url) as (inner, clock), served(inner, clock) as running:
        running.cookie("manager")
        yield running


@pytest.fixture
def over_https(empty_desk: Served) -> Iterator[Served]:
    """The same desk as people reach it through a proxy that speaks https."""
    with served(empty_desk.desk, empty_desk.clock, "https://triage.example.org") as running:
        yield running


@pytest.fixture
def new_desk(tmp_path: Path) -> Callable[[str], object]:
    """`with new_desk(database) as served`: an empty desk on a database of the test's own."""

    @contextmanager
    def make(database: str) -> Iterator[Served]:
        with opened(tmp_path, database) as (inner, clock), served(inner, clock) as running:
            yield running

    return make


@pytest.fixture
def signed_in(browser) -> Iterator[Callable[..., object]]:
    """`signed_in(desk, role, width=…)`: a browser's page of somebody with that role."""
    contexts = []

    def as_role(at: Served, role: str, width: int = 1280, scripts: bool = True):
        context = browser.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=scripts
        )
        contexts.append(context)
        context.add_cookies([{"name": n, "value": v, "url": at.url}
                             for n, v in at.cookie(role).items()])  # fmt: skip
        return context.new_page()

    yield as_role
    for context in contexts:
        context.close()
