"""What PDF layouts share: an answer as flowables, a grid, pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias
from xml.sax.saxutils import escape

from reportlab.platypus import Flowable, Paragraph, Spacer, Table, TableStyle

from benchmarks.corpus.form import Form, Question, Section
from benchmarks.corpus.marks import Run, runs
from tscp.demo.forms import Option as DrawnOption
from tscp.demo.forms_pdf import BODY, CELLS, LABEL, SMALL, STRONG, TITLE, WIDTH, Boxes, text
from tscp.demo.forms_pdf import SECTION as HEADING
from tscp.demo.forms_pdf import pdf as pages
from tscp.demo.type_faces import BOLD, register_faces

__all__ = ("BODY", "HEADING", "SMALL", "STRONG", "WIDTH", "Boxes", "answer", "saved", "text")
Canvas: TypeAlias = Any  # reportlab says nothing about its types
OPEN = {
    "bold": f'<font name="{BOLD}">',
    "underlined": "<u>",
    "struck": "<strike>",
    "highlighted": '<font backColor="#FFFF66">',
}
SHUT = {"bold": "</font>", "underlined": "</u>", "struck": "</strike>", "highlighted": "</font>"}
# reportlab takes a symbol face's characters as Unicode and puts a black square for all others.
DINGBATS = {
    False: "\N{LOWER RIGHT DROP-SHADOWED WHITE SQUARE}",
    True: "\N{HEAVY BALLOT X}",
}


def opening(form: Form) -> Iterator[Flowable]:
    """Title, subtitle with the version, intro."""
    register_faces()
    yield text(form.title, TITLE)
    yield text(" ".join(filter(None, (form.subtitle, form.version))))
    if form.intro:
        yield text(form.intro)
    yield Spacer(0, 6)


def answer(question: Question, marks: str, lead: str = "") -> Flowable:
    """The answer as a flowable; `lead` is markup before it in the same paragraph."""
    shown = runs(question, marks)
    if question.options and any(run.box == "square" for run in shown) and not lead:
        return Boxes([DrawnOption(o.label, o.ticked) for o in question.options])
    return Paragraph(lead + "".join(_markup(run) for run in shown), BODY)


def _markup(run: Run) -> str:
    if run.box == "square":
        return "[x]" if run.ticked else "[&nbsp;]"
    if run.box:
        return f'<font name="ZapfDingbats">{DINGBATS[run.ticked]}</font>'
    typed = escape(run.text).replace("\n", "<br/>").replace("[ ]", "[&nbsp;]")
    typed = typed.replace("( )", "(&nbsp;)").replace("    ", "&nbsp;&nbsp;&nbsp; ")
    return OPEN.get(run.look, "") + typed + SHUT.get(run.look, "")


def label(question: Question, strong: bool = True) -> list[Flowable]:
    """The label and the guidance below it."""
    shown = [text(question.label, STRONG if strong else BODY)]
    return [*shown, text(question.guidance, SMALL)] if question.guidance else shown


def table(
    rows: list[list[Any]], widths: Sequence[float], look: Sequence[Any] = (), **how: Any
) -> Flowable:
    """A ruled table that may go on over pages."""
    made = Table(rows, colWidths=widths, splitInRow=1, **how)
    made.setStyle(TableStyle([*CELLS, *look]))
    return made


def grid(section: Section, marks: str, width: float = WIDTH) -> Flowable:
    """Rows under column headings, with the spare rows empty below."""
    count = len(section.columns)
    rows: list[list[Any]] = [[text(column, STRONG) for column in section.columns]]
    for row in section.rows:
        for n in range(max(len(q.parts) for q in row)):
            parts = [q.parts[n] if n < len(q.parts) else None for q in row]
            rows.append([answer(part, marks) if part else text("") for part in parts])
    rows += [[text("")] * count for _ in range(section.spare)]
    shaded = [("BACKGROUND", (0, 0), (-1, 0), LABEL)]
    return table(rows, (width / count,) * count, shaded, repeatRows=1)


def saved(form: Form, flow: Sequence[Flowable]) -> bytes:
    """The pages' bytes, the same for the same content."""
    return pages(list(flow), form.title)
