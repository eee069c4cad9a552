"""What was typed or ticked in a Word form -> what is read, from its bytes to its answers."""

from __future__ import annotations

import io

import pytest
from docx import Document
from docx_documents import changed, document, p, part, run, sdt, table, tc
from PIL import Image, ImageDraw, ImageFont
from readings import aliases, vocabularies

from parsers.read import as_json, read_document
from parsers.readers.docx import read_docx
from parsers.readers.scan_tesseract import installed
from parsers.reading import Paragraph, plain

BOLD, STRUCK, SHADED = "<w:b/>", "<w:strike/>", '<w:shd w:fill="FFFF00"/>'
UNDERLINED, MARKED = '<w:u w:val="single"/>', '<w:highlight w:val="yellow"/>'
FONT = "<w:rFonts w:ascii='Wingdings'/>"
RINGED = '<w:bdr w:val="single" w:sz="4"/>'
ROWS = {
    "Name of child": "Bo Child", "Outcome for child": "Serious harm",
    "Abuse or neglect": "Suspected", "Name of referrer": "Ann Tester",
    "Referring agency": "GMP", "Date of incident": "1/3/2026",
    "Date LA became aware": "2/3/2026",
}  # fmt: skip


def form(*answer: str) -> bytes:
    rows = [tc(p(run(label, BOLD))) + tc(typed) for label, typed in ROWS.items()]
    asked = tc(p(run("Is there a police investigation?", BOLD)))
    title = p("Serious Child Safeguarding Incident Notification", style="Heading1")
    return document(title + table(*rows, asked + "".join(map(tc, answer))))


def box(state: str, glyph: str, look: str = "") -> str:
    drawn = '<w14:checkedState w14:val="00FE" w14:font="Wingdings"/>' if look else ""
    state = f'<w14:checkbox><w14:checked w14:val="{state}"/>{drawn}</w14:checkbox>'
    return sdt(run(glyph, look), state)


def sign(code: str) -> str:
    return f'<w:r><w:sym w:font="Wingdings" w:char="{code}"/></w:r>'


def wing(letters: str) -> str:
    return run(letters, '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>')


def field(data: str, code: str, shown: str = "") -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{data}</w:ffData></w:fldChar></w:r>'
        f"<w:r><w:instrText>{code}</w:instrText></w:r>"
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(shown)}'
        f'<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def legacy(state: str) -> str:
    return field(f'<w:checkBox><w:checked w:val="{state}"/></w:checkBox>', "FORMCHECKBOX")


ITEMS = '<w:listItem w:displayText="Choose an item." w:value=""/>' + "".join(
    f'<w:listItem w:displayText="{words}" w:value="{words}"/>' for words in ("Yes", "No")
)
LIST = f"<w:dropDownList>{ITEMS}</w:dropDownList>"
ENTRIES = '<w:listEntry w:val="Yes"/><w:listEntry w:val="No"/>'
TYPED = [
    (p(box("1", "☒"), " Yes ", box("0", "☐"), " No"), "yes"),
    (p("Yes ", box("0", "☐"), " No ", box("1", "☒")), "no"),
    (p(box("0", "☒"), " Yes ", box("0", "☐"), " No"), "yes"),
    (p(box("0", "\uf0fe", FONT), " Yes ", box("0", "☐"), " No"), "yes"),
    (p(legacy("1"), " Yes ", legacy("0"), " No"), "yes"),
    (p(sdt(run("No"), LIST)), "no"),
    (p(sdt(run("Choose an item."), LIST)), None),
    (p(field(f'<w:ddList><w:result w:val="1"/>{ENTRIES}</w:ddList>', "FORMDROPDOWN")), "no"),
    (p(field("<w:textInput/>", "FORMTEXT", "Yes")), "yes"),
    (p(f'<w:fldSimple w:instr=" FORMTEXT ">{run("Yes")}</w:fldSimple>'), "yes"),
    ("☒ Yes ☐ No", "yes"), ("☐ Yes ☑ No", "no"), ("Yes ✓ / No", "yes"), ("✓ Yes   No", "yes"),
    ("Yes   No ✗", "no"),
    (p(sign("F0A8"), " Yes ", sign("F0FE"), " No"), "no"),
    (p(wing("x"), " Yes ", wing("o"), " No"), "yes"),
    (p("Yes ", wing("\u00fc"), " / No"), "yes"),
    ("[x] Yes [ ] No", "yes"), ("Yes [ ] No [X]", "no"), ("(X) Yes ( ) No", "yes"),
    ("X ☐ Yes   ☐ No", "yes"), ("Yes X / No", "yes"), ("X Yes   No", "yes"),
    (p(run("Yes", BOLD), " / No"), "yes"), (p("Yes / ", run("No", UNDERLINED)), "no"),
    (p(run("Yes", MARKED), "/No"), "yes"), (p(run("Yes", SHADED), " / No"), "yes"),
    (p("Yes / ", run("No", '<w:color w:val="FF0000"/>')), "no"),
    (p(run("Yes", RINGED), " / No"), "yes"), (p(run("Yes", STRUCK), " / No"), "no"),
    (p("Yes / ", run("No", "<w:dstrike/>")), "yes"),
    ("Yes / No (delete as appropriate)", None), ("Yes/No*", None), (p(run("Yes / No", BOLD)), None),
    ("☐ Yes ☐ No", None), ("☒ Yes ☒ No", "conflict"),
    (p(run("Yes", "<w:vanish/>"), "No"), "no"),
    (p("Y\u00ades\u200b\u00a0"), "yes"),
    (p("<w:del w:id='1'><w:r><w:delText>Yes / </w:delText></w:r></w:del>", "No"), "no"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "answer"), TYPED)
def test_what_was_typed_is_what_is_read(typed: str, answer: str | None) -> None:
    read = as_json(read_document("form.docx", form(typed), vocabularies(), aliases()), "form.docx")
    given = read["answers"].get("police_investigation") or {"value": None}
    assert given["value"] == answer
    assert read["answers"]["referrer_name"]["value"] == "Ann Tester"


@pytest.mark.parametrize(
    ("cells", "answer"),
    [(("Yes", "x", "No", ""), "yes"), (("Yes", "", "No", "X"), "no"), (("☐ Yes", "☒ No"), "no")],
)
def test_a_cross_in_a_cell_beside_the_option_chooses_it(cells: tuple[str], answer: str) -> None:
    read = as_json(read_document("form.docx", form(*cells), vocabularies(), aliases()), "form.docx")
    assert read["answers"]["police_investigation"]["value"] == answer


def test_a_cross_between_two_options_with_boxes_before_them_is_for_a_person() -> None:
    content = form("☐ Yes X ☐ No")
    read = as_json(read_document("form.docx", content, vocabularies(), aliases()), "form.docx")
    assert read["answers"]["police_investigation"]["confidence"] < 0.9


STORE = "{AAAA0000-0000-0000-0000-00000000000A}"
DATA = (
    '<f xmlns="urn:f"><name>Ann</name><row/><row k="Oak"/><code>1</code>'
    "<day>2026-03-02T00:00:00</day></f>"
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def bound(
    path: str, shown: str, kind: str = "<w:text/>", prompt: str = "<w:showingPlcHdr/>"
) -> str:
    data = f'<w:dataBinding w:xpath="{path}" w:storeItemID="{STORE.lower()}"/>'
    return p(sdt(run(shown) if shown else "", prompt + data + kind))


def with_data(body: str, data: bytes) -> bytes:
    made = document(body)
    link = '<Relationship Id="x{0}" Type="{1}/relationships/{0}" Target="{2}"/></Relationships>'
    to_data = link.format("customXml", OFFICE, "../customXml/item1.xml").encode()
    relations = part(made, "word/_rels/document.xml.rels").replace(b"</Relationships>", to_data)
    about = link.format("customXmlProps", OFFICE, "itemProps1.xml")
    about = f'<Relationships xmlns="{RELATIONS}">{about}'
    named = f'<d:datastoreItem xmlns:d="{OFFICE}/customXml" d:itemID="{STORE}"/>'
    return changed(
        made,
        **{
            "word/_rels/document.xml.rels": relations,
            "customXml/item1.xml": data,
            "customXml/itemProps1.xml": named.encode(),
            "customXml/_rels/item1.xml.rels": about.encode(),
        },
    )


def test_an_answer_that_stands_only_in_the_bound_data_is_read() -> None:
    item = '<w:dropDownList><w:listItem w:displayText="Yes" w:value="1"/></w:dropDownList>'
    body = (
        bound("/n:f[1]/n:name[1]", "Click here"), bound("/n:f/n:row[2]/@k", ""),
        bound("/n:f/n:code", "Choose", item), bound("/n:f/n:day", "Pick", "<w:date/>"),
        bound("/n:f/n:name", "Typed over", prompt=""), bound("//n:name", "Prompt"),
        p(sdt("", '<w:date w:fullDate="2026-03-04T00:00:00Z"/>')),
    )  # fmt: skip
    blocks = read_docx(with_data("".join(body), DATA.encode())).blocks
    runs = [block.text[0] for block in blocks if isinstance(block, Paragraph)]
    assert [r.text for r in runs if not r.placeholder] == [
        "Ann", "Oak", "Yes", "2026-03-02", "Typed over", "2026-03-04",
    ]  # fmt: skip
    assert [r.text for r in runs if r.placeholder] == ["Prompt"]
    assert all(r.entered for r in runs)


def test_damaged_data_costs_no_answer() -> None:
    (block,) = read_docx(with_data(bound("/f/name", "Prompt"), b"<f><name>Ann")).blocks
    assert isinstance(block, Paragraph)
    assert block.text[0].placeholder


def cells_of(body: str) -> dict[str, tuple[int, int, int, int]]:
    (block,) = read_docx(document(body)).blocks
    cells = [] if isinstance(block, Paragraph) else block.cells
    return {plain(c.text): (c.row, c.column, c.rows, c.columns) for c in cells}


def test_rows_and_cells_lie_as_word_shows_them() -> None:
    old_merge = [f'<w:hMerge w:val="{word}"/>' for word in ("restart", "continue")]
    changes = [f'<w:{change} w:id="1" w:author="A"/>' for change in ("cellDel", "cellIns")]
    indented = f"<w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr>{tc('mid')}</w:tr>"
    hidden = f"<w:tr><w:trPr><w:hidden/></w:trPr>{tc('hidden')}</w:tr>"
    first = tc("wide", look=old_merge[0]) + tc("", look=old_merge[1]) + tc("c")
    second = tc("a") + tc("gone", look=changes[0]) + tc("new", look=changes[1])
    found = cells_of(f"<w:tbl><w:tr>{first}</w:tr><w:tr>{second}</w:tr>{indented}{hidden}</w:tbl>")
    assert found == {
        "wide": (0, 0, 1, 2), "c": (0, 2, 1, 1), "a": (1, 0, 1, 1), "new": (1, 1, 1, 1),
        "mid": (2, 1, 1, 1),
    }  # fmt: skip


DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
PICTURE = f'<w:r><w:drawing><p:pic xmlns:p="{DRAWING}/picture"/></w:drawing></w:r>'
RING = "<w:r><w:pict><v:oval/></w:pict></w:r>"
NOTED = [
    (p("<w:moveFrom w:id='1'>" + run("x") + "</w:moveFrom>", "a"), "tracked changes"),
    (table(tc("a") + tc("b", look='<w:cellIns w:id="1"/>')), "tracked changes"),
    (table(tc("Signature") + tc(p(PICTURE))), "stand pictures"),
    (p("Yes / No", RING), "drawn on"),
    (p("<w:r><w:object><w:control/></w:object></w:r>", " Yes"), "ActiveX"),
    (p("a") + "<w:altChunk/>", "embedded"),
    (p(PICTURE, "Council") + table(tc(p(PICTURE)) + tc("a")), ""),
]


@pytest.mark.parametrize(("body", "said"), NOTED)
def test_what_is_changed_or_not_read_is_noted(body: str, said: str) -> None:
    problems = read_docx(document(body)).problems
    assert len(problems) == bool(said)
    assert all(said in problem.what for problem in problems)


def test_footnotes_and_endnotes_are_kept_apart_and_comments_are_no_text() -> None:
    made = document(p("No", '<w:r><w:footnoteReference w:id="2"/></w:r>'))
    link = f'<Relationship Id="n" Type="{OFFICE}/relationships/footnotes" Target="footnotes.xml"/>'
    relations = part(made, "word/_rels/document.xml.rels").decode()
    note = part(document(p("as the police said")), "word/document.xml")
    reading = read_docx(
        changed(
            made,
            **{
                "word/footnotes.xml": note.replace(b"w:body>", b"w:footnote>"),
                "word/_rels/document.xml.rels": relations.replace("</R", link + "</R").encode(),
            },
        )
    )
    assert [(plain(m.text), m.evidence.cell) for m in reading.margin] == [
        ("as the police said", "footnote")
    ]


def test_numbers_that_word_draws_are_no_part_of_what_was_typed() -> None:
    lines = p("He fell.", style="ListNumber") + p("She fell.", style="ListNumber")
    assert list(cells_of(table(tc("Summary") + tc(lines)))) == ["Summary", "He fell.\nShe fell."]
    assert "1. " in cells_of(table(tc(p("", style="ListNumber")) + tc("Ann")))


@pytest.mark.skipif(not installed(), reason="no tesseract here")
def test_a_word_file_of_pictures_alone_is_read_as_a_scan_and_said() -> None:
    page = Image.new("L", (1240, 1754), 255)
    words = ImageDraw.Draw(page)
    words.text((100, 200), "Name of child: Bo Child", fill=0, font=ImageFont.load_default(40))
    file, made = io.BytesIO(), Document()
    page.save(file, "PNG")
    for _ in range(2):
        made.add_picture(io.BytesIO(file.getvalue()))
    kept = io.BytesIO()
    made.save(kept)
    reading = read_docx(kept.getvalue())
    assert reading.reader == "tesseract"
    assert "Bo Child" in plain(reading.blocks[0].text)  # type: ignore[union-attr]
    assert "read as a scan" in reading.problems[0].what
