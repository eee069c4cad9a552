"""The formats a document is also measured in: converted by LibreOffice, scanned, photographed.

What takes long is kept under build/corpus (git-ignored), by the digest of what it was made from.
"""

from __future__ import annotations

import hashlib
import random
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.corpus import pictures
from benchmarks.corpus.build import Layout

KEPT = Path("build/corpus")
CONVERTED = ("pdf", "doc", "odt", "rtf")
PICTURED = ("scan300", "scan200", "photo", "jpeg")
FORMATS = ("drawn", *CONVERTED, *PICTURED)
DIGITAL = ("drawn", *CONVERTED)
FILTERS = {"doc": "doc:MS Word 97", "rtf": "rtf:Rich Text Format"}
SOFFICE_SECONDS = 600


def possible(form: str, layout: Layout) -> bool:
    """Whether a layout is measured in that format; a JPEG is a photograph of one page."""
    if form == "jpeg":
        return layout.one_page
    if layout.kind == "docx" or form == "drawn":
        return True
    return layout.kind == "pdf" and form in PICTURED


def made_as(form: str, kind: str, content: bytes, seed: int) -> tuple[str, bytes]:
    """One document in a format: the file's ending and its bytes."""
    return all_made_as(form, {"one": (kind, content, seed)})["one"]


def all_made_as(
    form: str, documents: Mapping[str, tuple[str, bytes, int]]
) -> dict[str, tuple[str, bytes]]:
    """Documents (kind, bytes, seed) by name in a format: ending and bytes by name."""
    if form == "drawn":
        return {name: (kind, content) for name, (kind, content, _) in documents.items()}
    if form in CONVERTED:
        made = converted([content for _, content, _ in documents.values()], form)
        return {name: (form, content) for name, content in zip(documents, made, strict=True)}
    words = {name: d for name, d in documents.items() if d[0] == "docx"}
    printed = dict(zip(words, converted([d[1] for d in words.values()], "pdf"), strict=True))
    kind = "jpg" if form == "jpeg" else "pdf"
    found = {}  # in the order of the documents
    for name, (_, content, seed) in documents.items():
        found[name] = (kind, _pictured(printed.get(name, content), form, seed))
    return found


def _pictured(content: bytes, form: str, seed: int) -> bytes:
    place = _place(content, f"{form}.{seed}")
    if not place.exists():
        chance = random.Random(f"{form} {seed}")
        _keep(place, pictures.AS[form](content, chance))
    return place.read_bytes()


def converted(contents: Sequence[bytes], to: str) -> list[bytes]:
    """Word documents by LibreOffice, all that are not kept yet in one call."""
    places = [_place(content, to) for content in contents]
    missing = {p: c for p, c in zip(places, contents, strict=True) if not p.exists()}
    if missing:
        with TemporaryDirectory() as folder:
            _by_libreoffice(Path(folder), missing, to)
    return [place.read_bytes() for place in places]


def _by_libreoffice(folder: Path, missing: Mapping[Path, bytes], to: str) -> None:
    files = {folder / f"{number}.docx": place for number, place in enumerate(missing)}
    for file, place in files.items():
        file.write_bytes(missing[place])
    out = folder / "out"
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", "--headless", profile, "--convert-to", FILTERS.get(to, to)]
    command += ["--outdir", str(out), *map(str, files)]
    subprocess.run(command, check=True, capture_output=True, timeout=SOFFICE_SECONDS)
    for file, place in files.items():
        _keep(place, (out / file.with_suffix(f".{to}").name).read_bytes())


def _place(content: bytes, ending: str) -> Path:
    return KEPT / f"{hashlib.sha256(content).hexdigest()[:24]}.{ending}"


def _keep(place: Path, content: bytes) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    new = place.with_suffix(place.suffix + ".new")
    new.write_bytes(content)
    new.rename(place)
