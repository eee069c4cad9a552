"""Whole stories: several mails one after another, and the cases that come of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from cases import (
    GMP,
    MAX,
    REFERRER,
    TILLY,
    UNREADABLE,
    FilingRoom,
    a_letter,
    a_paper,
    a_sin_form,
    seen_on,
)

from triage.case import Case
from triage.contributions import contributions
from triage.correspondence import Correspondence
from triage.current import current_form
from triage.evidence import Evidence, Labelled
from triage.filing import Outcome
from triage.problem import Problem

FIRST, SECOND = "TSCP-2026-0001", "TSCP-2026-0002"
STRANGER = "someone@elsewhere.example"
RITA = REFERRER["referrer_email"]
POLICE = {
    "referrer_name": "Paul Person",
    "referrer_agency": "gmp",
    "referrer_email": GMP,
}
NIL = "Having checked, this family is not known to us. Nil return from our service."
TOLD = (
    "We have known the family since 2024: we attended the address twice in January and "
    "found nothing to be concerned about on either visit."
)


def brought(form: Any = None, **fields: Any) -> Any:
    """A document of the form."""
    return a_paper(form or a_sin_form(), **fields)


def states(case: Case) -> dict[str, str]:
    """How each agency's contribution stands."""
    return {item.agency: item.state for item in contributions(case)}


def brief(outcome: Outcome) -> tuple[str, str | None, list[str | None]]:
    """State, kind and references; None for a case that was opened."""
    return outcome.state, outcome.kind, [filing.reference for filing in outcome.filings]


def the_flags(outcome: Outcome) -> set[str]:
    """The flags a message brought to its cases or to the register."""
    filed = {flag.name for filing in outcome.filings for flag in filing.mail.flags}
    return filed | {flag.name for flag in outcome.flags}


def answering(sender: str = GMP, body: str = TOLD, **fields: Any) -> Correspondence:
    """A mail that quotes the first case's reference."""
    return a_letter(body, sender, **({"subject": f"RE: your request {FIRST}"} | fields))


@pytest.fixture
def opened(room: FilingRoom) -> FilingRoom:
    """A room where Tilly's referral was filed, as message M-000001 <first@here>."""
    room.file(brought(), mail=a_letter("See attached", RITA, message_id="<first@here>"))
    return room


# ---- forms


def test_a_form_opens_a_case_and_one_from_a_stranger_says_so(room: FilingRoom) -> None:
    known = room.file(brought())
    other = room.file(brought(a_sin_form((MAX,), **POLICE)), mail=a_letter("Hi", STRANGER))
    assert brief(known) == brief(other) == ("filed", "new referral", [None])
    assert "sender unknown" not in the_flags(known)
    assert "sender unknown" in the_flags(other)


def test_a_forward_with_a_new_form_opens_a_case_whatever_it_answers(opened: FilingRoom) -> None:
    mail = answering(subject=f"WG: {FIRST}", references=("<first@here>",))
    outcome = opened.file(brought(a_sin_form((MAX,), **POLICE)), mail=mail)
    assert brief(outcome) == ("filed", "new referral", [None])
    assert len(opened.cases()) == 2


def test_the_same_bytes_again_change_nothing(opened: FilingRoom) -> None:
    before = current_form(opened.cases()[FIRST])
    outcome = opened.file(brought(), mail=a_letter("Did you get this?", RITA))
    assert brief(outcome) == ("filed", "duplicate", [FIRST])
    case = opened.cases()[FIRST]
    assert (current_form(case), case.contributions) == (before, ())
    assert the_flags(outcome) == set()


@pytest.mark.parametrize(
    ("body", "papers", "kind", "state"),
    [
        ("Please find your form attached.", (), "duplicate", "expected"),
        (NIL, (), "contribution", "not known to us"),
        ("See both.", (a_paper(recognised_as="chronology"),), "contribution", "received"),
    ],
)
def test_what_comes_beside_the_same_form_from_another_agency_is_its_contribution(
    opened: FilingRoom, body: str, papers: Any, kind: str, state: str
) -> None:
    outcome = opened.file(brought(), *papers, mail=a_letter(body))
    assert brief(outcome) == ("filed", kind, [FIRST])
    assert states(opened.cases()[FIRST])["gmp"] == state


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"incident_summary": "He was taken by helicopter."}, id="an answer"),
        pytest.param({"referrer_email": "rita.referer@tgh.nhs.uk"}, id="the address, mistyped"),
    ],
)
def test_a_revised_form_by_the_same_referrer_joins_its_case(
    opened: FilingRoom, changed: dict[str, Any]
) -> None:
    outcome = opened.file(brought(a_sin_form(**changed)))
    assert brief(outcome) == ("filed", "revised referral", [FIRST])
    assert the_flags(outcome) == {"revised form"}
    answers = current_form(opened.cases()[FIRST]).answers
    assert [answers[key].value for key in changed] == list(changed.values())


@pytest.mark.parametrize(
    "corrected",
    [
        {"date_of_birth": date(2021, 5, 6)},
        {"date_of_birth": date(2020, 1, 1), "nhs_number": None},
        {"child_name": "Tilly Testing-Smythe", "nhs_number": None},
    ],
)
def test_a_corrected_child_in_answer_to_our_mail_is_no_other_case(
    opened: FilingRoom, corrected: dict[str, Any]
) -> None:
    form = a_sin_form((TILLY | corrected,))
    outcome = opened.file(brought(form), mail=answering(RITA))
    assert brief(outcome) == ("filed", "revised referral", [FIRST])
    assert len(current_form(opened.cases()[FIRST]).children) == 1


def test_a_blank_in_a_revised_form_takes_no_answer_away(opened: FilingRoom) -> None:
    opened.file(brought(a_sin_form(incident_summary=None)))
    assert "incident_summary" in current_form(opened.cases()[FIRST]).answers


def test_the_form_back_from_another_agency_is_its_contribution(opened: FilingRoom) -> None:
    own = [{"agency": "gmp", "known": "yes", "involvement": "Two calls in January."}]
    form = a_sin_form(agencies=own, outcome_for_child="near miss")
    outcome = opened.file(brought(form), mail=a_letter("Completed."))
    assert brief(outcome) == ("filed", "contribution", [FIRST])
    assert "revised form" in the_flags(outcome)
    case = opened.cases()[FIRST]
    assert states(case)["gmp"] == "received"
    assert current_form(case).answers["outcome_for_child"].value == "serious harm"


def test_a_section_filled_in_by_another_agency_is_named_to_the_officer(opened: FilingRoom) -> None:
    nowhere = Evidence(page=1, cell=None, box=None, method="test")
    own = Labelled("Summary of involvement", "Two calls in January.", nowhere)
    outcome = opened.file(brought(replace(a_sin_form(), unmapped=(own,))), mail=a_letter("Done."))
    (told,) = (flag.why for flag in outcome.filings[0].mail.flags if flag.name == "revised form")
    assert told == "no answer changed; new beside our questions: 'Summary of involvement'"


@pytest.mark.parametrize("sender", [GMP, "tscp@tameside.gov.uk"])
@pytest.mark.parametrize("kind", ["ordinary", "automatic reply", "bounce"])
def test_a_form_that_comes_back_with_nothing_told_contributes_nothing(
    opened: FilingRoom, sender: str, kind: Any
) -> None:
    own = [{"agency": "gmp", "known": "yes"}] if (sender, kind) != (GMP, "ordinary") else ()
    opened.file(
        brought(a_sin_form(agencies=own), name="saved again.docx"),
        mail=a_letter("FW", sender, kind=kind),
    )
    told = states(opened.cases()[FIRST]).items()
    assert [agency for agency, state in told if state != "expected"] == ["tgicft"]


def test_two_agencies_reporting_one_incident_are_two_cases_that_know_each_other(
    opened: FilingRoom,
) -> None:
    outcome = opened.file(brought(a_sin_form(**POLICE)), mail=a_letter("New"))
    assert brief(outcome) == ("filed", "new referral", [None])
    first, second = opened.cases().values()
    assert [(r.reference, r.flag) for r in second.relations] == [(FIRST, "possible duplicate")]
    assert [(r.reference, r.flag) for r in first.relations] == [(SECOND, "")]
    assert first.relations[0].why == second.relations[0].why != ""


def test_a_child_known_from_an_incident_long_ago_is_said_to_be(opened: FilingRoom) -> None:
    later = a_sin_form(incident_date=date(2026, 5, 20), la_aware_date=date(2026, 5, 20))
    outcome = opened.file(brought(later))
    assert brief(outcome) == ("filed", "new referral", [None])
    assert opened.cases()[SECOND].relations[0].flag == "known from an earlier case"


@pytest.mark.parametrize(
    "child",
    [
        {"date_of_birth": date(2019, 1, 1), "nhs_number": None},
        {"date_of_birth": date(2019, 1, 1), "nhs_number": "9990001247"},
        {"child_name": "Someone Else", "date_of_birth": date(2021, 6, 5), "nhs_number": None},
    ],
)
def test_namesakes_and_children_of_one_birthday_are_left_apart(
    opened: FilingRoom, child: dict[str, Any]
) -> None:
    outcome = opened.file(brought(a_sin_form((TILLY | child,), **POLICE)), mail=a_letter("New"))
    assert brief(outcome) == ("filed", "new referral", [None])
    assert outcome.filings[0].related == ()


def test_twins_one_without_a_number_are_two_cases_to_be_looked_at(room: FilingRoom) -> None:
    ann = {"child_name": "Ann Twin", "date_of_birth": date(2026, 1, 1), "nhs_number": "9990001239"}
    ben = {"child_name": "Ben Twin", "date_of_birth": date(2026, 1, 1)}
    room.file(brought(a_sin_form((ann,))))
    outcome = room.file(brought(a_sin_form((ben,))))
    assert brief(outcome) == ("filed", "new referral", [None])
    assert [r.flag for r in outcome.filings[0].related] == ["possible duplicate"]


def test_two_families_in_one_mail_are_two_cases_and_siblings_are_one(room: FilingRoom) -> None:
    other = a_sin_form((MAX,), incident_summary="Another family")
    outcome = room.file(brought(), brought(other, name="document 2.docx"))
    assert brief(outcome) == ("filed", "new referral", [None, None])
    assert len([letter for f in outcome.filings for letter in f.letters]) == 1
    siblings = room.file(brought(a_sin_form(({"child_name": "A B"}, {"child_name": "C B"}))))
    assert brief(siblings) == ("filed", "new referral", [None])
    assert len(current_form(room.cases()["TSCP-2026-0003"]).children) == 2


def test_a_new_form_behind_an_old_one_is_acknowledged_and_its_sender_questioned(
    opened: FilingRoom,
) -> None:
    new = brought(a_sin_form((MAX,)), name="document 2.docx")
    outcome = opened.file(brought(), new, mail=a_letter("Both", STRANGER))
    assert brief(outcome) == ("filed", "new referral", [FIRST, None])
    fresh = outcome.filings[1]
    assert [letter.to for letter in fresh.letters] == [STRANGER]
    assert {flag.name for flag in fresh.mail.flags} == {"sender unknown"}


@pytest.mark.parametrize(
    ("changed", "child"),
    [
        ({}, {}),
        ({"incident_summary": "Brought to  HOSPITAL by ambulance."}, {}),
        ({"outcome_for_child": "near miss"}, {}),
        ({}, {"date_of_birth": date(2021, 5, 6), "nhs_number": None}),
        ({}, {"date_of_birth": date(2011, 1, 1), "nhs_number": None}),
        ({}, {"date_of_birth": None, "nhs_number": None}),
    ],
)
def test_one_form_as_word_and_pdf_is_one_case(
    room: FilingRoom, changed: dict[str, Any], child: dict[str, Any]
) -> None:
    pdf = brought(a_sin_form((TILLY | child,), **changed), name="document 2.pdf")
    outcome = room.file(brought(), pdf)
    assert brief(outcome) == ("filed", "new referral", [None])
    assert len(outcome.filings[0].papers) == 2
    differ = "near miss" in changed.values() or child.get("date_of_birth") is not None
    assert ("answers disagree" in the_flags(outcome)) is differ


def test_a_form_naming_no_child_is_one_case_for_word_and_pdf(room: FilingRoom) -> None:
    nobody = a_sin_form(({"gender": "female"},))
    outcome = room.file(brought(nobody), brought(nobody, name="document 2.pdf"))
    assert brief(outcome) == ("filed", "new referral", [None])
    again = room.file(brought(nobody, name="document 3.docx"), mail=answering(RITA))
    assert brief(again) == ("filed", "revised referral", [FIRST])
    assert brief(room.file(brought(nobody, name="document 4.docx")))[1] == "new referral"


def test_an_unreadable_paper_beside_a_form_is_flagged_on_its_case(room: FilingRoom) -> None:
    broken = a_paper(state="unreadable", problem=UNREADABLE, name="document 2.pdf")
    locked = a_paper(state="unreadable", problem=Problem("locked", kind="protected"), name="d3")
    outcome = room.file(broken, brought(), locked)
    assert brief(outcome) == ("filed", "new referral", [None])
    assert the_flags(outcome) == {"attachment unreadable", "protected mail"}


# ---- mail without a form


@pytest.mark.parametrize(
    "mail",
    [
        pytest.param(answering(), id="the reference in the subject"),
        pytest.param(a_letter(TOLD, full_text=f"{TOLD}\n> tscp 2026–0001"), id="in the quote"),
        pytest.param(a_letter(TOLD, references=("<x@y>", "<first@here>")), id="the thread"),
        pytest.param(a_letter(TOLD, in_reply_to=("<first@here>",)), id="the mail answered"),
        pytest.param(a_letter(f"O’TESTING SMITH, Tilly, 5.6.21. {TOLD}"), id="name and birthday"),
        pytest.param(a_letter(f"NHS 999 000 1239. {TOLD}"), id="the NHS number"),
        pytest.param(a_letter(TOLD, RITA, subject=FIRST), id="the referrer, named by the form"),
    ],
)
def test_a_known_senders_mail_finds_its_case(opened: FilingRoom, mail: Correspondence) -> None:
    assert brief(opened.file(mail=mail)) == ("filed", "contribution", [FIRST])


@pytest.mark.parametrize(
    "mail",
    [
        pytest.param(answering(STRANGER), id="the reference"),
        pytest.param(a_letter(TOLD, STRANGER, references=("<first@here>",)), id="the thread"),
        pytest.param(a_letter(f"Tilly O'Testing-Smith 05/06/2021 {TOLD}", STRANGER), id="child"),
        pytest.param(a_letter(TOLD, "x@nhs.net", subject=FIRST), id="a domain many share"),
        pytest.param(a_letter(TOLD, "x@gmp.police.uk.evil.example", subject=FIRST), id="alike"),
    ],
)
def test_a_strangers_mail_is_offered_to_staff(opened: FilingRoom, mail: Correspondence) -> None:
    outcome = opened.file(mail=mail)
    assert (outcome.state, outcome.offered) == ("needs a person", (FIRST,))
    assert FIRST in outcome.reason
    assert "sender unknown" in the_flags(outcome)
    assert len(opened.cases()[FIRST].mails) == 1


def test_a_subject_alone_finds_nothing(opened: FilingRoom) -> None:
    outcome = opened.file(mail=a_letter(TOLD, subject="RE: SIN form Tilly"))
    assert brief(outcome) == ("needs a person", "other", [])
    assert outcome.reason


def test_mail_that_may_belong_to_two_cases_is_offered_both(opened: FilingRoom) -> None:
    opened.file(brought(a_sin_form((MAX,), **POLICE)))
    outcome = opened.file(mail=a_letter(TOLD, subject=f"{FIRST} and {SECOND}"))
    assert (outcome.state, outcome.offered) == ("needs a person", (FIRST, SECOND))


def test_the_reference_outweighs_a_child_named_beside_it(opened: FilingRoom) -> None:
    opened.file(brought(a_sin_form((MAX,), **POLICE)))
    mail = answering(body=f"Max Sampleton, 09/11/2015, is her cousin. {TOLD}")
    assert brief(opened.file(mail=mail)) == ("filed", "contribution", [FIRST])


@pytest.mark.parametrize("kind", ["automatic reply", "newsletter", "bounce", "calendar"])
@pytest.mark.parametrize("sender", [GMP, STRANGER])
def test_what_machines_send_never_contributes(opened: FilingRoom, kind: Any, sender: str) -> None:
    outcome = opened.file(mail=answering(sender, NIL, kind=kind))
    ignored = kind in ("automatic reply", "newsletter")
    lost = "ignored" if ignored else "needs a person"
    assert outcome.state == ("filed" if sender == GMP else lost)
    assert outcome.kind == kind
    assert states(opened.cases()[FIRST])["gmp"] == "expected"


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        ("automatic reply", "ignored"),
        ("newsletter", "ignored"),
        ("bounce", "needs a person"),
        ("calendar", "needs a person"),
    ],
)
def test_what_machines_send_without_a_case(room: FilingRoom, kind: Any, state: str) -> None:
    outcome = room.file(mail=a_letter("I am away", kind=kind))
    assert brief(outcome) == (state, kind, [])
    assert outcome.reason
    form = room.file(brought(), mail=a_letter("", kind=kind))
    assert brief(form) == ("filed", "new referral", [None])
    assert form.filings[0].letters == ()


def test_our_own_mail_is_ours_and_contributes_for_nobody(opened: FilingRoom) -> None:
    us = next(iter(seen_on().own_addresses))
    filed, lost = opened.file(mail=answering(us)), opened.file(mail=a_letter(TOLD, us))
    assert brief(filed) == ("filed", "ours", [FIRST])
    assert brief(lost) == ("needs a person", "ours", [])
    assert "sender unknown" not in the_flags(lost)
    assert states(opened.cases()[FIRST])["csc"] == "expected"


@pytest.mark.parametrize(
    ("paper", "mail", "kind"),
    [
        (a_paper(state="blank", reason="a blank form"), a_letter("The form"), "other"),
        (a_paper(recognised_as="minutes", reason="minutes"), a_letter("Minutes"), "other"),
        (a_paper(state="ornament"), a_letter("Hello"), "other"),
        (a_paper(state="unreadable", reason="broken", problem=UNREADABLE), None, "unreadable"),
    ],
)
def test_papers_without_a_form_or_a_case_need_a_person(
    room: FilingRoom, paper: Any, mail: Any, kind: str
) -> None:
    outcome = room.file(paper, mail=mail)
    assert brief(outcome) == ("needs a person", kind, [])
    assert outcome.reason


def test_minutes_are_no_contribution_but_a_chronology_is(opened: FilingRoom) -> None:
    opened.file(a_paper(recognised_as="minutes"), mail=answering(body="Minutes attached."))
    assert states(opened.cases()[FIRST])["gmp"] == "expected"
    opened.file(a_paper(recognised_as="chronology"), mail=answering(body="Attached."))
    assert states(opened.cases()[FIRST])["gmp"] == "received"


def test_one_paper_that_cannot_be_read_waits_and_beside_another_it_is_flagged(
    opened: FilingRoom,
) -> None:
    broken = a_paper(state="unreadable", problem=UNREADABLE, reason="broken")
    alone = opened.file(broken, mail=answering(body="Attached."))
    assert brief(alone) == ("needs a person", "unreadable", [])
    assert FIRST in alone.reason
    both = opened.file(broken, a_paper(recognised_as="chronology"), mail=answering(body="Both."))
    assert brief(both) == ("filed", "contribution", [FIRST])
    assert "attachment unreadable" in the_flags(both)


def test_a_nil_return_after_a_contribution_takes_nothing_back(opened: FilingRoom) -> None:
    opened.file(mail=answering(body=NIL))
    assert states(opened.cases()[FIRST])["gmp"] == "not known to us"
    opened.file(mail=answering(body=TOLD))
    opened.file(mail=answering(body=NIL))
    case = opened.cases()[FIRST]
    assert states(case)["gmp"] == "received"
    assert len(case.contributions) == 3
