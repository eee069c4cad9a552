"""Data, database and keys are made together once, and refused when one of them is missing."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from storage import schema
from storage.database import DatabaseUnusable, open_database, reading, sqlite_file
from storage.installation import migrate_installation, open_installation
from storage.sealing import KeyRing, KeysUnusable

OPENS = """
import sys
from pathlib import Path
from storage.installation import open_installation
engine, keys = open_installation(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
print(keys.blind("same"))
"""


class Place:
    """Where an installation is, or is to be."""

    def __init__(self, folder: Path, url: str) -> None:
        """`url` as in the settings."""
        self.data, self.keys, self.url = folder / "var", folder / "keys", url

    def open(self) -> KeyRing:
        """Opens it as the program does at its start."""
        engine, keys = open_installation(self.data, self.keys, self.url)
        with reading(engine) as session:
            schema.check_keys(session, keys)
        engine.dispose()
        return keys

    def refused(self) -> str:
        """The sentence of the refusal, on one line."""
        with pytest.raises((KeysUnusable, DatabaseUnusable)) as caught:
            self.open()
        said = str(caught.value)
        assert "\n" not in said
        return said

    def the_key(self) -> Path:
        """Its one key."""
        (found,) = self.keys.glob("*.key")
        return found


@pytest.fixture
def place(tmp_path: Path, database_url: str) -> Place:
    """Nothing is there yet."""
    on_disk = sqlite_file(database_url) is not None
    url = f"sqlite:///{tmp_path / 'var' / 'tscp.sqlite3'}" if on_disk else database_url
    return Place(tmp_path, url)


def drop_database(place: Place) -> None:
    """The database is gone, the folders are there."""
    file = sqlite_file(place.url)
    if file is not None:
        file.unlink()
        (place.data / "originals").mkdir()
        return
    engine = open_database(place.url)
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP SCHEMA public CASCADE")
        connection.exec_driver_sql("CREATE SCHEMA public")
    engine.dispose()


def test_the_first_start_makes_everything_for_its_owner_only(place: Place) -> None:
    made = place.open()
    modes = [path.stat().st_mode & 0o777 for path in (place.data, place.keys, place.the_key())]
    assert modes == [0o700, 0o700, 0o600]
    assert place.open().blind("x") == made.blind("x")
    assert not (place.data / ".making").exists()


Spoil = Callable[[Place], object]
SPOILT: list[tuple[str, Spoil, str]] = [
    ("key missing", lambda p: p.the_key().unlink(), "put back the keys"),
    ("keys missing", lambda p: shutil.rmtree(p.keys), "put back the keys"),
    ("key cut short", lambda p: p.the_key().write_text("ab"), "put back the file"),
    ("key no text", lambda p: p.the_key().write_text("é" * 64), "put back the file"),
    ("key for all to read", lambda p: p.the_key().chmod(0o640), "chmod 600"),
    ("database missing", drop_database, "put the database back"),
    ("key of another", lambda p: (p.the_key().unlink(), KeyRing.create(p.keys)), "put back"),
]


@pytest.mark.parametrize(("what", "spoil", "cure"), SPOILT, ids=[row[0] for row in SPOILT])
def test_what_is_missing_or_wrong_is_named_with_its_cure(
    place: Place, what: str, spoil: Spoil, cure: str
) -> None:
    place.open()
    spoil(place)
    said = place.refused()
    assert cure in said
    assert str(place.keys) in said or "key" in said
    assert "None" not in said


def test_nothing_is_made_where_something_else_lies(place: Place) -> None:
    place.data.mkdir()
    (place.data / "holiday.jpg").touch()
    assert "is not empty" in place.refused()
    assert not place.keys.exists()


def test_keys_alone_are_not_taken_for_a_new_installation(place: Place) -> None:
    KeyRing.create(place.keys)
    assert "there are keys in" in place.refused()


def test_the_tables_of_another_version_ask_for_migrate(place: Place) -> None:
    place.open()
    engine = open_database(place.url)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0000'")
    engine.dispose()
    said = place.refused()
    assert "tscp migrate" in said
    assert "0000" in said


@pytest.mark.parametrize("stage", ["marked", "half a key", "a key", "tables", "all but the mark"])
def test_a_kill_while_it_is_made_is_made_good_by_the_next_start(place: Place, stage: str) -> None:
    place.data.mkdir()
    (place.data / ".making").touch()
    if stage == "half a key":
        place.keys.mkdir(mode=0o700)
        (place.keys / "12345678.unfinished").write_text("ab")
    if stage in ("a key", "all but the mark"):
        keys = KeyRing.create(place.keys)
    if stage in ("tables", "all but the mark"):
        engine = open_database(place.url)
        schema.migrate(engine)
        if stage == "all but the mark":
            schema.bind_keys(engine, keys)
        engine.dispose()
    assert place.open().blind("x") == place.open().blind("x")


def test_two_that_start_at_once_make_one_installation(place: Place) -> None:
    command = [sys.executable, "-P", "-c", OPENS, str(place.data), str(place.keys), place.url]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    said = {process.communicate()[0] for process in both}
    assert said == {f"{place.open().blind('same')}\n"}


def test_a_folder_that_cannot_be_used_is_said(tmp_path: Path) -> None:
    (tmp_path / "var").touch()
    assert "data: " in Place(tmp_path, f"sqlite:///{tmp_path / 'x'}").refused()


def test_a_password_in_the_address_is_never_shown(tmp_path: Path) -> None:
    place = Place(tmp_path, "postgresql+psycopg://tscp:hidden@127.0.0.1:1/tscp")
    with pytest.raises(Exception, match="did not answer") as caught:
        place.open()
    assert "hidden" not in str(caught.value)


def test_migrating_makes_an_installation_or_says_that_nothing_was_to_do(place: Place) -> None:
    assert migrate_installation(place.data, place.keys, place.url) == (None, schema.HEAD)
    assert migrate_installation(place.data, place.keys, place.url) == (schema.HEAD, schema.HEAD)
    place.the_key().unlink()
    with pytest.raises(KeysUnusable):
        migrate_installation(place.data, place.keys, place.url)
