"""A filing undone by a person: what it brought counts no more, and the message is filed anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from arriving import POLICE, REF, arrives
from cases import AT, RECEIVED

from storage import outbox
from storage.database import reading, transaction
from storage.register import RegisterLine
from storage.tables import LetterRow
from triage.contributions import contributions
from triage.current import current_form
from triage.today import LetterRules
from tscp.acts.contribute import contribute
from tscp.acts.desk import Desk, Refused
from tscp.acts.look import see_audit, see_case, see_message
from tscp.acts.settle import retry, settle_new_case, settle_not_for_us, settle_to_case

SECOND, THIRD = "TSCP-2026-0002", "TSCP-2026-0003"
TOLD = f"Re {REF}: we attended the address twice in January and spoke to both parents then."


def form(name: str, born: str = "05/05/2020", more: str = "") -> str:
    """A form in the text of a mail, by the police."""
    return (
        "SERIOUS CHILD SAFEGUARDING INCIDENT NOTIFICATION\n\nReferrer name: Paul Person\n"
        f"Referrer agency: Greater Manchester Police\nChild name: {name}\nDate of birth: {born}\n"
        "Outcome for child: Serious harm\nDate LA became aware: 03/03/2026\n"
        f"Summary of incident: Hurt at home.{more}\nAbuse or neglect: Suspected\n"
    )


def other(desk: Desk) -> RegisterLine:
    """A second case, of another child."""
    return arrives(desk, form("Florian Testcase"), subject="SIN")


def gmp(desk: Desk, reference: str = REF) -> str:
    """How the police's contribution stands."""
    told = contributions(see_case(desk, reference, "kim"))
    return next(item.state for item in told if item.agency == "gmp")


def where(desk: Desk, line: RegisterLine) -> tuple[str, tuple[str, ...]]:
    """State and cases of a message now."""
    now = see_message(desk, line.id, "kim")
    return now.state, now.cases


def test_what_was_filed_to_the_wrong_case_is_filed_to_another(filed: Desk) -> None:
    other(filed)
    line = arrives(filed, TOLD)
    assert (where(filed, line), gmp(filed)) == (("filed", (REF,)), "received")
    settle_to_case(filed, line.id, SECOND, "sam", "the other family")
    assert where(filed, line) == ("filed", (SECOND,))
    assert gmp(filed) == "expected"
    case = see_case(filed, REF, "kim")
    assert line.id not in [mail.message for mail in case.mails]
    (fact,) = case.withdrawn
    assert (fact.message, fact.by, fact.why) == (line.id, "sam", "the other family")
    assert case.state == "received"


def test_it_is_in_the_audit(filed: Desk) -> None:
    line = arrives(filed, TOLD)
    settle_not_for_us(filed, line.id, "sam", "meant for Anytown")
    assert where(filed, line) == ("ignored", ())
    acts = [(actor, act) for _, actor, act, _ in see_audit(filed, "lee", 50, 0, REF)]
    assert ("sam", "filing withdrawn") in acts


def test_a_case_that_nothing_is_left_of_is_withdrawn_with_the_reason(filed: Desk) -> None:
    line = other(filed)
    settle_to_case(filed, line.id, REF, "sam", "the same child")
    case = see_case(filed, SECOND, "kim")
    assert (case.state, case.moves[-1].by) == ("withdrawn", "sam")
    assert "the same child" in case.moves[-1].why
    with reading(filed.engine) as session:
        letters = outbox.lines(session, filed.keys, case=SECOND)
    assert {letter.state for letter in letters} == {"cancelled"}


def test_a_case_with_more_on_it_stays(filed: Desk) -> None:
    line = other(filed)
    contribute(filed, SECOND, "sam", "gp", "requested")
    settle_not_for_us(filed, line.id, "sam", "not ours")
    assert see_case(filed, SECOND, "kim").state == "triage"


def test_its_answers_and_flags_count_no_more(filed: Desk) -> None:
    other(filed)
    revised = form("Florian Testcase", more=" He is better.") + "Other children at risk: Yes\n"
    line = arrives(filed, revised, subject="SIN again")
    assert line.cases == (SECOND,)
    settle_not_for_us(filed, line.id, "sam", "sent by mistake")
    answers = current_form(see_case(filed, SECOND, "kim")).answers
    assert answers["incident_summary"].value == "Hurt at home."
    assert "other_children_at_risk" not in answers


def test_its_papers_and_thread_lead_to_its_case_no_more(filed: Desk) -> None:
    first = other(filed)
    settle_not_for_us(filed, first.id, "sam", "an exercise")
    again = arrives(filed, form("Florian Testcase"), subject="SIN, for real now")
    assert (again.kind, again.cases) == ("new referral", (THIRD,))
    line = arrives(filed, TOLD, message_id="<wrong@x.example>")
    settle_to_case(filed, line.id, THIRD, "sam")
    reply = arrives(filed, "Thanks.", subject="Re", in_reply_to="<wrong@x.example>")
    assert reply.cases == (THIRD,)


def test_moved_there_and_back_it_counts_again(filed: Desk) -> None:
    other(filed)
    line = arrives(filed, TOLD)
    settle_to_case(filed, line.id, SECOND, "sam")
    settle_to_case(filed, line.id, REF, "sam")
    assert (where(filed, line), gmp(filed)) == (("filed", (REF,)), "received")
    assert len([m for m in see_case(filed, REF, "kim").mails if m.message == line.id]) == 1


def test_read_again_a_referral_goes_back_to_its_own_case(filed: Desk) -> None:
    line = other(filed)
    assert retry(filed, line.id, "sam").cases == (SECOND,)
    case = see_case(filed, SECOND, "kim")
    assert (case.state, len(case.mails), len(case.withdrawn)) == ("received", 1, 1)
    with reading(filed.engine) as session:
        assert len(outbox.lines(session, filed.keys, case=SECOND)) == 1


def test_a_case_of_its_own_for_what_was_filed_as_a_contribution(filed: Desk) -> None:
    line = arrives(filed, TOLD)
    assert settle_new_case(filed, line.id, "sam").cases == (SECOND,)
    assert gmp(filed) == "expected"


def test_looking_back_shows_what_stood_then(filed: Desk) -> None:
    line = arrives(filed, TOLD)
    later = replace(filed, now=lambda: AT + timedelta(days=9))
    settle_not_for_us(later, line.id, "sam", "not ours")
    then = see_case(later, REF, "kim", RECEIVED + timedelta(days=2))
    assert [mail.message for mail in then.mails][-1] == line.id
    assert not then.withdrawn
    now = see_case(later, REF, "kim", RECEIVED + timedelta(days=9))
    assert line.id not in [mail.message for mail in now.mails]


def test_what_is_on_the_case_already_is_not_filed_there_again(filed: Desk) -> None:
    line = arrives(filed, TOLD, sender=POLICE)
    with pytest.raises(Refused, match="is filed to TSCP-2026-0001 already"):
        settle_to_case(filed, line.id, REF, "sam")
    assert gmp(filed) == "received"


def test_read_again_after_not_for_us_a_referral_goes_back_to_the_case_it_had_opened(
    filed: Desk,
) -> None:
    line = other(filed)
    settle_not_for_us(filed, line.id, "sam", "seen wrongly")
    assert see_case(filed, SECOND, "kim").state == "withdrawn"
    retry(filed, line.id, "sam")
    assert where(filed, line) == ("filed", (SECOND,))
    assert see_case(filed, SECOND, "kim").state not in ("withdrawn", "closed")


@pytest.mark.parametrize(("left", "states"), [
    ("waiting", ["cancelled", "waiting"]),
    ("sent", ["sent", "draft"]),
    ("perhaps sent", ["perhaps sent", "draft"]),
])  # fmt: skip
def test_one_mail_is_answered_by_itself_once_however_often_it_is_filed(
    filed: Desk, left: str, states: list[str]
) -> None:
    desk = replace(filed, letters=LetterRules(live_from=AT - timedelta(days=9)))
    line = arrives(desk, form("Florian Testcase"), subject="SIN")
    with transaction(desk.engine) as session:
        number = outbox.lines(session, desk.keys, case=SECOND)[0].number
        session.get_one(LetterRow, number).state = left
    settle_new_case(desk, line.id, "sam", "a case of its own")
    with reading(desk.engine) as session:
        found = [x for c in (SECOND, THIRD) for x in outbox.lines(session, desk.keys, case=c)]
    answers = [x for x in found if x.kind == "acknowledgement"]
    assert [x.state for x in answers] == states
    if states[1] == "draft":
        assert SECOND in answers[1].reason
