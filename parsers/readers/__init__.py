"""One reader a kind of document, each turning bytes into a Reading (parsers/reading.py).

In: the bytes of a document whose kind identify() named. Out: a Reading, or Unreadable raised.
Start reading at docx.py or pdf.py.
"""

from __future__ import annotations

from importlib import import_module

from parsers.reading import Reader, Reading


def _late(module: str, name: str) -> Reader:
    """A reader whose libraries load with the first document that needs them, not before.

    Both together cost 0.2 s and 40 MB, which whoever reads no document should not pay.
    """

    def read(content: bytes) -> Reading:
        reader: Reader = getattr(import_module(module), name)
        return reader(content)

    return read


READERS: dict[str, Reader] = {
    "docx": _late("parsers.readers.docx", "read_docx"),
    "pdf": _late("parsers.readers.pdf", "read_pdf"),
}
