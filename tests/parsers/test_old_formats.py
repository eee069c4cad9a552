"""Old Word, rich text and OpenDocument files are read as the .docx they are made into."""

import io
import os
import re
import tempfile
import zipfile
from functools import cache
from pathlib import Path

import pytest
from docx_documents import changed, document, p, part, run, sdt, table, tc
from office_documents import made_into
from readings import FORMS, aliases, vocabularies

from parsers import warm
from parsers.read import as_json, read_document
from parsers.readers.office_program import office_programs
from parsers.worker import Worker
from tscp.demo.damaged import old_word

ENDINGS = ("doc", "rtf", "odt")
needs_libreoffice = pytest.mark.skipif(office_programs() is None, reason="no LibreOffice here")
LOCKED = Path(__file__).with_name("locked.doc")


def field(data, shown, code):
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{data}</w:ffData></w:fldChar></w:r>'
        f"<w:r><w:instrText> {code} </w:instrText></w:r>"
        f"{mark.format('separate')}{run(shown)}{mark.format('end')}"
    )


def tick(on):
    return sdt(
        run("☒" if on else "☐"), f'<w14:checkbox><w14:checked w14:val="{on}"/></w14:checkbox>'
    )


ITEMS = "".join(f'<w:listItem w:displayText="{t}" w:value="{t}"/>' for t in ("Known", "Suspected"))
ENTRIES = (
    '<w:ddList><w:result w:val="1"/><w:listEntry w:val="Yes"/><w:listEntry w:val="No"/></w:ddList>'
)
ROWS = {
    "Name of referrer": p(sdt(run("Ann Tester"))),
    "Referring agency": p(field('<w:name w:val="T1"/><w:textInput/>', "GMP", "FORMTEXT")),
    "Name of child": p("Bo Child"),
    "Date of incident": p(sdt(run("3 March 2026"), '<w:date w:fullDate="2026-03-03T00:00:00Z"/>')),
    "Date LA became aware": p("4/3/2026"),
    "Outcome for child": p(tick(0), " Death ", tick(1), " Serious harm ", tick(0), " Near miss"),
    "Abuse or neglect": p(sdt(run("Suspected"), f"<w:dropDownList>{ITEMS}</w:dropDownList>")),
    "Police investigation": p(field(ENTRIES, "No", "FORMDROPDOWN")),
    "Media interest": p('<w:r><w:sym w:font="Wingdings" w:char="F0A8"/></w:r>', " Yes ",
                        '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', " No"),
    "Other children at risk": p(run("Yes", "<w:strike/>"), " / No"),
    "Summary of incident": p("<w:ins w:id='1' w:author='A'>" + run("He fell.") + "</w:ins>")
    + p("<w:del w:id='2' w:author='A'><w:r><w:delText>He jumped.</w:delText></w:r></w:del>"),
    "Signed on": p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
                   '<w:r><w:instrText> DATE \\@ "d MMMM yyyy" </w:instrText></w:r>'
                   '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + run("5 March 2026")
                   + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'),
    "Ward": p("Hyde East"),
}  # fmt: skip


@cache
def form():
    title = p("Serious Child Safeguarding Incident Notification", style="Heading1")
    rows = [tc(p(run(label, "<w:b/>"))) + tc(answer) for label, answer in ROWS.items()]
    grid = '<w:tblPr/><w:tblGrid><w:gridCol w:w="3000"/><w:gridCol w:w="6000"/></w:tblGrid>'
    return document(title + table(*rows).replace("<w:tbl>", f"<w:tbl>{grid}") + p("End"))


@cache
def written_anew():
    return made_into(form(), *ENDINGS)


def read(name, content, password=""):
    found = read_document(name, content, vocabularies(), aliases(), password)
    return found, as_json(found, name)


def said(shown):
    rows = [shown["answers"], *shown["children"]]
    values = {key: answer["value"] for row in rows for key, answer in row.items()}
    return values | {one["label"]: one["text"] for one in shown["unmapped"]}


@needs_libreoffice
@pytest.mark.parametrize("ending", ENDINGS)
def test_controls_fields_ticks_and_changes_are_read_as_from_the_docx(ending):
    found, shown = read(f"form.{ending}", written_anew()[ending])
    as_before = said(read("form.docx", form())[1])
    assert as_before["outcome_for_child"] == "serious harm"
    assert as_before.pop("signed_on") == "2026-03-05"
    assert said(shown) | {"signed_on": None} == as_before | {"signed_on": None}
    assert found.reader == "libreoffice"
    assert any("tracked changes" in problem for problem in map(str, found.notes))


@needs_libreoffice
def test_a_date_that_is_always_today_is_no_answer_and_said():
    found, shown = read("form.odt", written_anew()["odt"])
    assert said(shown).get("signed_on") is None
    assert any("set by itself" in note.what for note in found.notes)


@needs_libreoffice
def test_an_old_document_behind_a_password_is_named_and_opened_with_it():
    without, wrong = (read("form.doc", LOCKED.read_bytes(), given)[0] for given in ("", "sesame"))
    assert "--password-file" in without.problem.sentence()
    assert "does not open" in wrong.problem.sentence()
    assert {without.problem.kind, wrong.problem.kind} == {"protected"}
    assert said(read("form.doc", LOCKED.read_bytes(), "open sesame")[1])["child_name"] == "Bo Child"


@needs_libreoffice
def test_it_runs_inside_the_walls_of_a_worker_and_leaves_nothing_there():
    worker = Worker(60, 300, "parsers.warm:set_up", ([str(path) for path in FORMS], aliases()))
    found = worker.run(warm.read, "form.rtf", written_anew()["rtf"])
    left = worker.run(os.listdir, worker.run(tempfile.gettempdir))
    worker.close()
    assert (found.status, found.reader) == ("form", "libreoffice")
    assert not [name for name in left if "office" in name]


@needs_libreoffice
def test_no_file_of_this_machine_is_drawn_into_a_document(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("the key of the service")
    link = f"<text:section text:name='s'><text:section-source xlink:href='{secret.as_uri()}'/>"
    xml = part(written_anew()["odt"], "content.xml").decode()
    linked = re.sub(
        r"(<office:text[^>]*>)", rf"\1{link}<text:p>cached</text:p></text:section>", xml
    )
    odt = changed(written_anew()["odt"], **{"content.xml": linked.encode()})
    found, _ = read("form.odt", odt)
    assert "the key of the service" not in found.text


def test_without_libreoffice_a_person_is_told_what_to_ask_for(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    found, _ = read("form.rtf", rb"{\rtf1\ansi Name of child: Bo}")
    assert found.problem.kind == "unreadable"
    assert "need LibreOffice" in found.problem.what
    assert ".docx or PDF" in found.problem.what_to_do


@needs_libreoffice
def test_what_libreoffice_cannot_open_is_refused_in_a_sentence():
    assert "could not open" in read("form.doc", old_word("text"))[0].reason
    assert "cut short" in read("form.odt", written_anew()["odt"][:-900])[0].reason


def test_a_locked_opendocument_text_is_named_as_locked():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("META-INF/manifest.xml", "<manifest:encryption-data/>")
    assert read("form.odt", file.getvalue())[0].problem.kind == "protected"


@needs_libreoffice
def test_content_decides_not_the_name():
    _, shown = read("form.doc", written_anew()["rtf"])
    assert shown["status"] == "form"
    assert any("named .doc but is a RTF" in str(problem) for problem in shown["problems"])
    assert read("form.doc", form())[0].reader == "python-docx"
