"""No bytes, however broken or ill meant, bring anything out of the Word reader but Unreadable."""

from __future__ import annotations

import contextlib
import io
import random
import time
import tracemalloc
import zipfile

import pytest
from docx_documents import SPACES, changed, document, p, part, run, sdt, table, tc
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parsers.readers.docx import read_docx
from parsers.reading import Unreadable, plain
from triage.problem import Problem

W = SPACES["w"]
FORM = document(
    table(tc("Name of child") + tc(p(sdt(run("Ann Example")))), tc("Outcome") + tc("☒ Death"))
    + p("<w:ins>" + run("new") + "</w:ins>")
    + p("one", style="ListNumber")
    + table(tc(table(tc("inner") + tc("table")), "<w:p/>"))
)


def refused(content: bytes) -> Problem:
    with pytest.raises(Unreadable) as caught:
        read_docx(content)
    problem = caught.value.problem
    assert problem.what
    assert problem.what_to_do
    return problem


def with_document(xml: str | bytes) -> bytes:
    data = xml.encode() if isinstance(xml, str) else xml
    return changed(FORM, **{"word/document.xml": data})


def body(inside: str, doctype: str = "") -> str:
    return f'{doctype}<w:document xmlns:w="{W}"><w:body>{inside}</w:body></w:document>'


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"%PDF-1.7", FORM[:-200], FORM[:3000]])
def test_what_is_no_whole_word_file_is_refused(content: bytes) -> None:
    assert refused(content).kind == "unreadable"


def test_a_package_without_a_document_is_refused() -> None:
    without = changed(FORM, **{"word/document.xml": None})
    assert refused(without).what == "There is no document inside this Word file"


def test_a_bomb_is_refused_before_it_goes_off() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("word/document.xml", "w", force_zip64=True) as part_file:
            for _ in range(300):
                part_file.write(bytes(1_000_000))
    tracemalloc.start()
    assert refused(file.getvalue()).kind == "too big"
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


def test_too_many_parts_are_refused() -> None:
    many = {f"word/media/{n}.png": b"" for n in range(6000)}
    assert refused(changed(FORM, **many)).kind == "too big"


def test_a_bomb_among_the_pictures_costs_nothing() -> None:
    noise = random.Random(1).randbytes(30_000)
    content = changed(FORM, **{"word/media/image1.png": noise * 100})
    assert len(read_docx(content).blocks) == 4


ENTITIES = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
DOCTYPES = [
    f'<!DOCTYPE w [<!ENTITY a0 "ha">{ENTITIES}]>',
    '<!DOCTYPE w [<!ENTITY a9 SYSTEM "file:///etc/hostname">]>',
    '<!DOCTYPE w SYSTEM "http://127.0.0.1:9/x.dtd">',
]


@pytest.mark.parametrize("doctype", DOCTYPES)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be"])
def test_declarations_are_refused_in_any_encoding(doctype: str, encoding: str) -> None:
    xml = f'<?xml version="1.0"?>{body(p("&a9;"), doctype)}'
    assert refused(with_document(xml.encode(encoding))).kind == "unreadable"


@pytest.mark.parametrize("encoding", ["utf-7", "cp037", "utf-32"])
def test_encodings_word_never_writes_are_refused(encoding: str) -> None:
    xml = f'<?xml version="1.0" encoding="{encoding}"?>{body(p("x"), DOCTYPES[1])}'
    assert refused(with_document(xml.encode(encoding))).kind == "unreadable"


def test_a_declaration_in_another_part_is_refused_too() -> None:
    relations = part(FORM, "word/_rels/document.xml.rels")
    bad = relations.replace(b"<Relationships", DOCTYPES[1].encode() + b"<Relationships", 1)
    refused(changed(FORM, **{"word/_rels/document.xml.rels": bad}))


@pytest.mark.parametrize("depth", [20, 60, 2000])
def test_tables_inside_tables_do_not_exhaust_the_reader(depth: int) -> None:
    opened, closed = "<w:tbl><w:tr><w:tc>", "<w:p/></w:tc></w:tr></w:tbl>"
    refused(with_document(body(opened * depth + closed * depth)))


def test_controls_inside_controls_are_read_or_refused() -> None:
    opened, closed = "<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"
    reading = read_docx(with_document(body(opened * 100 + p("deep") + closed * 100)))
    assert [plain(b.text) for b in reading.blocks] == ["deep"]  # type: ignore[union-attr]
    refused(with_document(body(opened * 2000 + p("deep") + closed * 2000)))


def test_a_million_paragraphs_are_refused_in_good_time() -> None:
    started = time.process_time()
    assert refused(with_document(body("<w:p/>" * 1_000_000))).kind == "too big"
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w") as archive:
        archive.writestr("word/document.xml", body("<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 200_000))
    assert "more paragraphs" in refused(stored.getvalue()).what
    assert time.process_time() - started < 20


def test_relations_that_go_round_in_circles_are_not_followed() -> None:
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/header"
    circle = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="a" Type="{relation}" Target="document.xml"/>'
        f'<Relationship Id="b" Type="{relation}" Target="../../../etc/passwd"/></Relationships>'
    )
    content = changed(FORM, **{"word/_rels/document.xml.rels": circle.encode()})
    assert len(read_docx(content).blocks) == 4


def test_styles_based_on_each_other_end() -> None:
    styles = (
        f'<w:styles xmlns:w="{W}"><w:style w:styleId="A"><w:basedOn w:val="B"/></w:style>'
        '<w:style w:styleId="B"><w:basedOn w:val="A"/></w:style></w:styles>'
    )
    content = changed(document(p("x", style="A")), **{"word/styles.xml": styles.encode()})
    assert len(read_docx(content).blocks) == 1


def test_a_document_of_pictures_only_says_so() -> None:
    picture = "<w:p><w:r><w:drawing/></w:r></w:p>"
    assert "only pictures" in refused(document(picture)).what


def test_absurd_numbers_in_attributes_do_no_harm() -> None:
    look = '<w:gridSpan w:val="999999999999"/>'
    number = '<w:ddList><w:result w:val="99999"/></w:ddList>'
    field = f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{number}</w:ffData></w:fldChar></w:r>'
    symbol = '<w:r><w:sym w:font="x" w:char="FFFFFFFF"/><w:sym w:char="zz"/></w:r>'
    (block,) = read_docx(document(table(tc(p(field, symbol, "x"), look=look)))).blocks
    assert block.columns <= 63  # type: ignore[union-attr]


def reads_or_refuses(content: bytes) -> None:
    with contextlib.suppress(Unreadable):
        read_docx(content)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.randoms(use_true_random=False), st.integers(1, 12))
def test_mutated_files_are_read_or_refused(source: random.Random, changes: int) -> None:
    content = bytearray(FORM)
    for _ in range(changes):
        at = source.randrange(len(content))
        content[at : at + source.randrange(4)] = source.randbytes(source.randrange(4))
    reads_or_refuses(bytes(content))


PIECES = [b"<w:tbl>", b"</w:p>", b"w:val", b'"', b"<w:sdt>", b"<w:tc>", b"<w:fldChar/>", b"&", b"9"]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.randoms(use_true_random=False), st.sampled_from(["word/document.xml", "word/styles.xml"]))
def test_mutated_xml_is_read_or_refused(source: random.Random, name: str) -> None:
    xml = part(FORM, name)
    for _ in range(source.randrange(1, 6)):
        old, new = source.choice(PIECES), source.choice(PIECES)
        at = xml.find(old, source.randrange(len(xml)))
        xml = xml[:at] + new + xml[at + len(old) :] if at >= 0 else xml
    reads_or_refuses(changed(FORM, **{name: xml}))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.randoms(use_true_random=False))
def test_well_formed_nonsense_is_read_or_refused(source: random.Random) -> None:
    names = ["p", "r", "t", "tbl", "tr", "tc", "sdt", "sdtContent", "sdtPr", "fldChar", "ffData",
             "ddList", "listEntry", "pPr", "numPr", "numId", "ilvl", "rPr", "sym", "ins", "del",
             "checkBox", "result", "tcPr", "gridSpan", "vMerge", "txbxContent", "pict"]  # fmt: skip

    def made(depth: int) -> str:
        name, value = source.choice(names), source.choice(["", "1", "-5", "x", "separate", "begin"])
        inside = "".join(made(depth - 1) for _ in range(source.randrange(4))) if depth else "text"
        return f'<w:{name} w:val="{value}" w:fldCharType="{value}">{inside}</w:{name}>'

    reads_or_refuses(with_document(body("".join(made(5) for _ in range(6)))))
