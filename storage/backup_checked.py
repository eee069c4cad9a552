"""Is a backup whole and as it was made? Asked before anything is restored from it."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from storage import schema
from storage.backup_files import (
    FORMAT,
    ORIGINALS,
    ROWS,
    SUMS,
    BackupUnusable,
    Manifest,
    damaged,
    digest,
    read_manifest,
    read_rows,
    read_sums,
)
from storage.originals import FileOriginals
from storage.sealing import KeyRing, KeysUnusable


def checked(folder: Path, keys: KeyRing | None) -> Manifest:
    """The manifest of a backup that is whole; with its keys, one that nobody has altered.

    Raises BackupUnusable, or KeysUnusable for keys that are not those it was sealed with.
    """
    manifest = read_manifest(folder)
    _known(folder, manifest)
    if keys is not None and keys.ids != manifest.keys:
        raise KeysUnusable(
            f"the keys given are {_named(keys.ids)}, but {folder} is sealed with "
            f"{_named(manifest.keys)}: put exactly these in place of the others"
        )
    originals = _files(folder, manifest)
    try:
        sentence = _rows(folder, manifest, originals)
    except (OSError, EOFError, ValueError, LookupError, TypeError):
        raise damaged(folder, ROWS) from None
    if keys is not None:
        _opens(folder, manifest, keys, sentence, originals)
    return manifest


def key_files(keys: tuple[str, ...]) -> list[str]:
    """The files in which these keys are kept."""
    return [f"{key}.key" for key in keys]


def _named(keys: tuple[str, ...]) -> str:
    return ", ".join(key_files(keys))


def _known(folder: Path, manifest: Manifest) -> None:
    """Raises for a backup from a later version than this."""
    if manifest.format > FORMAT or not schema.knows(manifest.schema):
        later = re.sub(r"[^\w.+-]", "", manifest.program)[:20]
        raise BackupUnusable(
            f"{folder} was made by version {later} of this program, which this one does not "
            "know: install that version, or a later one"
        )


def _files(folder: Path, manifest: Manifest) -> set[str]:
    """The originals' names, once every file is there and as it was written."""
    try:
        if digest(folder / SUMS) != manifest.sums_sha256:
            raise damaged(folder, SUMS)
        sums = {name: sha256 for sha256, name in read_sums(folder)}
        for name, sha256 in sums.items():
            if digest(folder / name) != sha256:
                raise damaged(folder, name)
    except OSError as error:
        raise damaged(folder, f"a file cannot be read: {error.strerror}") from None
    originals = {name.rpartition("/")[2] for name in sums if name != ROWS}
    if ROWS not in sums or len(originals) != manifest.originals:
        raise damaged(folder, SUMS)
    return originals


def _rows(folder: Path, manifest: Manifest, originals: set[str]) -> bytes:
    """The sealed sentence that the right keys open, once the counts are found right."""
    counts: Counter[str] = Counter()
    missing, sentence = set(), b""
    for table, row in read_rows(folder):
        counts[table] += 1
        if table == "messages" and row["sha256"] not in originals:
            missing.add(row["sha256"])
        if table == "meta" and row["name"] == "keys":
            sentence = row["sealed"]
    counted = {table: counts[table] for table in manifest.rows}
    if counted != manifest.rows or counts.keys() - manifest.rows.keys():
        raise damaged(folder, ROWS)
    if len(missing) != manifest.originals_missing:
        raise damaged(folder, ORIGINALS)
    return sentence


def _opens(
    folder: Path, manifest: Manifest, keys: KeyRing, sentence: bytes, originals: set[str]
) -> None:
    """Raises unless seal, sentence and every original open with these keys."""
    try:
        if not manifest.is_sealed_with(keys):
            raise damaged(folder, "its manifest")
        schema.check_sentence(sentence, keys)
        kept = FileOriginals(folder / ORIGINALS, keys)
        for sha256 in originals:
            kept.read(sha256)
    except (KeysUnusable, ValueError):
        raise damaged(folder, "something in it does not open with its keys") from None
