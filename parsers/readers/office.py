"""Documents of the old Word format (.doc), rich text and OpenDocument texts, by LibreOffice.

LibreOffice makes a .docx of them, which the Word reader reads: one reader knows what labels,
controls and changes look like. It runs as a program of its own (office_child.py) in a folder
that goes with it, under the walls and limits of the worker that calls it (decision 14).
"""

from __future__ import annotations

import ctypes
import signal
import subprocess
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from parsers.more_time import more_time
from parsers.readers.docx import read_docx
from parsers.readers.docx_package import MOST_XML, ZIP_ERRORS, safe_zip
from parsers.readers.office_program import office_programs
from parsers.reading import Reading, Unreadable
from triage.problem import Problem

SECONDS = 40.0
"""A form takes 1.4 seconds of computing, nearly all of it LibreOffice's start; on a machine with
much else to do that was seen to last 12."""
MISSING = Problem(
    "Word documents of the old kind (.doc), rich text (.rtf) and OpenDocument texts (.odt) need"
    " LibreOffice, which is not installed on this machine",
    what_to_do="Ask the sender for the form as .docx or PDF, or save it as .docx.",
    kind="unreadable",
)
REFUSED = Problem(
    "LibreOffice could not open this document: it is damaged, or not what it says it is",
    what_to_do="Ask the sender to save it as .docx or PDF and send that.",
    kind="unreadable",
)
TOO_LONG = Problem(
    f"LibreOffice took longer than {SECONDS:g} seconds to open this document",
    what_to_do="Ask the sender to save it as .docx or PDF and send that.",
    kind="crashed",
)
LOCKED = Problem(
    "This OpenDocument text (.odt) is protected by a password",
    what_to_do="Ask the sender for a copy without one, or for a Word document or PDF.",
    kind="protected",
)
_ITEM = '<item oor:path="/org.openoffice.Office.{}"><prop oor:name="{}" oor:op="fuse"><value>{}</value></prop></item>'  # noqa: E501
_SETTINGS = (
    # Of a document by a stranger nothing is run, fetched or computed anew.
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Writer/Content/Update", "Link", "2"),
    ("Writer/Content/Update", "Field", "false"),
    ("Common/Save/Document", "CreateBackup", "false"),
)
_PROFILE = (
    '<oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    f"{''.join(_ITEM.format(*setting) for setting in _SETTINGS)}</oor:items>"
)
_SET_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG
_KERNEL = ctypes.CDLL(None)


def read_office(kind: str, content: bytes) -> Reading:
    """Bytes of a 'doc', 'rtf' or 'odt' → Reading; raises Unreadable, also without LibreOffice."""
    if kind == "odt":
        _refuse_unsound(content)
    return replace(read_docx(as_docx(kind, content), converted=True), reader="libreoffice")


read_doc, read_rtf, read_odt = (partial(read_office, kind) for kind in ("doc", "rtf", "odt"))


def as_docx(kind: str, content: bytes) -> bytes:
    """The document as .docx. Nothing of it is left behind. Raises Unreadable."""
    office = office_programs()
    if office is None:
        raise Unreadable(MISSING)
    with TemporaryDirectory(prefix="tscp-office-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source, made = folder / f"document.{kind}", folder / "made.docx"
        source.write_bytes(content)
        more_time(SECONDS + 10)
        (folder / "profile/user").mkdir(parents=True)
        (folder / "profile/user/registrymodifications.xcu").write_text(_PROFILE, "utf-8")
        if not _converted(office, folder, source, made):
            raise Unreadable(REFUSED)
        return made.read_bytes()


def _converted(office: Path, folder: Path, source: Path, made: Path) -> bool:
    addresses = [path.as_uri() for path in (folder / "profile", source, made)]
    program = str(Path(__file__).with_name("office_child.py"))
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-S", program, str(office), *addresses],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            env=_surroundings(folder),
            cwd=folder,
            preexec_fn=_die_with_us,  # the worker has one thread
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Unreadable(TOO_LONG) from None
    return done.returncode == 0 and made.exists()


def _surroundings(folder: Path) -> dict[str, str]:
    """Everything it writes goes into the folder; nothing that was added to it is loaded."""
    return {
        "PATH": "/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "SAL_USE_VCLPLUGIN": "svp",  # without a screen
        "UNO_SHARED_PACKAGES_CACHE": (folder / "shared").as_uri(),
    }


def _die_with_us() -> None:
    """A worker that is killed must not leave LibreOffice behind."""
    _KERNEL.prctl(_SET_DEATH_SIGNAL, signal.SIGKILL)


def _refuse_unsound(content: bytes) -> None:
    """Raises Unreadable for an OpenDocument file that is locked, a bomb, or cut short.

    LibreOffice would mend what was cut short, and a part of a form be taken for the whole. Locked
    are its parts or, since 2024, the file as one.
    """
    try:
        archive = safe_zip(content)
        if "encrypted-package" in archive.namelist():
            raise Unreadable(LOCKED)
        with archive.open("META-INF/manifest.xml") as manifest:
            if b":encryption-data" in manifest.read(1_000_000):
                raise Unreadable(LOCKED)
        with archive.open("content.xml") as words:
            words.read(MOST_XML)  # compares its checksum
    except (*ZIP_ERRORS, KeyError):
        raise Unreadable(REFUSED) from None
