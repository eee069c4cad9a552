"""What stands on the page of a Word document is read, however it was put there."""

from __future__ import annotations

import io

import pytest
from docx import Document
from docx_documents import changed, document, p, part, run, sdt, table, tc

from parsers.readers.docx import read_docx
from parsers.reading import TICKED, UNTICKED, Paragraph, Reading, Table, plain


def texts(body: str) -> list[str]:
    """Paragraphs' and cells' texts, in order."""
    return all_texts(read_docx(document(body)))


def all_texts(reading: Reading) -> list[str]:
    found: list[str] = []
    for block in reading.blocks:
        cells = [block] if isinstance(block, Paragraph) else list(block.cells)
        found.extend(plain(cell.text) for cell in cells)
    return found


def only_table(body: str) -> Table:
    (block,) = read_docx(document(body)).blocks
    assert isinstance(block, Table)
    return block


def tick_box(state: str, glyph: str = "☐") -> str:
    return sdt(run(glyph), f'<w14:checkbox><w14:checked w14:val="{state}"/></w14:checkbox>')


def form_field(data: str, shown: str = "", code: str = "FORMTEXT") -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{data}</w:ffData></w:fldChar></w:r>'
        f"<w:r><w:instrText> {code} </w:instrText></w:r>"
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(shown)}'
        f'<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def test_paragraphs_and_tables_come_in_order_and_say_where_they_stand() -> None:
    reading = read_docx(document(p("One") + "<w:p/>" + table(tc("A") + tc("B")) + p("Two")))
    assert all_texts(reading) == ["One", "A", "B", "Two"]
    assert [block.evidence.cell for block in reading.blocks if isinstance(block, Paragraph)] == [
        "paragraph 1",
        "paragraph 2",
    ]
    block = reading.blocks[1]
    assert isinstance(block, Table)
    assert block.cells[1].evidence.cell == "table 1, row 1, cell 2"
    assert block.cells[1].evidence.method == "docx-table"
    assert reading.reader == "python-docx"


def test_merged_cells_appear_once_with_their_span() -> None:
    wide, top, below = (
        '<w:gridSpan w:val="2"/>',
        '<w:vMerge w:val="restart"/>',
        "<w:vMerge/>",
    )
    made = only_table(
        table(
            tc("Title", look=wide) + tc("C"),
            tc("Tall", look=top) + tc("B") + tc("C"),
            tc(look=below) + tc("B2") + tc("C2"),
        )
    )
    spans = {plain(c.text): (c.row, c.column, c.rows, c.columns) for c in made.cells}
    assert spans["Title"] == (0, 0, 1, 2)
    assert spans["Tall"] == (1, 0, 2, 1)
    assert spans["B2"] == (2, 1, 1, 1)
    assert (made.rows, made.columns, len(made.cells)) == (3, 3, 7)


def test_a_nested_table_is_both_text_and_table() -> None:
    inner = table(tc("a") + tc("b"), tc("c") + tc("d"))
    (cell,) = only_table(table(tc("Before", inner, "<w:p/>"))).cells
    assert plain(cell.text) == "Before\na\tb\nc\td"
    assert cell.tables[0].cells[3].evidence.cell == (
        "table 1, row 1, cell 1, table 1, row 2, cell 2"
    )


def test_controls_around_blocks_rows_cells_and_words_lose_nothing() -> None:
    body = (
        sdt(p("block"))
        + "<w:tbl>"
        + sdt(f"<w:tr>{tc('row')}{tc('x')}</w:tr>", "<w15:repeatingSection/>")
        + f"<w:tr>{sdt(tc('cell'))}{tc(p(sdt(run('inline'))))}</w:tr></w:tbl>"
    )
    assert texts(body) == ["block", "row", "x", "cell", "inline"]
    table_block = read_docx(document(body)).blocks[1]
    assert isinstance(table_block, Table)
    methods = [cell.evidence.method for cell in table_block.cells]
    assert methods == ["docx-table", "docx-table", "docx-control", "docx-control"]


def test_a_control_tells_its_name_and_whether_it_shows_its_prompt() -> None:
    named = '<w:alias w:val="Date aware"/><w:showingPlcHdr/><w:date/>'
    (block,) = read_docx(document(p(sdt(run("When?"), named)))).blocks
    assert isinstance(block, Paragraph)
    (only,) = block.text
    assert (only.entered, only.placeholder, only.name) == (True, True, "Date aware")


@pytest.mark.parametrize("prompt", ["Click or tap here to enter text.", "Choose an item."])
def test_a_prompt_is_known_even_where_the_control_does_not_own_up(prompt: str) -> None:
    (block,) = read_docx(document(p(sdt(run(prompt))))).blocks
    assert isinstance(block, Paragraph)
    assert block.text[0].placeholder


def test_a_drop_down_shows_the_chosen_item_and_knows_its_own_prompt() -> None:
    items = '<w:dropDownList><w:listItem w:displayText="Pick" w:value=""/></w:dropDownList>'
    reading = read_docx(document(p(sdt(run("Pick"), items)) + p(sdt(run("Police"), items))))
    runs = [block.text[0] for block in reading.blocks if isinstance(block, Paragraph)]
    assert [(r.text, r.placeholder) for r in runs] == [("Pick", True), ("Police", False)]


def test_a_tick_box_control_says_its_state_whatever_glyph_is_drawn() -> None:
    assert texts(p("Yes ", tick_box("1", "x"), " No ", tick_box("0"))) == [
        f"Yes {TICKED} No {UNTICKED}"
    ]


GLYPHS = [
    ("☒", TICKED),
    ("☑", TICKED),
    ("✓", TICKED),
    ("✔", TICKED),
    ("✗", TICKED),
    ("□", UNTICKED),
    ("\uf0fe", TICKED),
    ("\uf0a8", UNTICKED),
]


@pytest.mark.parametrize(("glyph", "state"), GLYPHS)
def test_every_tick_mark_becomes_one_of_two(glyph: str, state: str) -> None:
    assert texts(p(f"Yes {glyph}")) == [f"Yes {state}"]


@pytest.mark.parametrize(
    ("font", "char", "state"),
    [
        ("Wingdings", "F0FE", TICKED),
        ("Wingdings", "F06F", UNTICKED),
        ("Wingdings 2", "F052", TICKED),
        ("Wingdings 2", "00A3", UNTICKED),
        ("Webdings", "0061", TICKED),
        ("MS Gothic", "2612", TICKED),
    ],
)
def test_symbols_of_drawing_fonts_are_ticks(font: str, char: str, state: str) -> None:
    symbol = f'<w:r><w:sym w:font="{font}" w:char="{char}"/></w:r>'
    assert texts(p(symbol, " No")) == [f"{state} No"]


def test_letters_in_a_drawing_font_are_ticks_too() -> None:
    assert texts(p(run("x", '<w:rFonts w:ascii="Wingdings"/>'), " No")) == [f"{TICKED} No"]


def test_a_filled_square_is_a_tick_only_beside_an_empty_one() -> None:
    assert texts(p("□ Yes ■ No") + p("■ a point")) == [f"{UNTICKED} Yes {TICKED} No", "■ a point"]


def test_old_form_fields_say_what_they_show() -> None:
    ticked = form_field("<w:checkBox><w:checked/></w:checkBox>", "", "FORMCHECKBOX")
    empty = form_field('<w:checkBox><w:default w:val="0"/></w:checkBox>', "", "FORMCHECKBOX")
    entries = '<w:listEntry w:val="Yes"/><w:listEntry w:val="No"/>'
    listed = form_field(f'<w:ddList><w:result w:val="1"/>{entries}</w:ddList>', "", "FORMDROPDOWN")
    typed = form_field('<w:name w:val="Text1"/><w:textInput/>', "Oak House")
    assert texts(p(ticked, empty) + p(listed) + p(typed)) == [TICKED + UNTICKED, "No", "Oak House"]
    block = read_docx(document(p(typed))).blocks[0]
    assert isinstance(block, Paragraph)
    assert (block.text[0].entered, block.text[0].name) == (True, "Text1")


def test_a_fields_code_is_not_read_and_a_missing_end_hides_nothing() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    code = "<w:r><w:instrText>HYPERLINK</w:instrText></w:r>"
    assert texts(p(begin, code, "code") + p("after")) == ["after"]


def test_looks_are_kept_also_those_of_styles() -> None:
    looks = {
        "<w:b/>": "bold",
        '<w:u w:val="single"/>': "underlined",
        "<w:strike/>": "struck",
        '<w:highlight w:val="yellow"/>': "highlighted",
        '<w:shd w:fill="FFFF00"/>': "highlighted",
        '<w:color w:val="808080"/>': "grey",
        '<w:rStyle w:val="Strong"/>': "bold",
    }
    for look, name in looks.items():
        block = read_docx(document(p("Yes / ", run("No", look)))).blocks[0]
        assert isinstance(block, Paragraph)
        assert [getattr(r, name) for r in block.text] == [False, True]


def test_hidden_text_is_not_read() -> None:
    assert texts(p("seen", run(" not", "<w:vanish/>"))) == ["seen"]


def test_changes_are_read_as_accepted_and_noted() -> None:
    body = p(
        "<w:ins>" + run("new ") + "</w:ins>",
        "<w:del><w:r><w:delText>old</w:delText></w:r></w:del>",
        "<w:moveFrom>" + run("from") + "</w:moveFrom><w:moveTo>" + run("to") + "</w:moveTo>",
    )
    gone = f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr>{tc('x')}</w:tr><w:tr>{tc('y')}</w:tr></w:tbl>"
    assert texts(body + gone) == ["new to", "y"]
    marked = document(body.replace("<w:ins>", '<w:ins w:id="1" w:author="A">'))
    assert "tracked changes" in read_docx(marked).problems[0].what


def test_a_deleted_paragraph_mark_joins_two_lines() -> None:
    first = f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('3rd of ')}</w:p>"
    assert texts(first + p("March")) == ["3rd of March"]


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    box = f"<w:txbxContent>{p('in the box')}</w:txbxContent>"
    body = p(
        "before",
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>"
        f"{box}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}"
        "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>",
    )
    assert texts(body + p("after")) == ["before", "in the box", "after"]


def test_the_fallback_is_read_where_the_first_choice_says_nothing() -> None:
    both = "<mc:Choice Requires='wps'><w:drawing/></mc:Choice><mc:Fallback>{}</mc:Fallback>"
    box = f"<w:pict><v:textbox><w:txbxContent>{p('boxed')}</w:txbxContent></v:textbox></w:pict>"
    body = f"<w:r><mc:AlternateContent>{both.format(box)}</mc:AlternateContent></w:r>"
    assert texts(p("before", body)) == ["before", "boxed"]


def test_links_smart_tags_and_simple_fields_are_looked_through() -> None:
    body = p(
        f"<w:hyperlink>{run('a@b.example')}</w:hyperlink>",
        f"<w:smartTag>{run(' Oak')}</w:smartTag>",
        f'<w:fldSimple w:instr="AUTHOR">{run(" Lane")}</w:fldSimple>',
        "<w:r><w:tab/><w:t>1</w:t><w:br/><w:t>2</w:t><w:noBreakHyphen/><w:softHyphen/></w:r>",
    )
    assert texts(body) == ["a@b.example Oak Lane\t1\n2-"]


def test_a_drawn_number_is_kept_where_it_tells_headings_or_rows_apart() -> None:
    listed = '<w:pPr><w:pStyle w:val="ListNumber"/><w:outlineLvl w:val="1"/></w:pPr>'
    heading = f"<w:p>{listed}{run('Referrer')}</w:p>"
    assert texts(heading + p("a", style="ListNumber")) == ["1. Referrer", "a"]
    assert texts(p("a", style="ListBullet")) == ["a"]


def test_headings_are_known_by_style_or_outline() -> None:
    reading = read_docx(document(p("One", style="Heading2") + p("Two")))
    assert [b.heading for b in reading.blocks if isinstance(b, Paragraph)] == [True, False]


def test_pages_are_told_where_the_document_tells_them() -> None:
    turn = "<w:r><w:lastRenderedPageBreak/></w:r>"
    pages = [b.evidence.page for b in read_docx(document(p("a") + p(turn, "b"))).blocks]  # type: ignore[union-attr]
    assert pages == [1, 2]
    assert read_docx(document(p("a"))).blocks[0].evidence.page is None  # type: ignore[union-attr]


def test_headers_go_to_the_margin() -> None:
    made, file = Document(), io.BytesIO()
    made.sections[0].header.paragraphs[0].text = "Form version 3"
    made.add_paragraph("body")
    made.save(file)
    reading = read_docx(file.getvalue())
    assert [(plain(m.text), m.evidence.cell) for m in reading.margin] == [
        ("Form version 3", "header")
    ]


def test_macro_and_template_files_open() -> None:
    plain_file = document(p("text"))
    types = part(plain_file, "[Content_Types].xml").replace(
        b"vnd.openxmlformats-officedocument.wordprocessingml.document.main",
        b"vnd.ms-word.document.macroEnabled.main",
    )
    assert all_texts(read_docx(changed(plain_file, **{"[Content_Types].xml": types}))) == ["text"]


def test_strict_files_open() -> None:
    plain_file = document(table(tc("A") + tc(p(tick_box("1")))))
    strict = {
        name: part(plain_file, name)
        .replace(
            b"http://schemas.openxmlformats.org/wordprocessingml/2006/",
            b"http://purl.oclc.org/ooxml/wordprocessingml/",
        )
        .replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006/",
            b"http://purl.oclc.org/ooxml/officeDocument/",
        )
        for name in ("word/document.xml", "_rels/.rels", "word/styles.xml")
    }
    assert all_texts(read_docx(changed(plain_file, **strict))) == ["A", TICKED]


def test_back_slashes_and_capitals_in_part_names_are_understood() -> None:
    made = document(p("text"))
    moved = changed(
        made,
        **{
            "word/document.xml": None,
            "Word\\Document.xml": part(made, "word/document.xml"),
        },
    )
    assert all_texts(read_docx(moved)) == ["text"]


def test_a_broken_style_sheet_does_not_cost_the_form() -> None:
    reading = read_docx(changed(document(p("text")), **{"word/styles.xml": b"<w:styles"}))
    assert all_texts(reading) == ["text"]
    assert "were not read" in reading.problems[0].what
