"""What is missing, as text for an e-mail: questions anybody understands, and never a name."""

from dataclasses import replace

from cases import MAX, TILLY, a_case, a_filed, a_sin_form, an_answer, seen_on, told

from triage.case import MailFlag
from triage.missing import ASK, NOTHING_MISSING, NOTHING_OUTSTANDING, missing_text, outstanding_text
from triage.sin_form import REQUIRED


def test_every_required_answer_has_a_question_of_its_own() -> None:
    assert set(ASK) == {*REQUIRED, "child_name", "date_of_birth"}
    assert all("?" in words for words in ASK.values())


def test_missing_and_uncertain_answers_are_asked_for_apart() -> None:
    unsure = an_answer("suspected", 0.6)
    form = a_sin_form(la_aware_date=None, abuse_or_neglect=unsure)
    text = missing_text(a_case(form), seen_on())
    still, confirm = text.split("Please confirm")
    assert "- On which day did the local authority become aware of the incident?" in still
    assert "- Is abuse or neglect known or suspected?" in confirm
    assert text.startswith("Our reference: TSCP-2026-0001\n")


def test_of_several_children_it_says_which_and_names_none() -> None:
    form = a_sin_form([TILLY, {**MAX, "date_of_birth": None}])
    text = missing_text(a_case(form), seen_on())
    assert "- Child 2 on the form: What is the child's date of birth" in text
    assert not [name for name in ("Tilly", "Testing", "Max", "Sampleton") if name in text]


def test_what_could_not_be_read_is_asked_for_again() -> None:
    mail = a_filed(a_sin_form(), flags=(MailFlag("attachment unreadable", "damaged"),))
    text = missing_text(replace(a_case(), mails=(mail,)), seen_on())
    assert "- An attachment could not be read: please send it again" in text


def test_outstanding_contributions_say_since_when() -> None:
    due = seen_on().on
    case = a_case(contributions=(told("gmp", "requested", due_on=due), told("icb", "received")))
    text = outstanding_text(case, seen_on())
    assert "- Greater Manchester Police: requested on 4 March 2026, due on 4 March 2026" in text
    assert ": not yet requested" in text
    assert "Integrated Care" not in text.replace("Tameside and Glossop Integrated Care", "")


def test_nothing_missing_is_said() -> None:
    answered = tuple(told(agency, "received") for agency in ("csc", "gmp", "icb"))
    case = a_case(contributions=answered)
    assert missing_text(case, seen_on()) == NOTHING_MISSING
    assert outstanding_text(case, seen_on()) == NOTHING_OUTSTANDING
