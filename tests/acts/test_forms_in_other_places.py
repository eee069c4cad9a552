"""Forms that are no Word document or PDF: typed into a mail, a text file, a web page; and mail
that belongs to a case by its thread or reference but tells of another child."""

from __future__ import annotations

import pytest
from arriving import POLICE, REF, arrives

from storage.register import RegisterLine
from triage.contributions import contributions
from triage.current import current_form
from tscp.acts.desk import Desk
from tscp.acts.look import see_case
from tscp.acts.read_file import read_file

TITLE = "SERIOUS CHILD SAFEGUARDING INCIDENT NOTIFICATION"
ASKED = [
    ("Referrer name", "Paul Person"),
    ("Referrer agency", "Greater Manchester Police"),
    ("Child name", "Florian Testcase"),
    ("Date of birth", "05/05/2020"),
    ("Outcome for child", "Death"),
    ("Date LA became aware", "03/03/2026"),
    ("Summary of incident", "Florian died at home."),
    ("Other children at risk", "Yes"),
]
FORM = "\n".join([TITLE, "", *(f"{label}: {answer}" for label, answer in ASKED)])
PAGE = f"<p>{TITLE}</p><table>" + "".join(
    f"<tr><td>{label}</td><td>{answer}</td></tr>" for label, answer in ASKED
)
FEW = f"{TITLE}\nChild name: Florian Testcase\nDOB: 5/5/2020\nOutcome: Death"
PROMISE = f"Thanks, {REF} noted. We will send our chronology next week."


def states(line: RegisterLine) -> dict[str, str]:
    """What became of the documents, by name."""
    return {document.name: document.state for document in line.documents}


def gmp(desk: Desk) -> str:
    """How the police's contribution to the first case stands."""
    told = contributions(see_case(desk, REF, "kim"))
    return next(item.state for item in told if item.agency == "gmp")


@pytest.mark.parametrize(
    ("body", "html", "subject"),
    [
        (f"Dear team,\n\n{FORM}\n\nRegards\nPaul", "", f"Re: {REF}"),
        ("See below.\n" + "\n\n".join(w for pair in ASKED for w in pair), PAGE, f"Re: {REF}"),
        (f"FYI\n\n----- Original Message -----\nFrom: x@tgh.nhs.uk\n\n{FORM}", "", f"FW: {REF}"),
    ],
    ids=["typed", "a table in the HTML", "passed on"],
)
def test_a_form_in_the_text_of_a_mail_opens_its_own_case(
    filed: Desk, body: str, html: str, subject: str
) -> None:
    line = arrives(filed, body, html=html, subject=subject)
    assert (line.state, line.kind, line.cases) == ("filed", "new referral", ("TSCP-2026-0002",))
    assert states(line) == {"(body)": "read"}
    form = current_form(see_case(filed, "TSCP-2026-0002", "kim"))
    answer = form.children[0]["child_name"]
    assert (answer.value, answer.evidence.method) == ("Florian Testcase", "mail-body")
    assert form.answers["outcome_for_child"].value == "death"


def test_what_looks_like_a_form_in_a_mail_goes_to_a_person_who_is_offered_the_case(
    filed: Desk,
) -> None:
    line = arrives(filed, FEW)
    assert line.state == "needs a person"
    assert "A form seems to be typed into the text of the mail" in line.reason
    assert line.offered == (REF,)
    assert states(line) == {"(body)": "needs a person"}


def test_an_older_form_quoted_below_an_answer_does_not_count(filed: Desk) -> None:
    quoted = "\n".join(f"> {line}" for line in FORM.splitlines())
    line = arrives(filed, f"Thank you, received.\n\nOn Monday Paul wrote:\n{quoted}")
    assert (line.state, line.kind, line.documents) == ("filed", "correspondence", ())


@pytest.mark.parametrize(
    "body",
    [
        "Zelda Testcase (d.o.b. 9.9.19) was seen at the hospital with burns last night.",
        "We were called to a boy, NHS number 999 000 1247, at the same address on Sunday.",
        "I am sorry to say that the child died this morning.",
        "Zelda Othername, aged 6, was brought to hospital with burns.",
        "We are worried about Zelda Othername (6 years) at number 12.",
    ],
)
def test_mail_about_another_child_or_a_death_is_never_filed_by_itself(
    filed: Desk, body: str
) -> None:
    line = arrives(filed, f"{REF}: {body}")
    assert (line.state, line.offered) == ("needs a person", (REF,))
    assert "another" not in line.reason or "Zelda" not in line.reason


def test_what_an_attached_message_tells_of_another_child_counts_too(filed: Desk) -> None:
    ward = b"Subject: On the ward\n\nZelda Othername, aged 6, came in with burns nobody explains."
    line = arrives(filed, f"{REF}: please see the mail attached.", [("ward.eml", ward)])
    assert (line.state, line.offered) == ("needs a person", (REF,))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("disclaimer.txt", b"This e-mail is confidential."),
        ("Privacy notice.txt", b"Privacy notice. How we use your information."),
        ("Request.txt", b"Dear colleague, please send your chronology of involvement."),
    ],
)
def test_a_document_that_tells_nothing_of_the_case_is_no_contribution(
    filed: Desk, name: str, content: bytes
) -> None:
    line = arrives(filed, PROMISE, [(name, content)])
    assert (line.state, line.kind, gmp(filed)) == ("filed", "correspondence", "expected")


@pytest.mark.parametrize(
    ("name", "content", "state"),
    [
        ("form.html", PAGE.encode(), "filed"),
        ("form.txt", FORM.encode(), "filed"),
        ("form.html", FEW.replace("\n", "<br>").encode(), "needs a person"),
        ("form.txt", FEW.encode(), "needs a person"),
        ("x.txt", b"Child: Zelda Testcase d.o.b 9.9.19\nIncident: she was hurt", "needs a person"),
        ("x.txt", b"Child: Zelda Testcase\nIncident: she was hurt", "needs a person"),
        ("x.txt", b"A twin, d.o.b 5.6.21, was found dead on Sunday.", "needs a person"),
    ],
)
def test_a_form_in_a_text_file_or_web_page_is_read_or_goes_to_a_person(
    filed: Desk, name: str, content: bytes, state: str
) -> None:
    line = arrives(filed, f"{REF} SIN attached", [(name, content)])
    assert line.state == state
    assert REF not in line.cases
    assert gmp(filed) == "expected"


def test_another_document_beside_it_does_not_hide_an_unread_form(filed: Desk) -> None:
    beside = ("chronology.txt", b"Chronology of Tilly O'Testing-Smith. 3 May: seen at home.")
    assert arrives(filed, PROMISE, [beside, ("form.txt", FEW.encode())]).state == "needs a person"


@pytest.mark.parametrize("encoding", [b"base-64", b"x-unknown", b"Base64 "])
def test_an_unknown_transfer_encoding_that_looks_like_base64_is_undone(
    filed: Desk, encoding: bytes
) -> None:
    line = arrives(filed, f"{REF} SIN", [("form.txt", FORM.encode())], swap=(b"base64", encoding))
    assert (line.state, line.kind) == ("filed", "new referral")


def test_a_document_whose_transfer_encoding_is_unknown_goes_to_a_person(filed: Desk) -> None:
    line = arrives(filed, f"{REF} SIN", [("form.docx", b"P" * 200)], swap=(b"base64", b"x-zip"))
    assert line.state == "needs a person"
    assert gmp(filed) == "expected"


def test_a_message_read_alone_shows_the_form_in_its_text(desk: Desk) -> None:
    content = f"From: {POLICE}\nSubject: SIN\nMessage-ID: <1@x>\n\n{FORM}\n".encode()
    shown = read_file(desk.worker, "x.eml", content)
    assert (shown["status"], shown["document"]) == ("form", "(body)")
    assert shown["answers"]["outcome_for_child"]["value"] == "death"
    assert shown["answers"]["outcome_for_child"]["evidence"]["method"] == "mail-body"


AT_RISK_NOW = "Are there other children at risk now?"
"""No label of ours: its words alone say what it asks."""


@pytest.mark.parametrize("answer", ["Yes", "Yes - a baby sister at home", "No"])
def test_a_question_typed_in_words_that_nobody_listed_is_no_part_of_the_story(
    desk: Desk, answer: str
) -> None:
    typed = FORM.replace("Other children at risk: Yes", f"{AT_RISK_NOW}: {answer}")
    shown = read_file(desk.worker, "x.eml", f"From: {POLICE}\nSubject: SIN\n\n{typed}\n".encode())
    risk, story = (shown["answers"][key] for key in ("other_children_at_risk", "incident_summary"))
    assert (risk["value"], story["value"]) == (answer[:3].strip().lower(), "Florian died at home.")


def test_a_form_typed_into_an_attached_message_opens_its_own_case(filed: Desk) -> None:
    inner = f"From: x@tgh.nhs.uk\nSubject: for you\nMessage-ID: <i@x>\n\n{FORM}\n".encode()
    line = arrives(filed, f"Please see {REF} and the attached.", [("for you.eml", inner)])
    assert (line.state, line.kind, line.cases) == ("filed", "new referral", ("TSCP-2026-0002",))
    assert [(one.name, one.path) for one in line.documents] == [("(body)", ("message 1.eml",))]
