"""Words on a light coloured patch of their size are highlighted; backgrounds are not."""

from reportlab.pdfgen.canvas import Canvas

from parsers.reading import Paragraph, Reading, Run, Table
from tests.parsers.test_pdf_fields import filled


def _lit(reading: Reading) -> list[str]:
    texts = [b.text for b in reading.blocks if isinstance(b, Paragraph)]
    texts += [c.text for b in reading.blocks if isinstance(b, Table) for c in b.cells]
    runs: list[Run] = [run for text in texts for run in text]
    return [run.text.strip() for run in runs if run.highlighted]


def _patch(canvas: Canvas, x: float, y: float, width: float, height: float = 11.5) -> None:
    canvas.setFillColorRGB(1, 1, 0)
    canvas.rect(x, y, width, height, stroke=0, fill=1)
    canvas.setFillColorRGB(0, 0, 0)


def test_the_option_with_a_patch_behind_it_is_highlighted() -> None:
    def draw(canvas: Canvas) -> None:
        start = 72 + canvas.stringWidth("Known / ", "Helvetica", 10)
        _patch(canvas, start, 697.5, canvas.stringWidth("Suspected ", "Helvetica", 10))
        canvas.drawString(72, 700, "Known / Suspected / No")

    assert _lit(filled(draw)) == ["Suspected"]


def test_the_background_of_a_cell_or_line_is_no_highlight() -> None:
    def draw(canvas: Canvas) -> None:
        for x, text in ((72, "Name"), (172, "Relationship")):
            _patch(canvas, x, 690, 100, 20)
            canvas.rect(x, 690, 100, 20)
            canvas.drawString(x + 4, 696, text)
        _patch(canvas, 60, 640, 480, 14)
        canvas.drawString(64, 643, "Section two")
        width = canvas.stringWidth("PR?", "Helvetica", 10)
        _patch(canvas, 72, 590, width + 4, 14)
        canvas.rect(72, 590, width + 4, 14)
        canvas.drawString(74, 593, "PR?")

    assert _lit(filled(draw)) == []
