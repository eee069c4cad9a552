"""SIN forms as PDF, in the layouts people use.

ruled:  a ruled table, label | answer, boxes drawn as squares with a cross
lines:  'Label: answer' lines without any rule, boxes typed as [x]
fields: an AcroForm; the answers stand in text fields and check boxes
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor, black, white
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from tscp.demo.forms import Block, FormContent, Grid, Heading, Note, Option, Question, sheet
from tscp.demo.type_faces import BOLD, ITALIC, PLAIN, register_faces

BODY = ParagraphStyle("body", fontName=PLAIN, fontSize=9, leading=11.5)
STRONG = ParagraphStyle("strong", parent=BODY, fontName=BOLD)
SMALL = ParagraphStyle("small", parent=BODY, fontName=ITALIC, fontSize=7.5, leading=9)
TITLE = ParagraphStyle("title", parent=STRONG, fontSize=15, leading=19, spaceAfter=4)
SECTION = ParagraphStyle("section", parent=STRONG, fontSize=11, leading=14, spaceBefore=8)
ON_DARK = ParagraphStyle("on dark", parent=SECTION, textColor=white, spaceBefore=0)
LABEL, DARK, RULE = HexColor("#D9E2F3"), HexColor("#1F3864"), HexColor("#7F7F7F")
WIDTH = A4[0] - 3.6 * cm
LABEL_WIDTH = 6.2 * cm
CELLS = [
    ("GRID", (0, 0), (-1, -1), 0.5, RULE),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("TOPPADDING", (0, 0), (-1, -1), 2),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
]


def text(typed: str, style: ParagraphStyle = BODY) -> Paragraph:
    """A paragraph; line breaks as typed."""
    register_faces()
    return Paragraph(escape(typed).replace("\n", "<br/>"), style)


class Boxes(Flowable):  # type: ignore[misc]
    """Options behind drawn squares; a cross in those ticked. `name` makes them form fields."""

    side, gap, leading = 8.0, 14.0, 14.0

    def __init__(self, options: Sequence[Option], name: str = "") -> None:
        super().__init__()
        self.options, self.name = options, name
        self.places: list[tuple[float, float]] = []

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Fills lines from the left."""
        x = y = 0.0
        self.places = []
        for option in self.options:
            needed = self.side + 4 + pdfmetrics.stringWidth(option.label, PLAIN, 9) + self.gap
            if x and x + needed > width:
                x, y = 0.0, y + self.leading
            self.places.append((x, y))
            x += needed
        return width, y + self.leading

    def draw(self) -> None:
        """Square, cross, words."""
        top = self.places[-1][1]
        for option, (x, down) in zip(self.options, self.places, strict=True):
            self._square(x, top - down + 2, option)
            self.canv.setFont(PLAIN, 9)
            self.canv.drawString(x + self.side + 4, top - down + 3, option.label)

    def _square(self, x: float, y: float, option: Option) -> None:
        if self.name:
            tip = f"{self.name}: {option.label}"
            look = {"borderWidth": 1, "size": self.side + 2, "relative": True, "tooltip": tip}
            self.canv.acroForm.checkbox(
                checked=option.ticked, buttonStyle="cross", name=tip, x=x, y=y, **look
            )
            return
        self.canv.setLineWidth(0.7)
        self.canv.rect(x, y, self.side, self.side)
        if option.ticked:
            self.canv.line(x, y, x + self.side, y + self.side)
            self.canv.line(x, y + self.side, x + self.side, y)


class Field(Flowable):  # type: ignore[misc]
    """A text field of an AcroForm with its answer in it."""

    def __init__(self, name: str, tip: str, value: str, tall: bool) -> None:
        super().__init__()
        self.name, self.tip, self.value, self.tall = name, tip, value, tall

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """As high as its answer needs."""
        lines = len(simpleSplit(self.value, "Helvetica", 9, width - 8)) if self.tall else 1
        self.width, self.height = width, 11.0 * max(lines, 1 + 2 * self.tall) + 7
        return self.width, self.height

    def draw(self) -> None:
        """The field."""
        look: dict[str, Any] = {"borderWidth": 0.5, "fontSize": 9, "fontName": "Helvetica"}
        look |= {"relative": True, "maxlen": 10000, "borderStyle": "solid", "textColor": black}
        self.canv.acroForm.textfield(
            **look,
            name=self.name,
            tooltip=self.tip,
            value=self.value,
            width=self.width,
            height=self.height,
            fieldFlags="multiline" if self.tall else "",
        )


def _ruled(blocks: Sequence[Block], answer: Callable[[Question], Flowable]) -> Iterator[Flowable]:
    """Tables of label | answer, a section each, under a dark heading row."""
    rows: list[list[Flowable]] = []
    for block in blocks:
        if not isinstance(block, Question) and rows:
            yield from (_table(rows, (LABEL_WIDTH, WIDTH - LABEL_WIDTH)), Spacer(0, 6))
            rows = []
        if isinstance(block, Question):
            note = [text(block.guidance, SMALL)] if block.guidance else []
            rows.append([[text(block.label, STRONG), *note], answer(block)])
        elif isinstance(block, Heading) and block.level == 1:
            yield _table([[text(block.text, ON_DARK)]], (WIDTH,), DARK)
        else:
            yield from _plain(block)
    if rows:
        yield _table(rows, (LABEL_WIDTH, WIDTH - LABEL_WIDTH))


def _plain(block: Block) -> Iterator[Flowable]:
    if isinstance(block, Heading):
        yield text(block.text, TITLE if block.level == 0 else SECTION)
    elif isinstance(block, Note):
        yield from (text(block.text), Spacer(0, 6))
    elif isinstance(block, Grid):
        rows = [[text(cell, STRONG) for cell in block.headings]]
        rows += [[text(cell) for cell in row] for row in block.rows]
        count = len(block.headings)
        table = _table(rows, (WIDTH / count,) * count, None)
        table.setStyle(TableStyle([("BACKGROUND", (0, 0), (-1, 0), LABEL)]))
        yield from (table, Spacer(0, 6))


def _table(rows: list[list[Flowable]], widths: tuple[float, ...], shading: Any = LABEL) -> Flowable:
    table = Table(rows, colWidths=widths, splitInRow=1)
    shaded = [("BACKGROUND", (0, 0), (0, -1), shading)] if shading else []
    table.setStyle(TableStyle([*CELLS, *shaded]))
    return table


def _drawn(block: Question) -> Flowable:
    return Boxes(block.options) if block.options else text(block.text)


def _entered(block: Question) -> Flowable:
    if block.options:
        return Boxes(block.options, block.label)
    return Field(block.name, block.label, block.text, block.long)


def _lines(blocks: Sequence[Block]) -> Iterator[Flowable]:
    """'Label: answer' lines; only the repeating tables are ruled."""
    for block in blocks:
        if isinstance(block, Question):
            signs = "   ".join(f"[{'x' if o.ticked else ' '}] {o.label}" for o in block.options)
            label = f'<font name="{BOLD}">{escape(block.label)}:</font>'
            typed = escape(signs or block.text).replace("\n", "<br/>").replace("[ ]", "[&nbsp;]")
            yield from (Paragraph(f"{label} {typed}", BODY), Spacer(0, 3))
        else:
            yield from _plain(block)


LAYOUTS: Mapping[str, Callable[[Sequence[Block]], Iterator[Flowable]]] = {
    "ruled": partial(_ruled, answer=_drawn),
    "lines": _lines,
    "fields": partial(_ruled, answer=_entered),
}


def as_pdf(form: FormContent, layout: str = "ruled", password: str = "") -> bytes:
    """The form as a PDF, the same bytes for the same content; with a password, encrypted."""
    register_faces()
    return pdf(list(LAYOUTS[layout](list(sheet(form)))), form.printed["title"], password)


def pdf(flow: list[Flowable], title: str, password: str = "") -> bytes:
    """Flowables on numbered A4 pages."""
    buffer = io.BytesIO()
    document = SimpleDocTemplate(
        buffer,
        pagesize=A4,
        title=title,
        invariant=1,
        encrypt=password or None,
        **dict.fromkeys(("leftMargin", "rightMargin", "topMargin", "bottomMargin"), 1.8 * cm),
    )
    document.build(flow, onFirstPage=_margin, onLaterPages=_margin)
    return buffer.getvalue()


def _margin(canvas: Any, document: Any) -> None:
    canvas.setFont(PLAIN, 8)
    canvas.drawString(1.8 * cm, A4[1] - 1.2 * cm, "OFFICIAL-SENSITIVE when completed")
    canvas.drawRightString(A4[0] - 1.8 * cm, 1.1 * cm, f"Page {document.page}")
