"""A backup holds everything of one moment, and becomes the same installation elsewhere."""

from __future__ import annotations

import resource
import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from cases import AT
from houses import House, rewritten
from servers import Postgres

from storage import schema
from storage.backup_files import MANIFEST, ORIGINALS, ROWS, SUMS, BackupUnusable
from storage.beside import PlaceTaken, made_beside, refuse_taken
from storage.database import DatabaseUnusable, open_database, reading, transaction
from storage.empty_place import refuse_unless_empty
from storage.installation import RESTORING, shown
from storage.sealing import KeyRing, KeysUnusable
from storage.switches import RESTORED, switched
from storage.tables import LetterRow

KINDS = ("sqlite", "postgresql")


@pytest.fixture
def build(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Callable[[str, str], House]]:
    """`build(kind, name)`: an empty place on a database of that kind."""
    made: list[tuple[Postgres, str]] = []

    def house(kind: str, name: str) -> House:
        folder = tmp_path / name
        folder.mkdir()
        if kind == "sqlite":
            return House(folder, f"sqlite:///{folder / 'var' / 'tscp.sqlite3'}")
        postgres: Postgres = request.getfixturevalue("postgres")
        made.append((postgres, postgres.create_database()))
        return House(folder, made[-1][1])

    yield house
    for postgres, url in made:
        postgres.drop(url)


@pytest.fixture
def kept(build: Callable[[str, str], House]) -> House:
    """Two referrals filed, one letter waiting, somebody signed in; on SQLite."""
    house = build("sqlite", "kept")
    fill(house)
    return house


def fill(house: House) -> None:
    with house.open() as (engine, keys):
        for _ in range(2):
            house.file(engine, keys)
        with transaction(engine) as session:
            address = keys.seal(b"gp@example.org", "address")
            session.add(LetterRow(kind="chaser", state="waiting", at=AT, address=address))


def give_keys(house: House, other: House) -> None:
    shutil.copytree(house.keys, other.keys)


@pytest.mark.parametrize("target", KINDS)
@pytest.mark.parametrize("source", KINDS)
def test_it_is_of_one_moment_though_mail_is_filed_and_the_same_on_either_database(
    build: Callable[[str, str], House], tmp_path: Path, source: str, target: str
) -> None:
    """The mail filed while rows are read waits for nothing and is in no table of the backup."""
    one, other = build(source, "one"), build(target, "other")
    fill(one)
    before = one.rows()
    made = one.back_up(tmp_path / "backup", while_reading="messages")
    assert len(one.rows()["messages"]) == 3
    assert (made.rows["messages"], made.originals, made.originals_missing) == (2, 3, 0)
    give_keys(one, other)
    assert other.restore(tmp_path / "backup").opened
    after = other.rows()
    assert after["audit"].pop()[2:] == ("sam", "restored from a backup", "")
    after["switches"].clear()
    assert [letter[3] for letter in after["letters"]].count("perhaps sent") == 1
    for tables in (before, after):
        del tables["letters"]
    assert after == before


@pytest.mark.parametrize("target", KINDS)
def test_work_goes_on_after_a_restore(
    build: Callable[[str, str], House], kept: House, tmp_path: Path, target: str
) -> None:
    """Numbers go on, originals open, letters that waited are for a person, mail is told apart."""
    kept.back_up(tmp_path / "backup")
    other = build(target, "other")
    give_keys(kept, other)
    other.restore(tmp_path / "backup")
    other.filed = kept.filed
    with other.open() as (engine, keys):
        other.file(engine, keys)
        assert other.originals(keys).read(other.rows()["messages"][0][3]) == b"1"
        with reading(engine) as session:
            restored, letter = switched(session, RESTORED), session.get(LetterRow, 1)
    assert [row[0] for row in other.rows()["messages"]] == [1, 2, 3]
    assert restored is not None
    assert (restored.at, restored.by) == (AT, "sam")
    waited = next(row for row in other.rows()["letters"] if "chaser" in row)
    assert "perhaps sent" in waited
    assert "restored from a backup: it may have been sent since that was made" in waited
    assert letter is not None


def test_files_are_for_their_owner_only_and_nothing_is_left_beside(
    kept: House, tmp_path: Path
) -> None:
    kept.back_up(tmp_path / "backup")
    modes = {p.is_dir(): p.stat().st_mode & 0o777 for p in (tmp_path / "backup").rglob("*")}
    assert modes == {True: 0o700, False: 0o600}
    assert (tmp_path / "backup").stat().st_mode & 0o777 == 0o700
    assert list(tmp_path.glob("*.unfinished")) == []
    there = b"".join(p.read_bytes() for p in (tmp_path / "backup").rglob("*") if p.is_file())
    (key,) = kept.keys.glob("*.key")
    assert key.read_text().strip().encode() not in there
    assert key.name[:-4].encode() in there


# ---- damage


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-20])


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def an_original(folder: Path) -> Path:
    return min((folder / ORIGINALS).glob("??/*"))


DAMAGES: dict[str, Callable[[Path], object]] = {
    "rows cut": lambda folder: cut(folder / ROWS),
    "rows altered": lambda folder: flip(folder / ROWS),
    "an original cut": lambda folder: cut(an_original(folder)),
    "an original altered": lambda folder: flip(an_original(folder)),
    "an original gone": lambda folder: an_original(folder).unlink(),
    "sums cut": lambda folder: cut(folder / SUMS),
    "manifest cut": lambda folder: cut(folder / MANIFEST),
    "manifest gone": lambda folder: (folder / MANIFEST).unlink(),
    "a message left out": lambda folder: rewritten(
        folder, lambda line: None if isinstance(line, list) and line[1:3] == ["tscp", "1"] else line
    ),
    "no such backup": shutil.rmtree,
}


@pytest.mark.parametrize("with_keys", [True, False], ids=["keys", "no keys"])
@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_backup_is_refused_before_anything_is_made(
    build: Callable[[str, str], House], kept: House, tmp_path: Path, damage: str, with_keys: bool
) -> None:
    kept.back_up(tmp_path / "backup")
    DAMAGES[damage](tmp_path / "backup")
    other = build("sqlite", "other")
    if with_keys:
        give_keys(kept, other)
    with pytest.raises(BackupUnusable) as caught:
        other.restore(tmp_path / "backup")
    assert "backup" in str(caught.value)
    assert not other.data.exists()


@pytest.mark.parametrize("changed", [{"program": "9"}, {"created_at": "2020-01-01T00:00:00+00:00"}])
def test_who_has_no_keys_cannot_alter_a_backup_unseen(
    build: Callable[[str, str], House], kept: House, tmp_path: Path, changed: dict[str, str]
) -> None:
    """Every checksum fits; the seal does not."""
    kept.back_up(tmp_path / "backup")
    rewritten(tmp_path / "backup", **changed)
    other = build("sqlite", "other")
    give_keys(kept, other)
    with pytest.raises(BackupUnusable, match="altered"):
        other.restore(tmp_path / "backup")
    assert not other.data.exists()


def test_an_original_that_was_lost_before_is_told_and_stops_no_backup(
    build: Callable[[str, str], House], kept: House, tmp_path: Path
) -> None:
    an_original(kept.data).unlink()
    made = kept.back_up(tmp_path / "backup")
    assert (made.originals, made.originals_missing) == (1, 1)
    other = build("sqlite", "other")
    give_keys(kept, other)
    assert other.restore(tmp_path / "backup").opened


# ---- keys


def test_other_keys_are_refused_and_the_right_ones_named(
    build: Callable[[str, str], House], kept: House, tmp_path: Path
) -> None:
    kept.back_up(tmp_path / "backup")
    other = build("sqlite", "other")
    KeyRing.create(other.keys)
    with pytest.raises(KeysUnusable) as caught:
        other.restore(tmp_path / "backup")
    (right,) = kept.keys.glob("*.key")
    assert right.name in str(caught.value)
    assert not other.data.exists()


@pytest.mark.parametrize("target", KINDS)
def test_without_keys_it_is_restored_and_read_once_they_are_there(
    build: Callable[[str, str], House], kept: House, tmp_path: Path, target: str
) -> None:
    made = kept.back_up(tmp_path / "backup")
    other = build(target, "other")
    done = other.restore(tmp_path / "backup")
    assert (done.opened, done.manifest.keys) == (False, made.keys)
    with pytest.raises(KeysUnusable, match="put back"), other.open():
        pass
    give_keys(kept, other)
    with other.open() as (engine, keys), reading(engine) as session:
        schema.check_keys(session, keys)


# ---- the place


@pytest.mark.parametrize("kind", KINDS)
def test_only_an_empty_place_is_restored_into(
    build: Callable[[str, str], House], kept: House, tmp_path: Path, kind: str
) -> None:
    """Neither an installation, nor a folder with a picture in it, is ever written over."""
    kept.back_up(tmp_path / "backup")
    taken = build(kind, "taken")
    fill(taken)
    before = taken.rows()
    with pytest.raises(DatabaseUnusable, match="not empty"):
        taken.restore(tmp_path / "backup")
    shutil.move(taken.data, tmp_path / "away")
    taken.data.mkdir()
    (taken.data / "holiday.jpg").touch()
    with pytest.raises(DatabaseUnusable, match="not empty"):
        taken.restore(tmp_path / "backup")
    if kind == "postgresql":
        assert taken.rows() == before


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_cut_restore_left_is_no_installation_and_is_restored_anew(
    build: Callable[[str, str], House], kept: House, tmp_path: Path, kind: str
) -> None:
    """Tables and files are there, the marker still stands."""
    kept.back_up(tmp_path / "backup")
    other = build(kind, "other")
    give_keys(kept, other)
    other.restore(tmp_path / "backup")
    whole = other.rows()
    (other.data / RESTORING).write_text(shown(other.url))
    an_original(other.data).unlink()
    with pytest.raises(DatabaseUnusable, match="cut short"), other.open():
        pass
    other.restore(tmp_path / "backup")
    assert other.rows() == whole
    with other.open() as (_, keys):
        assert len(list(other.originals(keys).files())) == 2


@pytest.mark.parametrize("kind", KINDS)
def test_a_marker_never_empties_another_database(
    build: Callable[[str, str], House], tmp_path: Path, kind: str
) -> None:
    """The settings were changed after a restore was cut: that database holds something else."""
    other = build(kind, "other")
    fill(other)
    (other.data / RESTORING).write_text("sqlite:///elsewhere")
    with pytest.raises(DatabaseUnusable, match="not empty"):
        refuse_unless_empty(other.data, other.url)


# ---- versions


@pytest.mark.parametrize("kind", KINDS)
def test_a_backup_of_an_older_version_is_brought_to_this_one(
    build: Callable[[str, str], House], kept: House, tmp_path: Path, kind: str
) -> None:
    """From before there was an outbox: four tables and many columns fewer."""
    made = kept.back_up(tmp_path / "backup")
    engine = open_database(f"sqlite:///{tmp_path / 'old.sqlite3'}")
    schema.migrate(engine, "0001")
    with reading(engine) as session:
        connection = session.connection()
        columns = {
            table: [row[1] for row in connection.exec_driver_sql(f"PRAGMA table_info({table})")]
            for table in made.rows
        }
    engine.dispose()
    counts = {table: n for table, n in made.rows.items() if columns[table]}
    assert counts.keys() != made.rows.keys()
    rewritten(
        tmp_path / "backup", older(columns), KeyRing.load(kept.keys), schema="0001", counts=counts
    )
    other = build(kind, "other")
    give_keys(kept, other)
    other.restore(tmp_path / "backup")
    with other.open() as (engine, keys):
        assert schema.version(engine) == schema.HEAD
        other.filed = kept.filed
        other.file(engine, keys)
    assert other.rows()["facts"][: made.rows["facts"]] == kept.rows()["facts"]


def older(columns: dict[str, list[str]]) -> Callable[[Any], Any]:
    """Leaves out what an older version did not have, and a letter it could not have."""
    now: dict[str, Any] = {}

    def change(line: Any) -> Any:
        if isinstance(line, dict):
            now.update(line)
            left = [name for name in line["columns"] if name in columns[line["table"]]]
            return {"table": line["table"], "columns": left} if left else None
        there = dict(zip(now["columns"], line, strict=True))
        if now["table"] == "letters" and there["case"] is None:
            there |= {"case": "TSCP-2026-0001", "answers_mail_of": there["at"]}
        left = [value for name, value in there.items() if name in columns[now["table"]]]
        return left or None

    return change


def test_a_backup_of_a_later_version_is_refused(
    build: Callable[[str, str], House], kept: House, tmp_path: Path
) -> None:
    kept.back_up(tmp_path / "backup")
    rewritten(tmp_path / "backup", schema="9999", program="7.0.0")
    with pytest.raises(BackupUnusable, match=r"version 7\.0\.0"):
        build("sqlite", "other").restore(tmp_path / "backup")


# ---- where backups are made


def test_a_backup_is_made_in_a_new_folder_apart_from_what_it_keeps(tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").touch()
    (tmp_path / "empty").mkdir()
    taken = {
        tmp_path / "full": "not empty",
        tmp_path / "full" / "x": "not empty",
        tmp_path / "var" / "backup": "lost with it",
        tmp_path / "absent" / "backup": "is its disk not there",
        Path("/proc"): "a whole disk",
    }
    for folder, why in taken.items():
        with pytest.raises(PlaceTaken, match=why):
            refuse_taken(folder, [tmp_path / "var"])
    refuse_taken(tmp_path / "empty", [tmp_path / "var"])
    refuse_taken(tmp_path / "new", [tmp_path / "var"])


def test_two_backups_at_once_do_not_share_a_folder_and_nobodys_files_are_taken_away(
    tmp_path: Path,
) -> None:
    with (
        made_beside(tmp_path / "b", {"rows"}) as place,
        pytest.raises(PlaceTaken, match="another process"),
        made_beside(tmp_path / "b", {"rows"}),
    ):
        pass
    assert (tmp_path / "b").is_dir()
    assert not place.exists()
    (tmp_path / "c.unfinished").mkdir()
    (tmp_path / "c.unfinished" / "thesis.odt").touch()
    with pytest.raises(PlaceTaken, match="not ours"), made_beside(tmp_path / "c", {"rows"}):
        pass
    assert (tmp_path / "c.unfinished" / "thesis.odt").exists()


def test_a_full_disk_leaves_nothing_of_a_backup(kept: House, tmp_path: Path) -> None:
    """A limit on the size of files does to a large original what a full disk does."""
    kept.originals(KeyRing.load(kept.keys)).keep(bytes(300_000))
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, hard))
        with pytest.raises(BackupUnusable, match="make room"):
            kept.back_up(tmp_path / "backup")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, ignored)
    assert list(tmp_path.glob("backup*")) == []
