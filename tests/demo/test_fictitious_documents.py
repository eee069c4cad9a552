"""The generated forms say what their truth says, and are made alike every time."""

import io
import re
import zipfile
from datetime import date

import docx
import pdfplumber
import pytest
from factories import LAYOUTS, THEMES, a_document, a_form

from triage import sin_form
from tscp.demo.damaged import external_entity, locked, old_word, truncated, xml_bomb, zip_bomb
from tscp.demo.forms import FormContent
from tscp.demo.forms_docx import LAYOUTS as WORD_LAYOUTS
from tscp.demo.people import People, check_digit, words
from tscp.demo.typed import STYLES


def typed_texts(form: FormContent) -> set[str]:
    """Every short answer as typed (long ones may be broken over lines)."""
    rows = (form.answers, *form.children)
    asked = {**form.printed["labels"], **form.printed["child"]}
    answers = [a for row in rows for key, a in row.items() if key in asked]
    texts = {answer.text for answer in answers if not isinstance(answer.value, list)}
    return {text for text in texts if 3 < len(text) < 30 and " " not in text}


def words_of(content: bytes, layout: str) -> str:
    """All text of a document, form fields too."""
    if layout in WORD_LAYOUTS:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return re.sub(r"<[^>]+>", " ", archive.read("word/document.xml").decode())
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        shown = " ".join(page.extract_text() for page in pdf.pages)
        fields = [a["data"].get("V", b"") for page in pdf.pages for a in page.annots]
    return shown + " ".join(v.decode("latin-1") for v in fields if isinstance(v, bytes))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_shows_every_answer(layout: str) -> None:
    """What was typed stands in the document, whatever the layout."""
    form = a_form()
    shown = words_of(a_document(form, layout), layout)
    assert {text for text in typed_texts(form) if text not in shown} == set()


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_same_content_gives_the_same_bytes(layout: str) -> None:
    """No clock and no chance in the documents."""
    assert a_document(a_form(), layout) == a_document(a_form(), layout)


@pytest.mark.parametrize("layout", WORD_LAYOUTS)
def test_word_documents_open(layout: str) -> None:
    """python-docx opens them and finds the title."""
    document = docx.Document(io.BytesIO(a_document(a_form(), layout)))
    assert document.paragraphs[0].text == "Serious Child Safeguarding Incident Notification"


def test_fields_of_a_pdf_form_hold_the_answers() -> None:
    """An AcroForm has a field for each question and a button for each box."""
    content = a_document(a_form(referrer_name="Ruth Tumblebeck"), "fields")
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        fields = [annot["data"] for page in pdf.pages for annot in page.annots]
    named = {field["T"]: field.get("V") for field in fields if "T" in field}
    assert named[b"referrer_name"] == b"Ruth Tumblebeck"


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("wording", ["full", "short"])
def test_truth_speaks_the_interface(theme: str, wording: str) -> None:
    """Only keys of the interface, and all that the wording asks."""
    truth = a_form(theme=theme, wording=wording).truth()
    assert set(truth["answers"]) <= set(sin_form.ANSWERS)
    for group, keys in sin_form.GROUPS.items():
        assert all(set(row) <= set(keys) for row in truth[group])


def test_siblings_are_different_children() -> None:
    """Three children, three names, one household."""
    children = a_form(children=3, theme="neglect").truth()["children"]
    assert len({child["child_name"] for child in children}) == 3
    assert len({child["home_address"] for child in children}) == 1


def test_numbers_are_plainly_fictitious() -> None:
    """Kept ranges only, and the check digit of NHS numbers right."""
    people = People("numbers")
    for _ in range(200):
        number = people.nhs_number().replace(" ", "")
        assert number.startswith("999")
        assert int(number[9]) == check_digit(number[:9])
        assert re.fullmatch(r"0161 496 0\d{3}|07700 900\d{3}", people.phone())
        assert people.address().postcode.split()[0] in words("districts")


def test_dates_are_written_as_people_write_them() -> None:
    """3 March 2026 in every style."""
    written = {name: style(date(2026, 3, 3)) for name, style in STYLES.items()}
    assert written["no year"] == "3rd of March"
    assert written["lean slashes"] == "3/3/26"
    assert written["weekday"] == "Tuesday 3 March 2026"


def test_documents_made_to_harm_are_what_they_say() -> None:
    """Small to carry, large or greedy to open."""
    with zipfile.ZipFile(io.BytesIO(zip_bomb(20))) as archive:
        assert archive.getinfo("word/document.xml").file_size > 20 << 20
    with zipfile.ZipFile(io.BytesIO(xml_bomb())) as archive:
        assert b"<!ENTITY lol10" in archive.read("word/document.xml")
    with zipfile.ZipFile(io.BytesIO(external_entity())) as archive:
        assert b"SYSTEM" in archive.read("word/document.xml")
    with pytest.raises(zipfile.BadZipFile):
        zipfile.ZipFile(io.BytesIO(truncated(a_document())))


def test_locked_and_old_documents_are_compound_files() -> None:
    """Both begin as OLE files do; the locked one is made alike every time."""
    word = a_document()
    assert locked(word, "secret") == locked(word, "secret")
    for content in (locked(word, "secret"), old_word("A form")):
        assert content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
