"""A stolen disk tells no name, subject, address, birthday, number or file name."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from cases import (
    AT,
    MAX,
    TILLY,
    FilingRoom,
    a_letter,
    a_paper,
    a_sin_form,
    an_end,
    received,
)
from hypothesis import given
from hypothesis import strategies as st

from storage import messages
from storage.database import transaction
from storage.originals import FileOriginals
from storage.sealing import KeyRing, KeysUnusable
from storage.settled import DocumentSeen, Envelope, settle

KEYS = KeyRing({b"1234": bytes(range(32))})
SECRETS = ("Tilly", "Testing", "Sampleton", "Rita", "Whistle", "9990001239", "2021-06-05",
           "OL6 9ZZ", "Nowhere", "helicopter", "rita.referrer", "paul.person", "gmp.police",
           "Subject of mail", "first@here", "Tilly.docx", "PANEL/77")  # fmt: skip
MAIL = b"From: rita.referrer@tgh.nhs.uk\r\nSubject: Subject of mail, Tilly\r\n\r\nhelicopter"


def everything_on_disk(folder: Path) -> bytes:
    """Every byte of every file below a folder, and every name."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return b"\n".join([*(str(f).encode() for f in files), *(f.read_bytes() for f in files)])


def test_filed_forms_and_mails_leave_nothing_readable(room: FilingRoom, tmp_path: Path) -> None:
    FileOriginals(tmp_path / "originals", room.keys).keep(MAIL)
    child = TILLY | {"home_address": "7 Nowhere Lane", "postcode": "OL6 9ZZ"}
    form = a_sin_form((child, MAX), incident_summary="helicopter", panel_reference="PANEL/77")
    rita = a_letter("See attached", "rita.referrer@tgh.nhs.uk", message_id="<first@here>")
    room.file(a_paper(form), mail=rita)
    told = a_letter("Tilly O'Testing-Smith 5.6.21 is not known to us", subject="TSCP-2026-0001")
    assert room.file(mail=told).state == "filed"
    seen = (DocumentSeen("document 1.docx", (), "a" * 64, "read", real_name="Tilly.docx"),)
    envelope = Envelope("<1@x>", "w@x.example", "W Whistle", "Subject of mail", "a note: Tilly")
    with transaction(room.engine) as session:
        messages.received(session, received("9"), AT)
        mine = messages.claim(session, AT)
        assert mine is not None
        settle(session, room.keys, mine, AT, an_end(documents=seen, envelope=envelope))
    found = everything_on_disk(tmp_path)
    assert (tmp_path / "tscp.sqlite3-wal").stat().st_size > 0
    assert b"TSCP-2026-0001" in found
    assert [secret for secret in SECRETS if secret.lower().encode() in found.lower()] == []


@given(st.binary(max_size=200), st.sampled_from(["fact", "original", "child"]))
def test_what_is_sealed_opens_again_for_its_use_alone(plain: bytes, use: str) -> None:
    sealed = KEYS.seal(plain, use)
    assert KEYS.unseal(sealed, use) == plain
    assert sealed != KEYS.seal(plain, use)
    with pytest.raises(KeysUnusable):
        KEYS.unseal(sealed, "another use")


@given(st.binary(min_size=1, max_size=60), st.data())
def test_a_single_changed_or_missing_byte_is_refused(plain: bytes, data: st.DataObject) -> None:
    sealed = bytearray(KEYS.seal(plain, "fact"))
    at = data.draw(st.integers(0, len(sealed) - 1))
    sealed[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises(KeysUnusable):
        KEYS.unseal(bytes(sealed), "fact")
    with pytest.raises(KeysUnusable):
        KEYS.unseal(bytes(KEYS.seal(plain, "fact")[:at]), "fact")


def test_other_keys_open_nothing_and_say_which_are_wanted(tmp_path: Path) -> None:
    other = KeyRing.create(tmp_path / "other")
    with pytest.raises(KeysUnusable, match="31323334, which is not among the keys given"):
        other.unseal(KEYS.seal(b"x", "fact"), "fact")


def test_an_original_comes_back_byte_for_byte_and_is_kept_once(tmp_path: Path) -> None:
    originals = FileOriginals(tmp_path, KEYS)
    names = {originals.keep(MAIL), originals.keep(MAIL), originals.keep(b"")}
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == sorted(names)
    assert originals.read(originals.keep(MAIL)) == MAIL
    assert originals.read(originals.keep(b"")) == b""


def test_an_original_that_was_altered_or_swapped_is_refused(tmp_path: Path) -> None:
    originals = FileOriginals(tmp_path, KEYS)
    first, second = originals.keep(MAIL), originals.keep(b"another")
    one, other = (tmp_path / sha[:2] / sha for sha in (first, second))
    content = one.read_bytes()
    one.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    with pytest.raises(KeysUnusable, match="altered"):
        originals.read(first)
    one.write_bytes(other.read_bytes())
    with pytest.raises(KeysUnusable, match="altered"):
        originals.read(first)


def test_originals_are_for_their_owner_only(tmp_path: Path) -> None:
    FileOriginals(tmp_path / "originals", KEYS).keep(MAIL)
    old = os.umask(0)
    try:
        FileOriginals(tmp_path / "open", KEYS).keep(MAIL)
    finally:
        os.umask(old)
    (file,) = (path for path in (tmp_path / "open").rglob("*") if path.is_file())
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_kill_between_the_original_and_its_row_loses_nothing_and_doubles_nothing(
    room: FilingRoom, tmp_path: Path
) -> None:
    originals = FileOriginals(tmp_path / "originals", room.keys)
    sha256 = originals.keep(MAIL)
    (tmp_path / "originals" / sha256[:2] / f".{sha256}.abcd").write_bytes(b"half")
    assert originals.keep(MAIL) == sha256
    with transaction(room.engine) as session:
        assert messages.received(session, received("1", MAIL), AT) == (1, "received")
    assert originals.read(sha256) == MAIL


def test_a_message_id_is_found_by_a_hash_only_the_keys_can_make(tmp_path: Path) -> None:
    other = KeyRing.create(tmp_path / "keys")
    assert KEYS.blind("<a@b>") == KEYS.blind("<a@b>") != other.blind("<a@b>")
    assert KeyRing.load(tmp_path / "keys").blind("<a@b>") == other.blind("<a@b>")
