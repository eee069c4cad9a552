"""One reader a kind of document, each turning bytes into a Reading (parsers/reading.py).

In: the bytes of a document whose kind identify() named, and a password where a person gave one
and the kind can have one. Out: a Reading, or Unreadable raised.
Start reading at docx.py or pdf.py.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from parsers.reading import Reader, Reading


def _late(module: str, name: str) -> Callable[..., Reading]:
    """A reader whose libraries load with the first document that needs them, not before.

    Both together cost 0.2 s and 40 MB, which whoever reads no document should not pay.
    """

    def read(content: bytes, *password: str) -> Reading:
        reader: Callable[..., Reading] = getattr(import_module(module), name)
        return reader(content, *password)

    return read


_PDF = _late("parsers.readers.pdf", "read_pdf")
READERS: dict[str, Reader] = {
    "docx": _late("parsers.readers.docx", "read_docx"),
    "pdf": _PDF,
    "image": _late("parsers.readers.picture", "read_picture"),
    "doc": _late("parsers.readers.office", "read_doc"),
    "rtf": _late("parsers.readers.office", "read_rtf"),
    "odt": _late("parsers.readers.office", "read_odt"),
}
WITH_PASSWORD: dict[str, Callable[[bytes, str], Reading]] = {"pdf": _PDF}
"""Readers of kinds that are opened by the library that reads them, not before (unlock.py)."""
