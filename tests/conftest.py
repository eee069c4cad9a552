"""What any test may ask for: real servers, a database of each kind, a browser page, golden files.

A server that is not installed skips the tests that need it, and the end of the run says
so loudly. With FORBID_SKIPS=1, as in .ci/run, every skip is a failure instead.
"""

import difflib
import logging
import os
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
import structlog
from servers import (
    CHROMIUM_ARGS,
    Account,
    Dovecot,
    NotInstalled,
    Postgres,
    Server,
    chromium_path,
)
from servers_oauth import TokenDovecot, TokenServer
from servers_smtp import MailSink

S = TypeVar("S", bound=Server)
NOT_INSTALLED = "not installed: "


# ---- logs


@pytest.fixture(autouse=True)
def logs_as_before() -> Iterator[None]:
    """A command run inside a test sends logs to that test's standard error, which ends with it."""
    handlers, level = logging.root.handlers[:], logging.root.level
    yield
    structlog.reset_defaults()
    logging.root.handlers[:], logging.root.level = handlers, level


# ---- mail


@pytest.fixture(scope="session")
def dovecot() -> Iterator[Dovecot]:
    """An IMAP server that all tests share; `mail_account` is what one test wants."""
    with installed(Dovecot) as server:
        yield server


@pytest.fixture
def mail_account(dovecot: Dovecot) -> Account:
    """An empty mailbox on it that no other test has seen."""
    return dovecot.account()


@pytest.fixture(scope="session")
def running_token_server() -> Iterator[TokenServer]:
    """A token endpoint that all tests share; `token_server` is what one test wants."""
    with TokenServer() as server:
        yield server


@pytest.fixture
def token_server(running_token_server: TokenServer) -> TokenServer:
    """It, as new."""
    running_token_server.forget()
    return running_token_server


@pytest.fixture(scope="session")
def running_token_dovecot(running_token_server: TokenServer) -> Iterator[TokenDovecot]:
    """An IMAP server that takes its tokens."""
    with installed(lambda: TokenDovecot(running_token_server)) as server:
        yield server


@pytest.fixture
def token_account(running_token_dovecot: TokenDovecot, token_server: TokenServer) -> Account:
    """An empty mailbox there, the one that the application may open."""
    account = running_token_dovecot.account()
    token_server.mailbox = account.username
    return account


@pytest.fixture(scope="session")
def running_mail_sink() -> Iterator[MailSink]:
    """A mail server that all tests share; `mail_sink` is what one test wants."""
    with MailSink() as server:
        yield server


@pytest.fixture
def mail_sink(running_mail_sink: MailSink) -> MailSink:
    """It, well behaved and empty."""
    running_mail_sink.forget()
    return running_mail_sink


# ---- databases


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL server that all tests share."""
    with installed(Postgres) as server:
        yield server


@pytest.fixture
def postgres_url(postgres: Postgres) -> Iterator[str]:
    """An empty PostgreSQL database, gone after the test."""
    url = postgres.create_database()
    yield url
    postgres.drop(url)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """Where an SQLite database may be made."""
    return f"sqlite:///{tmp_path / 'tscp.sqlite3'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The same test on both databases."""
    name = "sqlite_url" if request.param == "sqlite" else "postgres_url"
    url: str = request.getfixturevalue(name)
    return url


# ---- the desk


@pytest.fixture(scope="session")
def chromium() -> Path:
    """Where Chromium is."""
    found = chromium_path()
    if found is None:
        pytest.skip(f"{NOT_INSTALLED}Chromium (chromium)")
    return found


@pytest.fixture(scope="session")
def browser(chromium: Path) -> Iterator[object]:
    """Chromium without a window, shared; each `page` has its own cookies."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGS)
        yield running
        running.close()


@pytest.fixture
def page(browser) -> Iterator[object]:
    """An empty page, wide as a desk's screen."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


# ---- golden files


@pytest.fixture
def golden() -> Callable[[Path, str], None]:
    """`golden(path, text)`: the text is what the file says; `make golden` writes it instead."""

    def compare(path: Path, text: str) -> None:
        if os.environ.get("GOLDEN"):
            path.write_text(text, encoding="utf-8")
            return
        expected = path.read_text(encoding="utf-8") if path.exists() else ""
        lines = difflib.unified_diff(
            expected.splitlines(), text.splitlines(), path.name, "as read now", lineterm=""
        )
        assert text == expected, "\n".join(["If this is right: make golden", *lines])

    return compare


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """`make golden` runs the tests that have a golden file, and no others.

    The longest come first: of two processes, none is left alone with kills at the end.
    """
    items.sort(key=lambda item: "killed.py" not in item.nodeid)
    if os.environ.get("GOLDEN"):
        others = [item for item in items if "golden" not in getattr(item, "fixturenames", ())]
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if item not in others]


# ---- skipping: said loudly, or forbidden


def installed(make: Callable[[], S]) -> S:
    """The server, or a skip that says what to install."""
    try:
        return make()
    except NotInstalled as missing:
        pytest.skip(f"{NOT_INSTALLED}{missing}")


def forbidden(report: pytest.TestReport | pytest.CollectReport) -> None:
    """Turns a skip into a failure; an expected failure is not a skip."""
    if report.skipped and os.environ.get("FORBID_SKIPS") and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"Skipping is forbidden here (FORBID_SKIPS). {why(report)}"


def why(report: pytest.TestReport | pytest.CollectReport) -> str:
    """The reason a skip gave."""
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return reason.removeprefix("Skipped: ")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    forbidden(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector):
    report = yield
    forbidden(report)
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Skipped tests are named at the end, by what was missing."""
    skipped = terminalreporter.stats.get("skipped", [])
    missing = Counter(
        reason.removeprefix(NOT_INSTALLED)
        for reason in map(why, skipped)
        if reason.startswith(NOT_INSTALLED)
    )
    if not missing:
        return
    terminalreporter.section("SKIPPED BECAUSE NOT INSTALLED", sep="=", red=True, bold=True)
    for program, count in sorted(missing.items()):
        terminalreporter.line(f"{program}: {count} tests did not run")
    terminalreporter.line("Run `make test` as root to have them installed.")
