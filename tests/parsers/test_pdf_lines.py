"""Text outside ruled tables: paragraphs, aligned columns, running heads, turned pages."""

from collections.abc import Callable
from io import BytesIO

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from parsers.readers.pdf import read_pdf
from parsers.reading import Paragraph, Reading, Table, plain


def drawn(*pages: Callable[[Canvas], None], rotate: int = 0) -> Reading:
    stream = BytesIO()
    canvas = Canvas(stream, pagesize=A4)
    for draw in pages:
        canvas.setFont("Helvetica", 10)
        if rotate:
            canvas.setPageRotation(rotate)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return read_pdf(stream.getvalue())


def paragraphs(reading: Reading) -> list[str]:
    return [plain(b.text) for b in reading.blocks if isinstance(b, Paragraph)]


def rows(reading: Reading) -> list[list[str]]:
    return [
        [plain(c.text) for c in b.cells if c.row == row]
        for b in reading.blocks
        if isinstance(b, Table)
        for row in range(b.rows)
    ]


def lines(
    *texts: str, x: float = 72, top: float = 750, step: float = 20
) -> Callable[[Canvas], None]:
    def draw(canvas: Canvas) -> None:
        for number, text in enumerate(texts):
            canvas.drawString(x, top - number * step, text)

    return draw


def pairs(
    *texts: str, step: float = 18, columns: tuple[int, ...] = (72, 220)
) -> Callable[[Canvas], None]:
    def draw(canvas: Canvas) -> None:
        for number, text in enumerate(texts):
            for x, part in zip(columns, text.split("|"), strict=False):
                canvas.drawString(x, 750 - number * step, part.strip())

    return draw


def test_label_and_answer_on_a_line_are_a_paragraph_each() -> None:
    reading = drawn(lines("Name: Bo Marsh", "Born: 1 May 2020", "School:"))
    assert paragraphs(reading) == ["Name: Bo Marsh", "Born: 1 May 2020", "School:"]


def test_a_wrapped_paragraph_is_one() -> None:
    line = (
        "The health visitor saw the child at home with the mother on Monday and was told of a fall"
    )
    reading = drawn(lines(line, line, "the kitchen.", "Nothing else.", step=12))
    assert paragraphs(reading) == [f"{line} {line} the kitchen.", "Nothing else."]


def test_leader_dots_and_underscores_are_left_out() -> None:
    reading = drawn(lines("Name: ......... Bo Marsh ..........", "Born: ____________"))
    assert rows(reading) == [["Name:", "Bo Marsh"], ["Born:", ""]]
    assert paragraphs(drawn(lines("Signed on __/__/____"))) == ["Signed on"]
    assert rows(drawn(lines("Signed.........Bo"))) == [["Signed", "Bo"]]


def test_an_answer_typed_over_dots_is_read_without_them() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "Name: " + "." * 60)
        canvas.drawString(110, 700.5, "Bo Marsh")

    assert paragraphs(drawn(draw)) == ["Name: Bo Marsh"]


def test_aligned_columns_are_an_unruled_table() -> None:
    reading = drawn(pairs("Name | Bo Marsh", "Born | 1 May 2020", "GP |", "School | Elm Primary"))
    (table,) = [b for b in reading.blocks if isinstance(b, Table)]
    assert not table.ruled
    assert rows(reading) == [
        ["Name", "Bo Marsh"],
        ["Born", "1 May 2020"],
        ["GP", ""],
        ["School", "Elm Primary"],
    ]


def test_two_pairs_a_row_keep_four_columns() -> None:
    draw = pairs(
        "Name | Bo | Born | 2020", "GP | Dr Oak | School | Elm", columns=(72, 150, 300, 380)
    )
    assert rows(drawn(draw)) == [["Name", "Bo", "Born", "2020"], ["GP", "Dr Oak", "School", "Elm"]]


def test_a_label_of_two_lines_stays_one_label() -> None:
    def draw(canvas: Canvas) -> None:
        pairs("Name | Bo", "Born | 2020", "GP | Oak", step=22)(canvas)
        canvas.drawString(72, 684, "Has the safeguarding lead")
        canvas.drawString(72, 672, "been consulted?")
        canvas.drawString(220, 684, "Yes")

    assert rows(drawn(draw))[-1] == ["Has the safeguarding lead been consulted?", "Yes"]


def test_in_dense_forms_small_letters_tell_a_label_that_goes_on() -> None:
    draw = pairs(
        "Name | Bo",
        "Agency making the |",
        "referral | Elm School",
        "Email |",
        "Telephone | 0",
        step=12,
    )
    assert rows(drawn(draw)) == [
        ["Name", "Bo"],
        ["Agency making the referral", "Elm School"],
        ["Email", ""],
        ["Telephone", "0"],
    ]


def test_guidance_in_small_letters_belongs_to_the_label_above_it() -> None:
    def draw(canvas: Canvas) -> None:
        pairs("Name | Bo Marsh", "Born | 1 May 2020", "Story | She fell from the")(canvas)
        canvas.drawString(220, 702, "swing in the park.")
        pairs(*["|"] * 4, "GP | Dr Oak")(canvas)
        canvas.setFont("Helvetica-Oblique", 8)
        canvas.drawString(72, 740, "All names in use")
        canvas.drawString(72, 702, "What happened")

    assert rows(drawn(draw)) == [
        ["Name\nAll names in use", "Bo Marsh"],
        ["Born", "1 May 2020"],
        ["Story\nWhat happened", "She fell from the\nswing in the park."],
        ["GP", "Dr Oak"],
    ]


def test_an_answer_of_many_lines_stays_in_its_row() -> None:
    def draw(canvas: Canvas) -> None:
        pairs(
            "Name | Bo",
            "What happened | A fall from the stairs was seen by the aunt, and then",
            step=22,
        )(canvas)
        canvas.drawString(220, 716, "an ambulance was called to the house.")
        canvas.drawString(72, 690, "School")
        canvas.drawString(220, 690, "Elm")

    assert rows(drawn(draw))[1] == [
        "What happened",
        "A fall from the stairs was seen by the aunt, and then an ambulance was called"
        " to the house.",
    ]


def test_choices_on_a_line_are_one_answer() -> None:
    draw = pairs("Interpreter? | [ ] Yes      [x] No", "Known? | [x] Yes      [ ] No", "Name | Bo")
    assert rows(drawn(draw))[0][0] == "Interpreter?"
    assert len(rows(drawn(draw))[0]) == 2


def test_choices_after_a_question_are_one_answer_whatever_stands_above() -> None:
    def draw(canvas: Canvas) -> None:
        lines("Name: Bo Marsh      of Ashbrindle", "Harm:    Physical        Sexual")(canvas)
        canvas.drawString(150, 710, "Lee")
        for x in (103, 150):
            canvas.rect(x, 729, 8, 8)

    assert paragraphs(drawn(draw))[1] == "Harm: ☐ Physical ☐ Sexual"


def test_a_list_with_bars_between_rows_keeps_its_rows() -> None:
    def draw(canvas: Canvas) -> None:
        for number, (a, b) in enumerate([("Agency", "Role"), ("Police", "Seen"), ("GP", "Called")]):
            canvas.drawString(72, 740 - 14 * number, a)
            canvas.drawString(220, 740 - 14 * number, b)
        for y in (751, 736.5, 722.5, 708.5):
            canvas.line(70, y, 500, y)

    assert rows(drawn(draw)) == [["Agency", "Role"], ["Police", "Seen"], ["GP", "Called"]]


def test_label_above_answer_stays_two_paragraphs() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica-Bold", 10)
        canvas.drawString(72, 740, "Reason for referral")
        canvas.setFont("Helvetica", 10)
        canvas.drawString(72, 728, "Concerns were raised.")

    reading = drawn(draw)
    assert paragraphs(reading) == ["Reason for referral", "Concerns were raised."]
    assert reading.blocks[0].text[0].bold  # type: ignore[union-attr]


def test_newspaper_columns_are_read_one_after_the_other() -> None:
    left = [f"Left {n}: answer {n}" for n in range(8)]
    right = [f"Right {n}: answer {n}" for n in range(8)]

    def draw(canvas: Canvas) -> None:
        lines(*left, x=50)(canvas)
        lines(*right, x=320)(canvas)

    assert paragraphs(drawn(draw)) == left + right


def test_running_heads_and_page_numbers_are_margin() -> None:
    def page(number: int) -> Callable[[Canvas], None]:
        def draw(canvas: Canvas) -> None:
            canvas.drawString(72, 815, "OFFICIAL-SENSITIVE version 9")
            canvas.drawString(72, 30, f"Page {number} of 2")
            canvas.drawString(72, 780, f"Child {number}")
            canvas.drawString(72, 600, f"Name: Bo {number}")

        return draw

    reading = drawn(page(1), page(2))
    assert [plain(p.text) for p in reading.margin] == [
        "OFFICIAL-SENSITIVE version 9",
        "Page 1 of 2",
    ]
    assert paragraphs(reading) == ["Child 1", "Name: Bo 1", "Child 2", "Name: Bo 2"]
