"""A PDF becomes a Reading, by pdfplumber.

Each page is laid out once and closed; the steps are: marks (pdf_page.py: words, rules, fields),
running heads and feet taken off (pdf_join.py), drafts (pdf_ruled.py, pdf_unruled.py), joined
over page breaks, and finished with evidence (pdf_evidence.py). Leader dots and underscores are
left out: they only show where to write.
"""

from __future__ import annotations

import logging
import struct
import zlib
from collections.abc import Iterator
from io import BytesIO
from itertools import islice

from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect, PDFXRefFallback
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdfpage import PDFPage
from pdfminer.psexceptions import PSException
from pdfplumber.page import Page
from pdfplumber.pdf import PDF
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from parsers.readers import pdf_problems as problems
from parsers.readers.pdf_attached import files_inside
from parsers.readers.pdf_drafts import DraftParagraph
from parsers.readers.pdf_evidence import Finisher, Shows
from parsers.readers.pdf_fields import Fields
from parsers.readers.pdf_join import joined, paragraphs_joined, take_margins
from parsers.readers.pdf_layout import drafts_of
from parsers.readers.pdf_marks import Marks
from parsers.readers.pdf_page import marks_of, swells
from parsers.readers.pdf_pictures import Pictures, recognised
from parsers.readers.pdf_regions import regions
from parsers.readers.pdf_text import lines_of
from parsers.readers.pdf_turn import Turn
from parsers.reading import Reading, Unreadable
from triage.problem import Problem

MOST_PAGES = 200
MOST_BYTES = 100_000_000
# A broken PDF makes pdfminer fail anywhere, with almost any error (recursion is a RuntimeError);
# pdfplumber wraps some of them. Memory is not among them; the worker's limits speak of that.
UNFORESEEN = (
    ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, MalformedPDFException,
    OSError, PDFException, PSException, PdfminerException, RuntimeError, TypeError, ValueError,
    struct.error, zlib.error,
)  # fmt: skip

# pdfminer writes what it finds odd, with pieces of the document, to the log.
logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
logging.getLogger("pdfplumber").setLevel(logging.CRITICAL)


def read_pdf(content: bytes, password: str = "") -> Reading:
    """The document's paragraphs and tables; raises only Unreadable.

    The password, if one was given, opens a document that does not open without it. What nobody
    foresaw is caught here and only here: none of it says more to a person than 'damaged'.
    """
    if not content.strip():
        raise Unreadable(problems.EMPTY)
    if len(content) > MOST_BYTES:
        raise Unreadable(problems.TOO_BIG)
    if b"%PDF" not in content[:2048]:
        raise Unreadable(problems.NOT_A_PDF)
    try:
        return _read(_opened(content, password), Pictures(content, password))
    except Unreadable:
        raise
    except UNFORESEEN as error:
        raise Unreadable(_reason(error)) from None


def _reason(error: BaseException) -> Problem:
    """The problem behind an error."""
    inner = _inner(error)
    if isinstance(inner, PDFPasswordIncorrect):
        return problems.PROTECTED
    if isinstance(inner, PDFEncryptionError):
        return problems.PROTECTED_OTHERWISE
    return problems.DAMAGED


def _inner(error: BaseException) -> BaseException:
    """The error that pdfplumber wrapped in one of its own."""
    return error.args[0] if error.args and isinstance(error.args[0], Exception) else error


def _opened(content: bytes, password: str) -> PDF:
    """The document, without the password if it opens so: an owner's password locks nobody out."""
    try:
        return PDF(BytesIO(content))
    except PdfminerException as error:
        if not password or not isinstance(_inner(error), PDFPasswordIncorrect):
            raise
    # Acrobat writes a password as Latin-1, which pdfminer expects; others write it as UTF-8.
    for given in (password, password.encode("utf-8", "replace").decode("latin-1")):
        try:
            return PDF(BytesIO(content), password=given)
        except PdfminerException as error:
            # ValueError: letters that no password of this kind of PDF can have.
            if not isinstance(_inner(error), (PDFPasswordIncorrect, ValueError)):
                raise
    raise Unreadable(problems.NOT_OPENED)


def _read(pdf: PDF, pictures: Pictures) -> Reading:
    fields = Fields(pdf.doc.catalog)
    found = files_inside(pdf.doc.catalog)
    if any(isinstance(table, PDFXRefFallback) for table in pdf.doc.xrefs):
        found.append(problems.MENDED)
    pages = list(_pages(pdf, fields, found))
    turns: dict[int, Shows] = {m.number: _turn(m) for m in pages}
    pages = recognised(pages, turns, pictures, found)
    problems.check(pages, fields.xfa, found)
    widgets = sum(m.fields for m in pages)
    margin = take_margins(pages)
    notes = [line for marks in pages for line in lines_of(marks.notes)]
    drafts = paragraphs_joined(
        joined([drafts_of(part) for marks in pages for part in regions(marks)])
    )
    scanned = pictures.pages
    finisher = Finisher(turns, scanned)
    return Reading(
        tuple(finisher.block(draft) for draft in drafts),
        "form fields" if widgets >= 5 else "tesseract" if scanned else "pdfplumber",
        tuple(finisher.paragraph(DraftParagraph([line], line.x1)) for line in margin + notes),
        tuple(found),
    )


def _turn(marks: Marks) -> Turn:
    wide = marks.turned % 2
    width, height = (marks.height, marks.width) if wide else (marks.width, marks.height)
    return Turn(marks.turned, width, height)


def _pages(pdf: PDF, fields: Fields, found: list[Problem]) -> Iterator[Marks]:
    """The marks of each page, up to the limit; a page is closed before the next is opened."""
    for number, page_object in enumerate(
        islice(PDFPage.create_pages(pdf.doc), MOST_PAGES + 1), start=1
    ):
        if number > MOST_PAGES:
            found.append(problems.too_many_pages(MOST_PAGES))
            return
        if swells(page_object):
            raise Unreadable(problems.TOO_BIG)
        page = Page(pdf, page_object, number)
        try:
            yield marks_of(page, number, fields)
        finally:
            page.close()
