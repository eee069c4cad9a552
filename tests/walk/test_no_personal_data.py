"""No name, birthday, number, address or subject leaves where it belongs: logs, errors, disk."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from servers import Dovecot

from .conftest import Walked
from .personal import leaked_bytes, leaks, secrets, surnames
from .running import Service, mailbox

WHYS = ("why", "why_expected", "reason")
once = pytest.mark.parametrize("walked", ["sqlite"], indirect=True)
"""For tests to which the kind of database makes no difference."""


def test_the_test_would_see_a_leak(walked: Walked) -> None:
    """A case shows names to those who may see them: there they are found."""
    shown = walked.service.run("case", next(iter(walked.queue))).out
    assert len(leaks(shown)) > 10
    assert len(secrets()) > 200
    mails = b"".join(mail.content for mail in walked.mails)
    assert len(leaked_bytes(mails)) > 50


@once
def test_no_personal_data_leaks_from_what_commands_print(walked: Walked, tmp_path: Path) -> None:
    """Register, queue, summary and check on standard output; every log on standard error."""
    service, page = walked.service, tmp_path / "summary.html"
    outs = [
        service.run(*words).out
        for words in (
            ("messages",),
            ("queue",),
            ("queue", "--json"),
            ("summary", "--preview", "--html", str(page)),
            ("check",),
            ("poll",),
        )
    ]
    assert [leaks(out) for out in (*outs, page.read_text(encoding="utf-8"))] == [[]] * 7
    lines = [line | {"message_id": None} for line in walked.lines.values()]
    assert leaks(json.dumps(lines, ensure_ascii=False)) == []
    assert leaks("".join(ran.err for ran in service.said)) == []


@once
def test_names_are_shown_only_where_asked_for(walked: Walked) -> None:
    """With --names the sender's file names are there."""
    assert leaks(walked.service.run("messages", "--names").out) != []
    assert leaks(walked.service.run("messages", "--names", "--json").out) != []


@once
def test_reasons_of_flags_filing_and_documents_name_nobody(walked: Walked) -> None:
    """Every 'why' and 'reason' on every other case, and on every message."""
    cases = [walked.service.case(reference) for reference in list(walked.queue)[::2]]
    told = [why for one in (*cases, *walked.lines.values()) for why in _whys(one)]
    assert len(told) > 100
    assert leaks("\n".join(told)) == []
    names = [f["name"] for case in cases for f in case["flag_details"]]
    assert leaks("\n".join(names)) == []


def _whys(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from _whys(item)
    if isinstance(value, dict):
        yield from (str(value[key]) for key in WHYS if value.get(key))
        for key, inner in value.items():
            if key not in ("answers", "children"):
                yield from _whys(inner)


def test_bytes_at_rest_hold_no_personal_data(walked: Walked, request: Any) -> None:
    """A stolen database, its log, and the originals: nothing to be read in them."""
    service, log = walked.service, []
    database = [*service.folder.glob("tscp.sqlite3*")]
    if service.database.startswith("postgresql"):
        data = request.getfixturevalue("postgres").folder / "data"
        oid = service.rows("SELECT oid FROM pg_database WHERE datname = current_database()")[0][0]
        database, log = [*(data / "base" / str(oid)).iterdir()], [*(data / "pg_wal").glob("0*")]
    files = [p for p in (*database, *(service.folder / "var").rglob("*")) if p.is_file()]
    assert sum(path.stat().st_size for path in files) > 1_000_000
    assert {path.name: found for path in files if (found := leaked_bytes(path.read_bytes()))} == {}
    assert [found for path in log if (found := leaked_bytes(path.read_bytes(), surnames()))] == []


# ---- what goes wrong tells nothing either


@pytest.fixture
def copied(walked: Walked, tmp_path: Path) -> Service:
    """The installation once more, to be damaged; of SQLite only."""
    assert walked.service.database.startswith("sqlite")
    folder = tmp_path / "copied"
    shutil.copytree(walked.service.folder, folder)
    service = Service(folder, f"sqlite:///{folder / 'tscp.sqlite3'}")
    service.set_up(mailbox(walked.account))
    return service


@once
def test_a_damaged_original_stops_nothing_and_tells_nothing(
    copied: Service, walked: Walked
) -> None:
    """Cut short, altered or gone: the message is with a person again, who is told why."""
    waiting = [line for line in walked.lines.values() if line["kind"] == "unreadable"]
    damages = (b"", b"\x01short", b"\x01" + bytes(400), None)
    for line, damage in zip(waiting, damages, strict=False):
        file = copied.folder / "var" / "originals" / line["sha256"][:2] / line["sha256"]
        file.unlink()
        if damage is not None:
            file.write_bytes(damage)
        (again,) = copied.json("settle", line["id"], "--retry")
        assert again["state"] == "needs a person"
        assert "original" in again["reason"]
    assert copied.poll()["mailboxes"][0]["ok"]
    assert leaks("".join(ran.out + ran.err for ran in copied.said)) == []


@once
def test_errors_tell_nothing(copied: Service, walked: Walked, dovecot: Dovecot) -> None:
    """Other keys, a broken table, a lost key: sentences and class names only."""
    message = next(iter(walked.lines.values()))["id"]
    commands = (("poll",), ("queue",), ("messages", "--names"), ("settle", message, "--new-case"))
    _spoil(copied.folder / "tscp.sqlite3")
    statuses = [copied.run(*words, expect=None).status for words in commands]
    assert set(statuses) <= {0, 1, 2, 75}
    assert set(statuses) != {0}
    for key in (copied.folder / "keys").glob("*.key"):
        key.write_text("ab" * 32)
    assert copied.run("queue", expect=2).err
    said = "".join(ran.err for ran in copied.said)
    assert "Traceback" not in said
    assert leaks(said) == []


def _spoil(database: Path) -> None:
    with sqlite3.connect(database) as connection:
        connection.execute("UPDATE facts SET body = substr(body, 1, 40)")
        connection.execute("UPDATE documents SET sealed_name = x'0102'")
        connection.execute("UPDATE messages SET state = 'received', owner = '' WHERE id % 3 = 0")
