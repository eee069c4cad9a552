"""Forms typed into mails: what a writer without a form draws with keys, and pages of HTML."""

from __future__ import annotations

from email.message import EmailMessage
from typing import Any

import pytest
from readings import vocabularies

from intake.opening import open_message
from parsers.own_words import said_in
from parsers.readers.typed import typed
from parsers.readers.web_page import web_page
from parsers.reading import Paragraph, Reading, Table, plain
from parsers.typed_text import read_typed
from tscp.acts.body import typed_of

FORMS = vocabularies()
TITLE = "Serious child safeguarding incident notification"
ASKED = (
    ("Referrer name", "Josie Underhay"),
    ("Referrer role", "Named Nurse"),
    ("Date of referral", "5 October 2026"),
    ("Child's name", "Tobias Quernmore"),
    ("Date of birth", "14/02/2024"),
    ("Date of incident", "3 October 2026"),
    ("Shoe size", "12"),
    ("Incident summary", "He was brought in with burns to both feet."),
    ("Reason for referral", "Not explained."),
)
WAYS = {
    "behind a colon": "\n".join(f"{label}: {answer}" for label, answer in ASKED),
    "below, after empty lines": "\n\n".join(f"{label}\n{answer}" for label, answer in ASKED),
    "capitals and dashes": "\n".join(f"{label.upper()} - {answer}" for label, answer in ASKED),
    "columns of spaces": "\n".join(f"{label:24}{answer}" for label, answer in ASKED),
    "bars": "\n".join(f"| {label} | {answer} |" for label, answer in ASKED),
    "numbered, quoted": "\n".join(
        f"> 1.{number} {label}: {answer}" for number, (label, answer) in enumerate(ASKED, 1)
    ),
}


def form_in(text: str = "", html: str = "") -> Any:
    read = read_typed([text], FORMS, {}, html)
    assert read is not None
    assert read.form is not None
    return read.form


@pytest.mark.parametrize("way", WAYS)
def test_a_form_is_read_in_each_way_of_marking_its_labels(way: str) -> None:
    form = form_in(f"{TITLE}\n\n{WAYS[way]}\n\nKind regards\nJosie")
    assert form.answers["referrer_name"].value == "Josie Underhay"
    assert form.answers["incident_summary"].value == ASKED[7][1]
    assert form.answers["reason_for_referral"].value == "Not explained."
    assert form.children[0]["date_of_birth"].text == "14/02/2024"
    assert any("shoe size" in one.label.lower() and one.text == "12" for one in form.unmapped)


def _lines(reading: Reading) -> list[str]:
    return [plain(one.text) for one in reading.blocks if isinstance(one, Paragraph)]


def test_lines_wrapped_by_a_mail_program_are_one_again_but_labels_begin_lines() -> None:
    words = "Mother attended with the baby who had bruising to the ear and to the left cheek. "
    wrapped = "\n".join(
        ["1.1 What happened: Mother attended with the baby who had bruising to",
         "the ear and to the left cheek. Mother attended with the baby who had",
         "bruising to the ear and to the left cheek. Mother attended with the",
         "Police: told that day, and the baby who had bruising to the ear today", "1.2 Place: Home"]
    )  # fmt: skip
    lines = _lines(typed(wrapped, "", ""))
    assert len(lines) == 2
    assert lines[0].startswith("1.1 What happened: " + words)
    assert "Police: told" in lines[0]


def test_a_question_asked_of_each_child_is_kept_for_each() -> None:
    sent = (
        "\n\nReferrer name: Harriet Sowden\nReferrer role: Team Lead\nDate of incident: 1 May 2026"
    )
    block = "\n\nChild {0}\nName: {1} Bramwith\nDOB: 01/09/2026\nFavourite toy: bear"
    form = form_in(f"{TITLE}{sent}{block.format(1, 'Ottilie')}{block.format(2, 'Wilf')}")
    assert [child["child_name"].value for child in form.children] == [
        "Ottilie Bramwith",
        "Wilf Bramwith",
    ]
    kept = [(one.label, one.text, one.evidence.cell) for one in form.unmapped]
    assert len(kept) == len(set(kept)) == 2
    assert {one[:2] for one in kept} == {("Favourite toy", "bear")}


def _page(child: str) -> str:
    asked = {**dict(ASKED), "Child's name": child}
    cells = "".join(
        f"<tr><td><p class=MsoNormal><b>{label}</b></p></td><td>{answer}</td></tr>"
        for label, answer in asked.items()
    )
    return f"<p><b>{TITLE}</b></p><table>{cells}</table>"


def test_a_mails_page_is_read_by_its_tables_and_not_by_the_form_it_quotes() -> None:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "a@hv.example", "RE: form"
    header = "<p><b>From:</b> a@b.example<br><b>Sent:</b> 1 May 2026<br><b>To:</b> c@d.example</p>"
    shell = "<table role=presentation><tr><td><div>{}</div></td></tr></table>"
    hidden = '<div style="display:none">Incident summary: nobody sees this</div>'
    page = hidden + shell.format(_page("Tobias Quernmore")) + header + _page("Somebody Else")
    mail.set_content(page, subtype="html")
    (words,) = typed_of(open_message(mail.as_bytes()))
    form = form_in(words.texts[0], words.html)
    assert [child["child_name"].value for child in form.children] == ["Tobias Quernmore"]
    assert form.children[0]["child_name"].evidence.cell == "table 1, row 4, cell 2"
    assert [one.text for one in form.unmapped] == ["12"]


def test_looks_boxes_and_nested_tables_of_a_page_are_seen() -> None:
    page = web_page(
        "<h2>Child</h2><p>Sex: <s>male</s> <span style='font-family:Wingdings'>þ</span> female</p>"
        "<table><tr><th>Name<td colspan=2>Ann<br>Bee<tr><td>a<td>b"
        "<td><table><tr><td>in<td>side</table></table>",
        "mail-body",
        "mail text",
    )
    heading, line, table = page.blocks
    assert isinstance(heading, Paragraph)
    assert heading.heading
    assert isinstance(line, Paragraph)
    assert plain(line.text) == "Sex: male ☒ female"
    assert [run.text for run in line.text if run.struck] == ["male"]
    assert isinstance(table, Table)
    assert (table.columns, table.cells[1].columns) == (3, 2)
    assert plain(table.cells[1].text) == "Ann\nBee"
    assert plain(table.cells[-1].tables[0].cells[1].text) == "side"


def test_lines_are_followed_along_the_senders_own_words() -> None:
    counts = said_in("Name\tAnn Bee\nDate of birth\t1 May 2020")
    assert [counts(line) for line in ("Name", "Ann Bee", "Date of birth", "1 May 2020")] == [
        True
    ] * 4
    assert not counts("Date of birth")
