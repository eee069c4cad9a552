"""Word documents written anew by LibreOffice as .doc, .rtf and .odt, all in one start of it."""

import subprocess
import sys
import tempfile
from pathlib import Path

from parsers.readers.office_program import office_programs

_SAVE = """
import os, sys
from parsers.readers import office_child as child
programs, folder, *endings = sys.argv[1:]
start = child._start(programs)
start.restype, start.argtypes = child._ADDRESS, (child._TEXT, child._TEXT)
office = start(programs.encode(), f"file://{folder}/profile".encode())
document = child._methods(office, child._Office).load(office, f"file://{folder}/a.docx".encode())
for end in endings:
    save = child._methods(document, child._Document).save
    save(document, f"file://{folder}/a.{end}".encode(), end.encode(), b"")
os._exit(0)
"""


def made_into(docx, *endings):
    """{'doc': bytes, …} of a .docx."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        Path(folder, "a.docx").write_bytes(docx)
        own = {
            "HOME": folder,
            "TMPDIR": folder,
            "PATH": "/usr/bin:/bin",
            "SAL_USE_VCLPLUGIN": "svp",
        }
        subprocess.run(
            [sys.executable, "-P", "-c", _SAVE, str(office_programs()), folder, *endings],
            env=own | {"PYTHONPATH": str(Path(__file__).resolve().parents[1])},
            check=True,
            capture_output=True,
            timeout=120,
        )
        return {end: Path(folder, f"a.{end}").read_bytes() for end in endings}
