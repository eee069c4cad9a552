"""Which case a mail belongs to by what it answers: a message, our letter, or the same mail."""

from __future__ import annotations

import pytest
from arriving import REF, arrives
from cases import AT
from sqlalchemy import update
from sqlmodel import col

from storage import outbox
from storage.database import transaction
from storage.tables import LetterRow
from triage.letters import Letter
from tscp.acts.desk import Desk
from tscp.acts.look import see_case

NOBODYS, STRANGER = "<never-received@tameside.gov.uk>", "someone@elsewhere.example"
TOLD = "Please see what we know: the family was seen at home on 3 May and was well."


FORM = (
    "SIN form\n\nReferrer name: Paul Person\nReferrer agency: Greater Manchester Police\n"
    "Child name: Florian Testcase\nDate of birth: 05/05/2020\nOutcome for child: Serious harm\n"
    "Date LA became aware: 03/03/2026\nSummary of incident: Hurt at home.\n"
)


@pytest.mark.parametrize(
    ("sender", "state"), [("b@tameside.gov.uk", "filed"), (STRANGER, "needs a person")]
)
def test_two_mails_that_answer_one_we_never_got_belong_together(
    filed: Desk, sender: str, state: str
) -> None:
    first = arrives(filed, TOLD, references=f"<older@x> {NOBODYS}")
    assert first.cases == (REF,)
    second = arrives(filed, "And this.", subject="Re: a child", sender=sender, in_reply_to=NOBODYS)
    assert second.state == state
    assert REF in (*second.cases, *second.offered)


def test_an_answer_to_a_message_of_a_case_is_not_led_astray_by_others_that_answer_it(
    filed: Desk,
) -> None:
    first = arrives(filed, TOLD, message_id="<first@x.example>")
    other = arrives(filed, FORM, subject="Re: one more", in_reply_to="<first@x.example>")
    assert (first.cases, other.cases) == ((REF,), ("TSCP-2026-0002",))
    line = arrives(filed, "And this.", subject="Re", in_reply_to="<first@x.example>")
    assert line.cases == (REF,)


def test_mail_that_was_not_filed_leads_nowhere(filed: Desk) -> None:
    arrives(filed, TOLD, subject="About", sender=STRANGER, references=NOBODYS)
    line = arrives(filed, "And this.", subject="Re: a child", in_reply_to=NOBODYS)
    assert (line.state, line.offered) == ("needs a person", ())


def sent(desk: Desk, to: str, agency: str | None, state: str = "sent") -> str:
    """A letter of the case that left; its Message-ID."""
    with transaction(desk.engine) as session:
        letter = Letter("request", to, agency=agency)
        number = outbox.add(session, desk.keys, letter, AT, REF)
        identifier = f"<letter-{number}@tscp.example>"
        left = {"state": state, "sent_at": AT, "thread": desk.keys.blind(identifier)}
        session.execute(update(LetterRow).where(col(LetterRow.id) == number).values(**left))
    return identifier


def test_a_reply_to_our_letter_is_its_agencys_contribution(filed: Desk) -> None:
    identifier = sent(filed, STRANGER, "housing")
    line = arrives(filed, TOLD, subject="Re: our letter", sender=STRANGER, in_reply_to=identifier)
    assert (line.state, line.kind, line.cases) == ("filed", "contribution", (REF,))
    assert see_case(filed, REF, "kim").contributions[-1].agency == "housing"


def test_whom_we_only_meant_to_write_to_is_not_known(filed: Desk) -> None:
    identifier = sent(filed, STRANGER, "housing", state="cancelled")
    line = arrives(filed, TOLD, subject="Re: our letter", sender=STRANGER, in_reply_to=identifier)
    assert line.state == "needs a person"
