"""Backup, restore and export as an administrator runs them, and killed half-way."""

from __future__ import annotations

import gzip
import secrets
import shutil
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from servers import Account, Postgres

from .conftest import Walked
from .personal import leaked_bytes
from .running import Json, Service, alive, kill, mailbox, within

MANY = 400
"""Originals beside those of the register, so that copying takes long enough to be killed."""
AUDIT = "SELECT at, actor, act, reference FROM audit ORDER BY id"


@pytest.fixture
def elsewhere(tmp_path: Path, postgres: Postgres, mail_account: Account) -> Iterator[Service]:
    """An empty place with a PostgreSQL database."""
    url = postgres.create_database()
    (tmp_path / "elsewhere").mkdir()
    made = Service(tmp_path / "elsewhere", url)
    made.set_up(mailbox(mail_account))
    yield made
    postgres.drop(url)


def seen(service: Service) -> tuple[list[Json], list[Json], list[Json]]:
    """The register, the queue, and every tenth case."""
    queue = service.json("queue")
    return service.messages(), queue, [service.case(one["reference"]) for one in queue[::10]]


def test_the_story_is_the_same_after_its_restore_on_the_other_database(
    walked: Walked, tmp_path: Path, sqlite_url: str, postgres_url: str
) -> None:
    """And nothing of it can be read in the backup."""
    was_sqlite = walked.service.database.startswith("sqlite")
    other = Service(tmp_path, postgres_url if was_sqlite else sqlite_url)
    other.set_up(mailbox(walked.account))
    before = seen(walked.service)
    walked.service.run("backup", str(tmp_path / "backup"), "--as", "sam")
    audit = walked.service.rows(AUDIT)
    files = [path for path in (tmp_path / "backup").rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) > 500_000
    assert [found for path in files if (found := leaked_bytes(path.read_bytes()))] == []
    assert leaked_bytes(unpacked(tmp_path / "backup")) == []
    shutil.copytree(walked.service.folder / "keys", tmp_path / "keys")
    said = other.run("restore", str(tmp_path / "backup"), "--as", "sam").out
    assert "open every original" in said
    assert [row[1:] for row in audit][-1] == ("sam", "backup made", "")
    assert utc(other.rows(AUDIT)[:-1]) == utc(audit)
    assert seen(other) == before
    (told,) = other.json("compare")
    assert (told["only_in_mailbox"], told["only_in_register"]) == ([], [])


def unpacked(folder: Path) -> bytes:
    """The rows as they are written."""
    return gzip.decompress((folder / "rows.jsonl.gz").read_bytes())


def utc(rows: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    """Times alike, as text or as times."""

    def alike(at: object) -> datetime:
        found = at if isinstance(at, datetime) else datetime.fromisoformat(str(at))
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)

    return [(alike(at), *rest) for at, *rest in rows]


# ---- killed


def fill(service: Service, account: Account) -> int:
    """One mail in the register, and so many originals that copying takes a while."""
    account.append(b"From: lee@post.example\r\nSubject: Question\r\n\r\nWho?\r\n")
    service.poll()
    originals = service.originals()
    for _ in range(MANY):
        originals.keep(secrets.token_bytes(2000))
    return MANY + 1


def stamp(path: Path) -> tuple[int, int] | None:
    """Tells what is there now from what an earlier try left."""
    try:
        return path.stat().st_ino, path.stat().st_ctime_ns
    except FileNotFoundError:
        return None


def killed_when(service: Service, there: Path, *words: str) -> bool:
    """Kills a command soon after something is made there; whether it had not ended before."""
    before = stamp(there)
    process = service.start(*words)
    assert within(60, lambda: stamp(there) not in (None, before) or process.poll() is not None)
    time.sleep(secrets.randbelow(40) / 1000)
    cut = process.poll() is None
    workers = kill(process)
    assert not any(map(alive, workers))
    for pipe in (process.stdin, process.stdout, process.stderr):
        if pipe is not None:
            pipe.close()
    return cut


def test_a_killed_backup_leaves_no_backup_and_the_next_is_whole(
    on_sqlite: Service, mail_account: Account
) -> None:
    """Only an unfinished one beside, which the next takes away."""
    count = fill(on_sqlite, mail_account)
    backup = on_sqlite.folder / "backup"
    unfinished = on_sqlite.folder / "backup.unfinished"
    for there in (unfinished, unfinished / "SHA256SUMS"):
        assert killed_when(on_sqlite, there, "backup", str(backup))
        assert not backup.exists()
        assert unfinished.exists()
    (made,) = on_sqlite.json("backup", str(backup))
    assert made["originals"] == count
    assert not unfinished.exists()


def test_a_killed_restore_is_no_installation_and_the_next_is_whole(
    on_sqlite: Service, elsewhere: Service, mail_account: Account
) -> None:
    """On both databases, at several stages: refused by name until it is restored again."""
    fill(on_sqlite, mail_account)
    lines, words = on_sqlite.messages(), ("restore", str(on_sqlite.folder / "backup"))
    on_sqlite.run("backup", words[1])
    again = Service(elsewhere.folder / "again", f"sqlite:///{elsewhere.folder}/again/var/tables")
    again.folder.mkdir()
    again.set_up(mailbox(mail_account))
    for service in (again, elsewhere):
        shutil.copytree(on_sqlite.folder / "keys", service.folder / "keys")
        var = service.folder / "var"
        last = "tables" if service is again else ".restoring"
        for stage in (".restoring", "originals", last):
            assert killed_when(service, var / stage, *words)
        assert "cut short" in service.run("check", expect=1).out
        service.run(*words)
        assert service.messages() == lines


# ---- export


def test_an_original_is_exported_as_it_was_received_and_that_is_audited(
    on_sqlite: Service, mail_account: Account
) -> None:
    """To a new file for its owner only, or to a pipe; never over a file, never for an id there
    is not."""
    content = b"From: lee@post.example\r\nSubject: caf\xe9\r\n\r\n\x01\xff 8-bit\r\n"
    mail_account.append(content)
    on_sqlite.poll()
    to = on_sqlite.folder / "message.eml"
    on_sqlite.run("export-original", "M-000001", "--to", str(to), "--as", "sam")
    assert (to.read_bytes(), to.stat().st_mode & 0o777) == (content, 0o600)
    assert "already" in on_sqlite.run("export-original", "1", "--to", str(to), expect=2).err
    process = on_sqlite.start("export-original", "1", "--as", "sam", text=False)
    assert process.communicate(timeout=60)[0] == content
    assert "no message" in on_sqlite.run("export-original", "M-9", expect=2).err
    for path in (on_sqlite.folder / "var" / "originals").glob("??/*"):
        path.unlink()
    assert "last backup" in on_sqlite.run("export-original", "M-1", expect=2).err
    exported = "SELECT actor, reference FROM audit WHERE act = 'original exported'"
    assert on_sqlite.rows(exported) == [("sam", "M-000001")] * 2
