"""Where LibreOffice is; loads nothing, for `tscp check` asks too."""

from __future__ import annotations

import shutil
from pathlib import Path

from parsers.readers.office_child import LIBRARIES


def office_programs() -> Path | None:
    """LibreOffice's folder of programs; None where it is not installed."""
    for name in ("soffice", "libreoffice"):
        found = shutil.which(name)
        folder = Path(found).resolve().parent if found else None
        if folder is not None and any((folder / library).exists() for library in LIBRARIES):
            return folder
    return None
