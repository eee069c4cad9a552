"""A document to its answers: Word and PDF forms beside what reading their bare text costs."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date

import docx
import pdfplumber
import pypdfium2
from lxml import etree

from benchmarks.measuring import cpu_ms, line
from parsers import warm
from tscp.compose import FORMS
from tscp.demo.filling import fill
from tscp.demo.forms_docx import as_docx
from tscp.demo.forms_pdf import as_pdf
from tscp.demo.incidents import incidents
from tscp.registers import agencies_of

ON = date(2026, 3, 4)


def report() -> Iterator[str]:
    """Lines of the report."""
    _set_up()
    form = fill("bench", next(iter(incidents())), ON, children=2).form
    word, ruled, fields = as_docx(form), as_pdf(form, "ruled"), as_pdf(form, "fields")
    floor = cpu_ms(lambda: _docx_text(word))
    peer = cpu_ms(lambda: _docx_objects(word))
    ours = cpu_ms(lambda: warm.read("form.docx", word))
    yield line("Word form, read and understood", ours, floor, "ms", "ms zip + lxml text")
    yield line("  beside python-docx's objects", ours, peer, "ms", "ms python-docx text")
    for name, content in (("PDF form, ruled", ruled), ("PDF form, fields", fields)):
        floor = cpu_ms(lambda content=content: _pdfium_text(content))  # type: ignore[misc]
        words = cpu_ms(lambda content=content: _plumber(content, False), 3)  # type: ignore[misc]
        tables = cpu_ms(lambda content=content: _plumber(content, True), 3)  # type: ignore[misc]
        ours = cpu_ms(lambda content=content: warm.read("form.pdf", content), 3)  # type: ignore[misc]
        yield line(f"{name}, read and understood", ours, floor, "ms", "ms pdfium text")
        yield line("  beside pdfplumber's words", ours, words, "ms", "ms words")
        yield line("  beside pdfplumber's words and tables", ours, tables, "ms", "ms both")


def _set_up() -> None:
    from config.settings import HERE

    register = agencies_of([HERE / "agencies.toml"])
    aliases = {a: g.id for g in register.agencies.values() for a in (g.name, *g.aliases)}
    warm.set_up(([str(path) for path in FORMS], aliases))


def _docx_text(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        tree = etree.fromstring(archive.read("word/document.xml"))
    return "".join(tree.itertext())


def _docx_objects(content: bytes) -> str:
    document = docx.Document(io.BytesIO(content))
    cells = [c.text for t in document.tables for row in t.rows for c in row.cells]
    return "\n".join([p.text for p in document.paragraphs] + cells)


def _pdfium_text(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    try:
        return "".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def _plumber(content: bytes, tables: bool) -> int:
    found = 0
    with pdfplumber.open(io.BytesIO(content)) as document:
        for page in document.pages:
            found += len(page.extract_words())
            found += len(page.extract_tables()) if tables else 0
            page.close()
    return found
