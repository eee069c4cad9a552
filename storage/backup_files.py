"""What a backup is made of. The same files whichever database it was made from.

DIR/manifest.json      what it is, written last: its counts, its checksums, the keys it needs
DIR/rows.jsonl.gz      every row: a line that names the table and its columns, then a line a row
DIR/originals/ab/…     the sealed originals, byte for byte
DIR/SHA256SUMS         of all of these but the manifest, as `sha256sum -c` reads it

Bytes, times and days have no form in JSON: they are {"bytes": base64}, {"at": ISO 8601 in UTC}
and {"on": ISO 8601}. What is sealed in the database is the same sealed bytes here.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import re
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, BinaryIO

from pydantic import TypeAdapter, ValidationError

from storage.sealing import KeyRing
from triage.problem import Explained

MANIFEST, ROWS, SUMS, ORIGINALS = "manifest.json", "rows.jsonl.gz", "SHA256SUMS", "originals"
NAMES = frozenset({MANIFEST, ROWS, SUMS, ORIGINALS})
FORMAT = 1
USE = "backup"
_SUM = re.compile(r"([0-9a-f]{64})  (rows\.jsonl\.gz|originals/([0-9a-f]{2})/\3[0-9a-f]{62})")


class BackupUnusable(Explained):
    """A backup cannot be made, or restored; the text says why and what would be right."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds. `created_at` is UTC, ISO 8601; `rows` counts them by table.

    `originals_missing`: messages whose original was not there when the backup was made.
    `seal` is the checksum of all else here, sealed: without the keys nobody can alter a backup
    so that it still passes.
    """

    format: int
    program: str
    schema: str
    created_at: str
    keys: tuple[str, ...]
    rows: Mapping[str, int]
    originals: int
    originals_missing: int
    sums_sha256: str
    seal: str = ""

    def sealed_with(self, keys: KeyRing) -> Manifest:
        """With its seal."""
        seal = b64encode(keys.seal(self._digest(), USE)).decode()
        return replace(self, seal=seal)

    def is_sealed_with(self, keys: KeyRing) -> bool:
        """Whether it is as it was made. Raises KeysUnusable for a seal that does not open."""
        return keys.unseal(b64decode(self.seal), USE) == self._digest()

    def as_json(self) -> dict[str, Any]:
        """For the file, and for other programs."""
        return asdict(self)

    def _digest(self) -> bytes:
        told = {key: value for key, value in self.as_json().items() if key != "seal"}
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).digest()


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a backup. Raises BackupUnusable."""
    try:
        return TypeAdapter(Manifest).validate_json((folder / MANIFEST).read_bytes())
    except OSError as error:
        raise BackupUnusable(
            f"{folder} is no whole backup: its {MANIFEST} cannot be read ({error.strerror})"
        ) from None
    except ValidationError:
        raise damaged(folder, MANIFEST) from None


def damaged(folder: Path, what: str) -> BackupUnusable:
    """The refusal of a backup that is not as it was made."""
    return BackupUnusable(
        f"the backup {folder} is damaged or was altered ({what}): nothing was restored; "
        "use another backup"
    )


@contextmanager
def new_file(path: Path) -> Iterator[BinaryIO]:
    """A file for its owner only, on the disk when it is closed."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


def digest(path: Path) -> str:
    """A file's sha-256, 64 hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sum_line(sha256: str, name: str) -> bytes:
    """A line of SHA256SUMS."""
    return f"{sha256}  {name}\n".encode()


def read_sums(folder: Path) -> Iterator[tuple[str, str]]:
    """Every file's sha-256 and name, relative to the backup. Raises BackupUnusable."""
    with (folder / SUMS).open(encoding="ascii", errors="replace") as lines:
        for line in lines:
            found = _SUM.fullmatch(line.rstrip("\n"))
            if found is None:
                raise damaged(folder, SUMS)
            yield found[1], found[2]


def row_line(values: Any) -> bytes:
    """A line of the rows: a list of a row's values, or what names a table and its columns."""
    return json.dumps(values, default=_as_json, separators=(",", ":")).encode() + b"\n"


def read_rows(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every row, with its table, in the order they can be inserted."""
    table, columns = "", []
    with gzip.open(folder / ROWS, "rt", encoding="ascii") as lines:
        for line in lines:
            values = json.loads(line, object_hook=_from_json)
            if isinstance(values, dict):
                table, columns = values["table"], values["columns"]
            else:
                yield table, dict(zip(columns, values, strict=True))


def _as_json(value: object) -> dict[str, str]:
    if isinstance(value, bytes | memoryview):
        return {"bytes": b64encode(value).decode()}
    if isinstance(value, datetime):
        return {"at": value.astimezone(UTC).isoformat()}
    if isinstance(value, date):
        return {"on": value.isoformat()}
    raise TypeError(f"a {type(value).__name__} has no form in a backup")


def _from_json(value: dict[str, Any]) -> Any:
    match value:
        case {"bytes": text}:
            return b64decode(text)
        case {"at": text}:
            return datetime.fromisoformat(text)
        case {"on": text}:
            return date.fromisoformat(text)
    return value
