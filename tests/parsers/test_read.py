"""A document becomes a form, an empty form, another paper, or a reason."""

import io
from dataclasses import replace

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from readings import aliases, head, read, table, text, values, vocabularies

from parsers.read import as_json, read_document
from parsers.reading import UNTICKED, plain
from parsers.typed_text import may_hold_a_form

TITLE = "**Serious Child Safeguarding Incident Notification**"
BLANK = (
    head("Referrer"),
    table(
        ["**Name**", "//Please print your full name//"], ["**Agency**", "(Please state)"],
        ["**Date**", "DD/MM/YYYY"], ["**Email**", "Click or tap here to enter text."],
    ),
    head("The incident"),
    table(
        ["**Date of incident**", "dd/mm/yyyy"], ["**Date LA became aware**", ""],
        ["**Outcome for child**", "Death / Serious harm / Near miss"],
        ["**Abuse or neglect**", f"{UNTICKED} Known {UNTICKED} Suspected {UNTICKED} No"],
        ["**Summary of incident**", "Please include dates and who was present."],
        ["**Line manager**", ""],
    ),
    head("Agencies"),
    table(["**Agency**", "**Known? Y/N**"], ["Police", "Yes / No"], ["GP", "Yes / No"]),
)  # fmt: skip


def word(rows, title="Serious Child Safeguarding Incident Notification"):
    """A Word document of a title and a table of two columns."""
    document = docx.Document()
    document.add_heading(title, 1)
    made = document.add_table(len(rows), 2)
    for row, (label, answer) in zip(made.rows, rows, strict=True):
        row.cells[0].paragraphs[0].add_run(label).bold = True
        row.cells[1].text = answer
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


FILLED = [
    ("Name of referrer", "Ann Tester"),
    ("Referring agency", "GMP"),
    ("Name of child", "Bo Child"),
    ("Date of birth", "1/2/2020"),
    ("Date of incident", "1/3/2026 at 14:30"),
    ("Date LA became aware", "early March 2026"),
    ("Outcome for child", "Serious harm"),
    ("Abuse or neglect", "Suspected"),
    ("Ward", "Hyde East"),
]


def test_a_word_form_is_read_from_its_bytes():
    found = read_document("a.docx", word(FILLED), vocabularies(), aliases())
    assert (found.status, found.reason, found.reader) == ("form", None, "python-docx")
    assert found.form is not None
    assert found.form.form == "sin_gm"
    assert "Hyde East" in found.text


def test_the_json_is_that_of_the_interface():
    found = as_json(read_document("a.docx", word(FILLED), vocabularies(), aliases()), "a.docx")
    assert set(found) >= {
        "status", "reason", "form", "document", "answers", "children", "family", "agencies",
        "events", "unmapped", "problems", "others",
    }  # fmt: skip
    answers = found["answers"]
    assert answers["incident_date"]["value"] == "2026-03-01T14:30"
    assert answers["la_aware_date"]["value"] == {"approx": "early March 2026", "month": "2026-03"}
    assert answers["referrer_agency"]["value"] == "gmp"
    assert set(answers["referrer_agency"]["evidence"]) == {"page", "cell", "box", "method"}
    assert found["children"][0]["date_of_birth"]["value"] == "2020-02-01"
    assert [(u["label"], u["text"]) for u in found["unmapped"]] == [("Ward", "Hyde East")]


def test_a_template_nobody_filled_is_blank():
    found = read(TITLE, *BLANK, margin=["SIN form version 2"])
    assert found.status == "blank"
    assert "nobody" in found.reason


def test_one_answer_makes_a_template_a_form():
    filled = (*BLANK, "**Media interest?** ~~Yes~~ / No")
    assert read(TITLE, *filled).status == "form"


CHRONOLOGY = table(["**Date**", "**Event**"], *([f"0{n}/01/2025", "A visit"] for n in range(1, 8)))


@pytest.mark.parametrize(
    ("blocks", "recognised"),
    [
        (["**Agency chronology - Pennine Care**", CHRONOLOGY], "chronology"),
        (["**Serious incident: background**", CHRONOLOGY], "chronology"),
        (["**Rapid Review Panel: minutes**", "Present: A, B", "1. Welcome"], "minutes"),
        (["**Agency Information Report**", table(["Agency", "GMP"], ["Author", "A"])],
         "agency report"),
        (["Dear all,", "please find attached."], ""),
        ([], ""),
    ],
)  # fmt: skip
def test_other_papers_are_told_apart_with_a_reason(blocks, recognised):
    found = read(*blocks)
    assert (found.status, found.recognised_as) == ("not-a-form", recognised)
    assert found.reason
    assert found.form is None


def test_another_kind_of_referral_is_no_sin_form():
    found = read(
        "**Multi-agency referral form**",
        head("Referrer"),
        table(["Name", "Ann"], ["Agency", "GMP"], ["Date", "1/1/26"], ["Email", "a@b.example"]),
        head("Child"),
        table(["Name", "Bo"], ["DOB", "1/2/20"], ["Address", "1 St"], ["GP", "x"], ["School", "z"]),
    )
    assert found.status == "not-a-form"
    assert "does not ask" in found.reason


def test_an_older_boards_form_is_known_by_its_name():
    found = read(
        "**Anytown Safeguarding Children Board**", "**Referral for a Serious Case Review**",
        table(
            ["**Name of referrer**", "Ann Tester"], ["**Name of child**", "Bo Child"],
            ["**Date of incident**", "1/1/2018"], ["**Date LSCB became aware**", "2/1/2018"],
            ["**Outcome for child**", "Died"], ["**Type of review recommended**", "SCR"],
        ),
    )  # fmt: skip
    assert found.form.form == "old_sscp"
    assert found.form.answers["criteria_met"].value == "statutory"
    assert found.form.answers["la_aware_date"].value is not None


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 cut", b"PK\x03\x04 cut", b"\x89PNG\r\n\x1a\n"])
def test_what_cannot_be_read_says_why(content):
    found = read_document("a.docx", content, vocabularies(), aliases())
    assert found.status == "unreadable"
    assert found.problem is not None
    assert found.reason == found.problem.sentence()
    assert as_json(found, "a.docx")["problems"] == [found.reason]


@settings(deadline=None)
@given(st.binary(max_size=200), st.sampled_from(["", "%PDF-1.4\n", "PK\x03\x04", "Name: "]))
def test_no_bytes_raise(content, start):
    found = read_document("x", start.encode() + content, vocabularies(), aliases())
    assert found.status in ("unreadable", "not-a-form")
    assert found.reason


def test_no_reason_quotes_the_document():
    secret = [("Name", "Zebedee Quagga"), ("Notes", "Zebedee was seen")]
    found = read_document("a.docx", word(secret, "Minutes"), vocabularies(), aliases())
    assert "Zebedee" not in (found.reason or "")


GUIDED = (
    head("Referrer"),
    table(["#**Name**", "{0}"], ["#**Agency**", ""], ["#**Email**", ""]),
    head("The incident"),
    table(
        ["#**Date of incident**\nThe day it happened", ""],
        ["#**Date LA became aware**", ""], ["#**Outcome for child**", ""],
        ["#**Summary of the incident**\n//What happened, when and where//", "{1}"],
        ["#**Reason for referral**\nWhy the partnership should consider this", ""],
        ["#**Abuse or neglect**", ""],
    ),
    head("The child"),
    table(["#>2 **Child's full name**\nForename and surname"], [">2 "]),
)  # fmt: skip


def guided(*answers):
    """The template whose label cells hold guidance on their second line, with some answers."""
    filled = [*answers, "", ""]
    return read(*(
        replace(block, cells=tuple(
            replace(cell, text=text(plain(cell.text).format(*filled)) if "{" in plain(cell.text)
                    else cell.text) for cell in block.cells))
        if hasattr(block, "cells") else block for block in GUIDED
    ))  # fmt: skip


def test_guidance_under_a_label_with_an_empty_cell_is_no_answer():
    """'Summary' / 'What happened, when and where' beside or above an empty cell asks only."""
    assert guided().status == "blank"


def test_one_answer_beside_guidance_makes_it_a_form():
    """Guidance that is left out does not take real answers with it."""
    found = guided("Ann Wren", "The child fell.")
    assert found.status == "form"
    assert values(found.form.answers) == {
        "referrer_name": "Ann Wren", "incident_summary": "The child fell.",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("label", "value", "least", "most"),
    [
        ("#**Date of incident:** 3 March 2026", "2026-03-03", 0.7, 0.95),
        ("#**Date of incident**\n3 March 2026", "2026-03-03", 0.3, 0.51),
    ],
)
def test_what_was_typed_into_a_labels_cell_is_kept_but_less_sure(label, value, least, most):
    """People do type beside the label although the cell for the answer is there."""
    found = read(TITLE, *GUIDED[:2], table([label, ""], ["#**Date LA became aware**", ""]),
                 *GUIDED[2:])  # fmt: skip
    answer = found.form.answers["incident_date"]
    assert answer.value.on.isoformat() == value
    assert least <= answer.confidence <= most


def test_labels_with_empty_cells_between_them_are_no_header():
    """'Carer | (empty) | School | (empty)' under such a row asks; it does not answer."""
    found = read(
        head("The child"),
        table(["#**Postcode**", "", "#**Whereabouts at the time of the incident**", ""],
              ["#**Who looked after them?**", "", "#**Which place of learning?**", ""]),
    )  # fmt: skip
    assert found.form is None or not any(values(row) for row in found.form.children)


@pytest.mark.parametrize(
    ("name", "content", "reason", "text"),
    [
        ("reply.txt", "We know the family: café visits.".encode("cp1252"), "plain text", "café"),
        ("reply.txt", "\ufeffNot known to us".encode("utf-16"), "plain text", "Not known to us"),
        ("x.html", b"<html><script>no()</script><p>Not&nbsp;known<br>to us</p>", "web page",
         "known\nto us"),
        ("x.xml", b"<?xml version='1.0'?><a>Not known</a>", "data", "Not known"),
    ],
)  # fmt: skip
def test_plain_text_is_kept_with_its_words_and_is_no_damaged_form(name, content, reason, text):
    """An agency that answers in a .txt file is heard."""
    found = read_document(name, content, vocabularies(), aliases())
    assert found.status == "not-a-form"
    assert reason in found.reason
    assert text in found.text.replace("\xa0", " ")


def test_calendar_entries_and_contact_cards_are_recognised():
    """They come along with mails and say nothing of their own."""
    for content, kind in ((b"BEGIN:VCALENDAR\r\n", "calendar"), (b"BEGIN:VCARD\r\n", "contact")):
        found = read_document("part", content, vocabularies(), aliases())
        assert (found.status, found.recognised_as) == ("not-a-form", kind)


def test_troubles_that_did_not_keep_a_form_from_being_read_are_told():
    """A PDF's scanned pages, or a name that promises another kind, stand among the problems."""
    document = io.BytesIO()
    docx.Document().save(document)
    found = read_document("form.pdf", document.getvalue(), vocabularies(), aliases())
    assert ["named .pdf" in told for told in as_json(found, "form.pdf")["problems"]] == [True]


def test_an_agency_with_a_question_mark_keeps_its_row_and_says_so():
    """Whoever fills the form does not know whether the family is known there: that is an answer."""
    rows = "Agency\tContact\tKnown to agency?\nHealth Visitor\t\t?\nGP\tDr Test\tYes"
    text = f"Serious child safeguarding incident notification\n{LINES}\nAgencies\n{rows}"
    found = read_document("form.txt", text.encode(), vocabularies(), aliases())
    known = {row["agency"].value: row["known"] for row in found.form.agencies}
    assert (known["hv"].value, known["hv"].text) == ("unknown", "?")
    assert known["gp"].value == "yes"


LINES = (
    "Referrer name: Rita Referrer\nChild name: Tilly Testing\nDate of birth: 05/06/2021\n"
    "Outcome for child: Serious harm\nDate LA became aware: 03/03/2026\n"
)


def test_a_text_file_with_a_forms_lines_is_a_form_with_evidence():
    """Some mail programs turn a form into plain text."""
    text = f"Serious child safeguarding incident notification\n{LINES}"
    found = read_document("form.txt", text.encode(), vocabularies(), aliases())
    assert (found.status, found.reader) == ("form", "text file")
    answer = found.form.answers["outcome_for_child"]
    assert (answer.value, answer.evidence.cell) == ("serious harm", "line 5")


def test_text_under_a_documents_name_is_a_damaged_document():
    """What was left of a Word form is nothing to be kept in silence."""
    found = read_document("form.docx", b"<html>Not found</html>", vocabularies(), aliases())
    assert found.status == "unreadable"
    assert "not what its name (.docx) says" in found.reason


def test_every_name_of_a_form_makes_a_mail_worth_asking_about():
    """The glance at a mail must let every title through."""
    names = [name for words in vocabularies() for name in words.recognised_by]
    assert [name for name in names if not may_hold_a_form(name)] == []
    assert not may_hold_a_form("Dear all,\nthank you, we have it.\nTel: 0161")
