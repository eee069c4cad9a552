"""PDF layouts filled in the fields of an AcroForm."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.platypus import Flowable, Spacer

from benchmarks.corpus import pdf
from benchmarks.corpus.form import Form, Option, Question, Row
from tscp.demo.forms_pdf import Field
from tscp.demo.type_faces import PLAIN

NONE = "Please select"


class Ticks(Flowable):  # type: ignore[misc]
    """Check boxes, or radio buttons of one group, each before its words."""

    side = 10.0

    def __init__(self, name: str, options: tuple[Option, ...], radio: bool) -> None:
        super().__init__()
        self.name, self.options, self.radio = name, options, radio
        self.places: list[tuple[float, float]] = []

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Fills lines from the left."""
        x = down = 0.0
        self.places = []
        for option in self.options:
            needed = self.side + 22 + float(pdfmetrics.stringWidth(option.label, PLAIN, 9))
            if x and x + needed > width:
                x, down = 0.0, down + 16
            self.places.append((x, down))
            x += needed
        return width, down + 16

    def draw(self) -> None:
        """Button, words."""
        last = self.places[-1][1]
        for number, (option, (x, down)) in enumerate(zip(self.options, self.places, strict=True)):
            self._button(number, option, x, last - down + 2)
            self.canv.setFont(PLAIN, 9)
            self.canv.drawString(x + self.side + 4, last - down + 4, option.label)

    def _button(self, number: int, option: Option, x: float, y: float) -> None:
        look: dict[str, Any] = {"x": x, "y": y, "size": self.side, "relative": True}
        look |= {"buttonStyle": "cross", "borderWidth": 1}
        if self.radio:
            self.canv.acroForm.radio(
                name=self.name, value=f"o{number}", selected=option.ticked, **look
            )
        else:
            self.canv.acroForm.checkbox(name=f"{self.name}_{number}", checked=option.ticked, **look)


class Choice(Flowable):  # type: ignore[misc]
    """A drop-down list."""

    def __init__(self, name: str, options: tuple[Option, ...]) -> None:
        super().__init__()
        self.name, self.options = name, options

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """One line."""
        self.width = min(width, 260.0)
        return self.width, 20.0

    def draw(self) -> None:
        """The list, with what was chosen."""
        chosen = next((o.label for o in self.options if o.ticked), NONE)
        self.canv.acroForm.choice(
            name=self.name, value=chosen, options=[NONE, *(o.label for o in self.options)],
            width=self.width, height=18, fontSize=9, borderWidth=0.5, relative=True,
            fieldFlags="combo",
        )  # fmt: skip


def fields_beside(form: Form) -> bytes:
    """Labels on the left, fields on the right, no rules."""
    return pdf.saved(form, list(_fields(form, above=False)))


def fields_below(form: Form) -> bytes:
    """Each label above its field; fields have no names that say anything."""
    return pdf.saved(form, list(_fields(form, above=True)))


def _fields(form: Form, above: bool) -> Iterator[Flowable]:
    yield from pdf.opening(form)
    count = 0
    for section in form.sections:
        yield pdf.text(section.heading, pdf.HEADING)
        for number, row in enumerate((section.questions, *section.rows)):
            if not row:
                continue
            if number:
                yield pdf.text(section.row_heading.format(number=number), pdf.STRONG)
            count += 1
            yield from _block(f"{count}", row, above)
            yield Spacer(0, 6)


def _block(block: str, row: Row, above: bool) -> Iterator[Flowable]:
    for number, question in enumerate(row):
        name = (
            f"Text{block}_{number}"
            if above
            else f"{question.key.replace(' ', '_')}_{block}_{number}"
        )
        field = _field(name, question, "" if above else question.label)
        if above:
            yield from (*pdf.label(question), field, Spacer(0, 3))
        else:
            pair = [[pdf.label(question, strong=False), field]]
            table = pdf.table(pair, (pdf.WIDTH * 0.4, pdf.WIDTH * 0.6))
            table.setStyle([("GRID", (0, 0), (-1, -1), 0, None)])
            yield table


def _field(name: str, question: Question, tip: str) -> Flowable:
    ticked = sum(option.ticked for option in question.options)
    if len(question.options) > 4 or ticked > 1:
        return Ticks(name, question.options, radio=False)
    if len(question.options) == 4:
        return Choice(name, question.options)
    if question.options:
        return Ticks(name, question.options, radio=len(question.options) == 3)
    text = question.text.replace("•", "-")  # reportlab's fields know no bullets
    return Field(name, tip, text, question.long or "\n" in question.text)
