"""What fails around the service is waited for: nothing is lost, nothing twice, it goes on alone."""

from __future__ import annotations

import os
import random
import secrets
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from servers import Account, Postgres
from servers_smtp import MailSink
from sqlalchemy import text

from storage.database import open_database, transaction

from .running import Service, deliver, within
from .served import answered, each_once, live, nothing_waits, referrals, running

OUTAGES = int(os.environ.get("OUTAGES", "3"))
SEED = int(os.environ.get("SEED", "0")) or secrets.randbelow(10**6)
HOW = (signal.SIGINT, signal.SIGQUIT)
"""In good order, and as by a crash."""


@pytest.mark.usefixtures("postgres")  # it must be installed
@pytest.mark.timeout(200 + 20 * OUTAGES)
def test_a_database_that_goes_away_and_comes_back(
    tmp_path: Path, mail_account: Account, mail_sink: MailSink
) -> None:
    """At random moments while mails come, are read and answered; OUTAGES=50 for a long run."""
    print(f"SEED={SEED} OUTAGES={OUTAGES}")
    rng, mails = random.Random(SEED), referrals(2 * OUTAGES)
    with Postgres() as server:
        service = Service(tmp_path, server.create_database())
        live(service, mail_account, mail_sink)
        with running(service) as one:
            assert one.says("mailbox_polled")
            for number in range(OUTAGES):
                deliver(mail_account, mails[2 * number : 2 * number + 2])
                time.sleep(rng.uniform(0, 1.5))
                server.stop(HOW[number % 2])
                time.sleep(rng.uniform(0, 1))
                server.start()
            assert one.says("message_settled", len(mails), 60 + 5 * OUTAGES)
            assert within(60, lambda: nothing_waits(service))
            one.stop()
        each_once(service, mail_sink, mails, unsure=True)


def test_a_database_that_is_away_at_the_start_is_status_75(on_sqlite: Service) -> None:
    """systemd tries again."""
    box = '[[mailbox]]\nname = "a"\nkind = "maildir"\npath = "box"\n'
    away = Service(on_sqlite.folder, "postgresql+psycopg://tscp@127.0.0.1:1/tscp")
    away.set_up(box)
    assert "database" in away.run("run", expect=75).err


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own for `var`, of four megabytes. Skips where this may not be mounted."""
    disk = tmp_path / "var"
    disk.mkdir(mode=0o700)
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m,mode=700", "tmpfs", str(disk)]
    if subprocess.run(mount, capture_output=True).returncode != 0:
        pytest.skip("not installed: the right to mount a small disk (root)")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_disk_that_is_full_for_a_while(
    tmp_path: Path, small_disk: Path, mail_account: Account, mail_sink: MailSink
) -> None:
    """Database and originals lie on it. What was not kept stays in the mailbox."""
    service = Service(tmp_path, f"sqlite:///{small_disk / 'tscp.sqlite3'}")
    live(service, mail_account, mail_sink)
    mails = referrals(4)
    deliver(mail_account, mails[:1])
    with running(service) as one:
        assert answered(mail_sink, mails[:1])
        ballast = fill(small_disk)
        deliver(mail_account, mails[1:])
        assert one.says("job_failed")
        ballast.unlink()
        assert answered(mail_sink, mails)
        assert within(30, lambda: nothing_waits(service))
        one.stop()
    # What left while nothing could be written down stands as 'perhaps sent'.
    each_once(service, mail_sink, mails, unsure=True)


def fill(disk: Path) -> Path:
    """A file that takes all the room there is but for a few kilobytes."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            file.truncate(max(0, file.tell() - 8192))
    return ballast


def test_a_mail_server_that_refuses_cuts_or_is_away(
    service: Service, mail_account: Account, mail_sink: MailSink
) -> None:
    """One letter is refused for now, one for good, one is cut after its content, one leaves; and
    what the mail server was away for leaves when it is back."""
    live(service, mail_account, mail_sink)
    mail_sink.rule("rcpt", "451 4.7.1 later", times=1)
    mail_sink.rule("content", "keep and cut", times=1)
    mails = referrals(4)
    deliver(mail_account, mails[:1])
    with running(service) as one:
        assert one.says("letter_ended")
        deliver(mail_account, mails[1:])
        assert one.says("letter_ended", 4)
        assert states(service) == ["perhaps sent", "sent", "sent", "waiting"]
        a_minute_passes(service)
        assert answered(mail_sink, mails)
        one.stop()
    each_once(service, mail_sink, mails, unsure=True)
    assert states(service) == ["perhaps sent", "sent", "sent", "sent"]


def states(service: Service) -> list[str]:
    """Those of all letters."""
    return [str(state) for (state,) in service.rows("SELECT state FROM letters ORDER BY state")]


def a_minute_passes(service: Service) -> None:
    """Letters wait a minute or more before they are tried again, which no test waits for."""
    engine = open_database(service.database)
    with transaction(engine) as session:
        session.execute(text("UPDATE letters SET not_before = NULL WHERE state = 'waiting'"))
    engine.dispose()
