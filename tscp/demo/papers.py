"""The other papers of a case: agency reports, chronologies, minutes, a scanned form."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Sequence
from datetime import date, timedelta

from PIL import Image, ImageDraw, ImageFilter, ImageFont
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tscp.demo.docx_xml import new_document, saved
from tscp.demo.forms import FormContent, Heading, Question, sheet
from tscp.demo.forms_pdf import BODY, STRONG, TITLE, pdf, text
from tscp.demo.people import Person, Professional
from tscp.demo.typed import STYLES

MARKING = "OFFICIAL-SENSITIVE"
SCAN_DPI = 110
EVENTS = (
    *("Referral received.", "First appointment, attended.", "Appointment not attended."),
    *("Telephone call to parent.", "Discussed in supervision.", "Incident notified."),
)


def agency_report(
    who: Professional, child: Person, on: date, findings: str, *, as_pdf: bool = False
) -> bytes:
    """What an agency found in its records, as it would write it."""
    title = f"{who.agency_name}: information for the safeguarding partnership"
    paragraphs = (
        f"Child: {child.name}",
        f"Date of birth: {born(child)}",
        f"Completed by: {who.name}, {who.role}",
        f"Date: {STYLES['slashes'](on)}",
        "Summary of involvement",
        findings,
        "Analysis",
        "Contacts were offered in line with the service's standard. No concern was recorded at the"
        " last contact. Records have been secured.",
    )
    if as_pdf:
        lines = [text(p, STRONG if len(p) < 24 and ":" not in p else BODY) for p in paragraphs]
        return pdf([text(title, TITLE), *lines], title)
    return _document(title, paragraphs)


def chronology(who: Professional, child: Person, on: date) -> bytes:
    """An agency's chronology: a table of events, no question in it."""
    document = new_document(MARKING)
    document.add_heading(f"Chronology - {who.agency_name}", 0)
    document.add_paragraph(f"{child.name}, born {born(child)}. Compiled by {who.name}.")
    table = document.add_table(1, 4, "Table Grid")
    rows = [("Date", "Source", "Event", "Action taken")]
    for number, event in enumerate(EVENTS):
        day = STYLES["slashes"](on - timedelta(days=30 * (len(EVENTS) - number)))
        rows.append((day, "Case notes", event, "None" if number % 2 else "Letter"))
    for number, row in enumerate(rows):
        cells = table.rows[0].cells if number == 0 else table.add_row().cells
        for cell, typed in zip(cells, row, strict=True):
            cell.text = typed
    return saved(document, "Chronology")


def minutes(on: date, present: Sequence[Professional]) -> bytes:
    """Minutes of a meeting about no case in particular."""
    paragraphs = [
        f"Held on {STYLES['words'](on)} by video call",
        "Present: " + "; ".join(f"{p.name} ({p.agency_name})" for p in present),
        "1. Minutes of the last meeting were agreed.",
        "2. Training: the safer sleeping sessions are fully booked; further dates to be found.",
        "3. Learning events: leaflets to be sent to schools before the end of term.",
        "4. Any other business: none.",
    ]
    return _document("Learning and Improvement Group - minutes", paragraphs)


def scan(form: FormContent, pages: int = 2, blur: float = 0) -> bytes:
    """A form printed, filled and scanned: a PDF of pictures with no text in it.

    From a `blur` of about 6 dots nobody can read it, and no machine.
    """
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    lines = [line for block in sheet(form) for line in _printed(block)]
    each = 62
    for page in range(pages):
        picture = _page(lines[page * each : (page + 1) * each], blur)
        canvas.drawImage(picture, 0, 0, *A4)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _printed(block: object) -> list[str]:
    if isinstance(block, Heading):
        return ["", block.text.upper()]
    if isinstance(block, Question):
        return textwrap.wrap(f"{block.label}: {block.text}", 95)
    return []


def _page(lines: Sequence[str], blur: float) -> ImageReader:
    """A slightly askew grey page, as scanners send it: a JPEG."""
    size = (int(A4[0] / 72 * SCAN_DPI), int(A4[1] / 72 * SCAN_DPI))
    page = Image.new("L", size, 250)
    draw, face = ImageDraw.Draw(page), ImageFont.load_default(14)
    for number, line in enumerate(lines):
        draw.text((60, 60 + number * 18), line, fill=40, font=face)
    buffer = io.BytesIO()
    askew = page.rotate(0.7, fillcolor=240, resample=Image.Resampling.BILINEAR)
    askew.filter(ImageFilter.GaussianBlur(blur)).save(buffer, "JPEG", quality=70)
    return ImageReader(buffer)


def born(child: Person) -> str:
    """The date of birth as agencies write it."""
    return STYLES["slashes"](child.born) if child.born else "unborn"


def _document(title: str, paragraphs: Sequence[str]) -> bytes:
    document = new_document(MARKING)
    document.add_heading(title, 0)
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    return saved(document, title)
