"""The register's sum and the last reading on every page; health; errors without insides."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest
import structlog
from sizes import ROOT
from sqlalchemy import text

from storage import polls, switches, troubles
from storage.database import transaction
from triage.today import LetterRules
from triage.troubles import Standing
from tscp.web.banner import banner


def noted(desk, ok, reason="", before=timedelta()):
    with transaction(desk.desk.engine) as session:
        polls.note(session, "tscp", ok, reason, desk.desk.now() - before)


def said(desk, path="/queue", role="manager"):
    with desk.client(role) as client:
        return client.get(path).text


def test_the_sum_stands_on_every_page(desk):
    top = banner(desk.desk)
    assert top.received == sum(number for number, _ in top.parts) == 28
    for role, path in (("manager", "/queue"), ("auditor", "/audit"), ("administrator", "/service")):
        assert "<strong>28 received</strong> = " in said(desk, path, role)
        assert "last read to its end at" in said(desk, path, role)


def test_a_mailbox_never_read_is_said(empty_desk):
    assert "Please check:</strong> No mailbox has been read yet." in said(empty_desk)


def test_a_mailbox_not_read_for_half_an_hour_is_said(empty_desk):
    noted(empty_desk, True, before=timedelta(minutes=31))
    assert "Please check:" in said(empty_desk)
    assert "that is 31 minutes ago; newer e-mails are not seen" in said(empty_desk)
    noted(empty_desk, True, before=timedelta(minutes=29))
    assert "Please check:" not in said(empty_desk)


def test_a_reading_that_did_not_end_is_said_with_its_reason(empty_desk):
    noted(empty_desk, True, before=timedelta(minutes=5))
    noted(empty_desk, False, "the server refused the password")
    assert "did not end (the server refused the password); last read to its end at" in said(
        empty_desk
    )
    assert "mail: not read lately" in said(empty_desk, "/health")


def test_how_long_is_too_long_is_as_set(empty_desk):
    office = replace(empty_desk.desk.office, silent_after=timedelta(hours=2))
    noted(empty_desk, True, before=timedelta(minutes=90))
    assert banner(replace(empty_desk.desk, office=office)).well
    assert not banner(empty_desk.desk).well


FULL = Standing("disk nearly full", "The disk is full.", datetime(2026, 3, 4, 9, tzinfo=UTC))


def wrong(desk, *standing):
    with transaction(desk.desk.engine) as session:
        troubles.remember(session, standing)


def test_what_is_wrong_stands_on_every_page_and_what_has_gone_does_not(empty_desk):
    silent = replace(FULL, name="mailbox silent: tscp", said="Not read.")
    wrong(empty_desk, FULL, silent)
    page = said(empty_desk)
    assert "Please check:</strong> The disk is full. Since 09:00 on 4 March 2026." in page
    assert "Not read." not in page  # the mailbox's own line says so already
    wrong(empty_desk, replace(FULL, gone_at=FULL.since), replace(silent, stands=False))
    assert "The disk is full." not in said(empty_desk)


def test_the_service_page_says_since_when_who_was_told_and_what_to_do(empty_desk):
    wrong(empty_desk, FULL)
    page = said(empty_desk, "/service", "administrator")
    assert "nobody: no address is set ([alerts] to)" in page
    assert "More under &#39;disk nearly full&#39; in docs/operations.md." in page
    told = datetime(2026, 3, 4, 10, tzinfo=UTC)
    wrong(empty_desk, replace(FULL, told_at=told, reminded_at=told + timedelta(days=1)))
    page = said(empty_desk, "/service", "administrator")
    assert "10:00 on 4 March 2026, again 10:00 on 5 March 2026" in page


def test_letters_held_and_shadow_mode_are_said_in_words(empty_desk):
    assert "Shadow mode: nothing is sent, and no mailbox is changed." in said(empty_desk)
    with transaction(empty_desk.desk.engine) as session:
        switches.switch_on(session, switches.HELD, "p.officer", empty_desk.desk.now())
    assert re.search(r"All letters are held since \d\d:\d\d today by p.officer", said(empty_desk))


def test_live_letters_need_no_line_and_those_of_tomorrow_say_when(empty_desk):
    now = empty_desk.desk.now()
    live = replace(empty_desk.desk, letters=LetterRules(live_from=now))
    assert banner(live).letters == ()
    later = replace(live, letters=LetterRules(live_from=now + timedelta(days=400)))
    assert "nothing is sent before" in banner(later).letters[0].said


def test_health_is_for_anybody_and_says_nothing_of_anybody(desk):
    with desk.client() as client:
        answer = client.get("/health")
    assert (answer.status_code, answer.text.splitlines()[0]) == (200, "ok")


def break_database(desk, tmp_path):
    desk.desk.engine.dispose()
    file = tmp_path / "tscp.sqlite3"
    file.rename(tmp_path / "away")
    file.mkdir()


def test_without_a_database_health_and_pages_say_so(empty_desk, tmp_path):
    break_database(empty_desk, tmp_path)
    with empty_desk.client("manager") as client:
        health, page = client.get("/health"), client.get("/queue")
    assert (health.status_code, page.status_code) == (503, 503)
    assert health.text == "the database did not answer\n"
    assert "Try again in a minute" in page.text


def test_our_own_fault_shows_and_logs_nothing_of_its_insides(empty_desk):
    with transaction(empty_desk.desk.engine) as session:
        session.execute(text("DROP TABLE polls"))
    with structlog.testing.capture_logs() as logs, empty_desk.client("manager") as client:
        answer = client.get("/queue")
    assert answer.status_code in (500, 503)
    assert "polls" not in answer.text
    assert "no-store" in answer.headers["cache-control"]
    assert {"page_failed"} == {line["event"] for line in logs}


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("POST", "/queue", 405),
        ("DELETE", "/case/TSCP-2026-0001", 405),
        ("GET", "/queue?page=x", 400),
    ],
)
def test_a_wrong_use_is_answered_plainly(desk, method, path, status):
    with desk.client("manager") as client:
        answer = client.request(method, path, headers={"Content-Length": "0"})
    assert answer.status_code == status
    assert "Traceback" not in answer.text
    assert "TSCP referrals</title>" in answer.text


def test_a_large_form_is_not_let_in(desk):
    with desk.client() as client:
        assert client.post("/sign-out", data={"name": "x" * 30_000}).status_code == 413
        assert client.post("/sign-in", data={"name": "x" * 200_000}).status_code == 413
        assert client.post("/sign-in", content=iter([b"name=x"])).status_code == 413


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_when_told_to(tmp_path, number):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        listen = f"127.0.0.1:{free.getsockname()[1]}"
    settings = tmp_path / "tscp.toml"
    settings.write_text(f'[web]\nlisten = "{listen}"\n')
    command = [sys.executable, "-P", "-m", "tscp.cli", "desk", "--config", str(settings)]
    around = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stderr=subprocess.PIPE, cwd=tmp_path, env=around) as running:
        for _ in range(200):
            try:
                assert httpx.get(f"http://{listen}/health").status_code == 200
                break
            except httpx.TransportError:
                time.sleep(0.1)
        running.send_signal(number)
        assert running.wait(10) == 0
        assert b"desk_stopped" in running.stderr.read()
