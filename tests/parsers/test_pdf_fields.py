"""Form fields stand at their place with their value, whoever filled them and however."""

from collections.abc import Callable
from io import BytesIO

from pdfminer.psparser import LIT
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFString
from reportlab.pdfgen.canvas import Canvas

from parsers.readers.pdf import read_pdf
from parsers.readers.pdf_fields import field_is_on
from parsers.reading import TICKED, UNTICKED, Reading, Run, Table, plain


def filled(draw: Callable[[Canvas], None]) -> Reading:
    stream = BytesIO()
    canvas = Canvas(stream, pagesize=A4)
    canvas.setFont("Helvetica", 10)
    draw(canvas)
    canvas.save()
    return read_pdf(stream.getvalue())


def form(canvas: Canvas) -> None:
    fields = canvas.acroForm
    for number, (label, value) in enumerate([("Name", "Bo Marsh"), ("Role", ""), ("GP", "Dr Oak")]):
        y = 750 - 30 * number
        canvas.drawString(72, y, label)
        fields.textfield(
            name=f"f{number}",
            tooltip=f"The {label}",
            value=value,
            x=200,
            y=y - 5,
            width=200,
            height=18,
        )
    canvas.drawString(72, 650, "Known?")
    for x, option in ((200, "yes"), (260, "no")):
        fields.radio(name="known", value=option, selected=option == "no", x=x, y=648, size=12)
        canvas.drawString(x + 18, 650, option.title())
    canvas.drawString(72, 620, "Harm")
    for x, name, on in ((200, "physical", True), (280, "sexual", False)):
        fields.checkbox(name=name, checked=on, x=x, y=618, size=12)
        canvas.drawString(x + 18, 620, name)
    canvas.drawString(72, 590, "Outcome")
    fields.choice(
        name="outcome",
        value="near miss",
        options=["death", "near miss"],
        x=200,
        y=585,
        width=120,
        height=18,
    )
    canvas.drawString(72, 560, "Summary")
    fields.textfield(
        name="story",
        value="First line.\nSecond line.",
        x=200,
        y=500,
        width=300,
        height=70,
        fieldFlags="multiline",
    )
    canvas.drawString(72, 540, "(what was seen)")
    canvas.drawString(72, 480, "Signed")
    canvas.drawString(200, 480, "B. Marsh")


def answers(reading: Reading) -> dict[str, str]:
    found = {}
    for table in reading.blocks:
        if isinstance(table, Table):
            for row in range(table.rows):
                label, answer = [c for c in table.cells if c.row == row][:2]
                found[plain(label.text).split("\n")[0]] = plain(answer.text)
    return found


def test_fields_are_answers_beside_their_labels() -> None:
    reading = filled(form)
    assert reading.reader == "form fields"
    found = answers(reading)
    assert found["Name"] == "Bo Marsh"
    assert found["Role"] == ""
    assert found["GP"] == "Dr Oak"
    assert found["Known?"] == f"{UNTICKED} Yes {TICKED} No"
    assert found["Harm"] == f"{TICKED} physical {UNTICKED} sexual"
    assert found["Outcome"] == "near miss"
    assert found["Summary"] == "First line.\nSecond line."
    assert found["Signed"] == "B. Marsh"


def test_field_values_are_entered_and_named_by_their_tooltip() -> None:
    reading = filled(form)
    runs = [r for t in reading.blocks if isinstance(t, Table) for c in t.cells for r in c.text]
    assert Run("Bo Marsh", entered=True, name="The Name") in runs
    assert Run("", entered=True, name="The Role") in runs


def test_evidence_of_a_field_says_so() -> None:
    reading = filled(form)
    (table, *_) = [b for b in reading.blocks if isinstance(b, Table)]
    answer = table.cells[1].evidence
    assert answer.method == "pdf-field"
    assert answer.box == (200.0, 78.9, 400.0, 96.9)


def test_a_filled_field_in_a_ruled_cell_is_the_cells_text() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.grid([72, 192, 432], [700, 730, 760])
        for y, label in ((740, "Name"), (710, "Born")):
            canvas.drawString(76, y, label)
            canvas.acroForm.textfield(
                name=label, value=f"{label} here", x=196, y=y - 6, width=200, height=20
            )

    (table,) = filled(draw).blocks
    assert isinstance(table, Table)
    assert table.ruled
    assert [plain(c.text) for c in table.cells] == ["Name", "Name here", "Born", "Born here"]


def test_a_button_is_on_by_its_look_or_its_value() -> None:
    looks = {"N": {"Yes": None, "Off": None}}
    assert field_is_on({"AP": looks, "AS": LIT("Yes")})
    assert field_is_on({"AP": looks, "AS": LIT("Off"), "V": LIT("Yes")})
    assert not field_is_on({"AP": looks, "AS": LIT("Off")})
    assert not field_is_on({"AP": looks, "V": LIT("Off")})
    assert not field_is_on({})


def test_a_radio_groups_value_decides_between_its_buttons() -> None:
    def button(option: str, shown: str) -> dict[str, object]:
        looks = {"N": {option: None, "Off": None}}
        return {"AP": looks, "AS": LIT(shown), "Parent": {"Ff": 1 << 15, "V": LIT("no")}}

    assert field_is_on(button("no", "Off"))
    assert not field_is_on(button("yes", "yes"))
    by_index = button("1", "Off")
    by_index["Parent"] = {"Ff": 1 << 15, "V": b"No", "Opt": [b"Yes", b"No"]}
    assert field_is_on(by_index)


def test_a_circle_of_parents_ends() -> None:
    parent: dict[str, object] = {"T": b"a"}
    parent["Parent"] = parent
    assert not field_is_on(parent)


def test_notes_and_pen_strokes_over_a_printed_form_count() -> None:
    def note(canvas: Canvas, kind: str, rect: list[int], **more: object) -> None:
        entry = {"Type": PDFName("Annot"), "Subtype": PDFName(kind), "Rect": PDFArray(rect)}
        canvas._addAnnotation(PDFDictionary(entry | more))

    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 750, "Name")
        canvas.drawString(72, 725, "Known?")
        for x, word in ((220, "Yes"), (280, "No")):
            canvas.rect(x, 724, 9, 9)
            canvas.drawString(x + 14, 725, word)
        note(canvas, "FreeText", [220, 745, 420, 762], Contents=PDFString("Bo Marsh"))
        note(canvas, "Ink", [278, 720, 296, 737])

    assert answers(filled(draw)) == {"Name": "Bo Marsh", "Known?": f"{UNTICKED} Yes   {TICKED} No"}


def annotated(canvas: Canvas, kind: str, rect: list[int], **more: object) -> None:
    entry = {"Type": PDFName("Annot"), "Subtype": PDFName(kind), "Rect": PDFArray(rect)}
    canvas._addAnnotation(PDFDictionary(entry | more))


def marked_over(canvas: Canvas, kind: str, rect: list[int]) -> None:
    x0, y0, x1, y1 = rect
    quad = PDFArray([x0, y1, x1, y1, x0, y0, x1, y0])
    annotated(canvas, kind, rect, QuadPoints=quad)


def test_words_marked_in_a_viewer_are_highlighted_or_struck_out() -> None:
    def draw(canvas: Canvas) -> None:
        for x, word in ((72, "Death"), (140, "Serious"), (220, "Near")):
            canvas.drawString(x, 750, word)
        marked_over(canvas, "Highlight", [138, 747, 178, 762])
        marked_over(canvas, "StrikeOut", [218, 747, 248, 762])
        canvas.drawString(300, 750, "Ringed")
        annotated(canvas, "Circle", [294, 744, 340, 764])

    runs = [r for b in filled(draw).blocks for c in getattr(b, "cells", [b]) for r in c.text]
    assert [r.text.strip() for r in runs if r.highlighted] == ["Serious", "Ringed"]
    assert [r.text.strip() for r in runs if r.struck] == ["Near"]


def test_values_without_a_look_inherited_or_stored_as_a_place_are_read() -> None:
    """As programs leave them that rely on /NeedAppearances, name fields by levels, store /I."""
    entries = PDFArray([PDFString("death"), PDFString("near miss")])
    child = PDFDictionary({"T": PDFString("child"), "FT": PDFName("Tx"), "V": PDFString("Bo")})
    fields: list[dict[str, object]] = [
        {"T": PDFString("name"), "Parent": child},
        {"T": PDFString("role"), "FT": PDFName("Tx"), "V": PDFString("Nurse")},
        {"T": PDFString("end"), "FT": PDFName("Ch"), "Opt": entries, "I": PDFArray([1])},
    ]

    def draw(canvas: Canvas) -> None:
        for number, (label, field) in enumerate(
            zip(("Name", "Role", "Outcome"), fields, strict=True)
        ):
            y = 750 - 30 * number
            canvas.drawString(72, y, label)
            annotated(canvas, "Widget", [200, y - 5, 400, y + 13], **field)

    reading = filled(draw)
    assert answers(reading) == {"Name": "Bo", "Role": "Nurse", "Outcome": "near miss"}
    names = [r.name for b in reading.blocks for c in b.cells for r in c.text if r.entered]  # type: ignore[union-attr]
    assert names == ["child.name", "role", "end"]


def test_comments_and_what_does_not_show_are_kept_but_answer_nothing() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setCropBox((50, 50, 500, 800))
        canvas.drawString(72, 750, "Name: Bo Marsh")
        canvas.drawString(510, 750, "Outside")
        canvas.setFillGray(0.1)
        canvas.rect(72, 700, 200, 20, stroke=0, fill=1)
        canvas.setFillGray(1)
        canvas.drawString(76, 705, "Heading")
        canvas.drawString(72, 650, "Hidden")
        annotated(canvas, "Text", [300, 640, 320, 660], Contents=PDFString("Please ring me"))

    reading = filled(draw)
    assert [plain(b.text) for b in reading.blocks] == ["Name: Bo Marsh", "Heading"]  # type: ignore[union-attr]
    kept = {plain(p.text) for p in reading.margin}
    assert kept == {"Outside", "Hidden", "Please ring me"}
