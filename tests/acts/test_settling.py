"""A person settles a message: what they say stands in place of the rules, with their name."""

from __future__ import annotations

from datetime import timedelta

import pytest
from cases import AT

from intake.mailbox import RawMessage
from storage.register import RegisterLine
from triage.case import Case
from triage.contributions import contributions
from tscp.acts.contribute import contribute
from tscp.acts.desk import Desk, Refused
from tscp.acts.look import see_case, see_message
from tscp.acts.poll import receive
from tscp.acts.process import process_waiting
from tscp.acts.settle import retry, settle_new_case, settle_not_for_us, settle_to_case

REF, TOLD = "TSCP-2026-0001", "We have known the family for three years and saw them in May."
AWAY = "Auto-Submitted: auto-replied\r\n"


def arrives(desk: Desk, body: str = TOLD, sender: str = "a@gmp.police.uk", extra: str = "") -> str:
    """A mail that names no case comes in and is processed; its id, which needs a person."""
    head = f"From: {sender}\r\nTo: tscp@tameside.gov.uk\r\nSubject: About a child\r\n{extra}"
    content = f"{head}Message-ID: <{len(body)}@x>\r\n\r\n{body}\r\n".encode()
    raw = RawMessage(f"place {sender}{extra}", AT + timedelta(hours=1), content)
    registered = receive(desk, "tscp", raw)
    assert registered is not None
    list(process_waiting(desk))
    return f"M-{registered[0]:06d}"


def state_of(desk: Desk, agency: str = "gmp") -> str:
    """How the agency's contribution to the case stands."""
    case = see_case(desk, REF, "kim")
    return next(item.state for item in contributions(case) if item.agency == agency)


def brief(line: RegisterLine) -> tuple[str, str | None, tuple[str, ...]]:
    """State, kind and cases."""
    return line.state, line.kind, line.cases


@pytest.mark.parametrize(
    ("body", "sender", "extra", "kind", "state"),
    [
        (TOLD, "a@gmp.police.uk", "", "contribution", "received"),
        ("Not known to us.", "a@gmp.police.uk", "", "contribution", "not known to us"),
        (TOLD, "a@elsewhere.example", "", "correspondence", "expected"),
        (TOLD, "tscp@tameside.gov.uk", "", "correspondence", "expected"),
        ("Not known to us.", "a@gmp.police.uk", AWAY, "automatic reply", "expected"),
    ],
)
def test_content_of_a_known_agency_is_its_contribution(
    filed: Desk, body: str, sender: str, extra: str, kind: str, state: str
) -> None:
    message = arrives(filed, body, sender, extra)
    line = settle_to_case(filed, message, REF, "sam", "same family")
    assert brief(line) == ("filed", kind, (REF,))
    assert state_of(filed) == state
    mail = see_case(filed, REF, "kim").mails[-1]
    assert (mail.message, mail.why) == (message, "sam: same family")


def test_what_waited_for_a_person_ends_a_request_made_meanwhile(filed: Desk) -> None:
    message = arrives(filed)
    contribute(filed, REF, "sam", "gmp", "requested")
    settle_to_case(filed, message, REF, "sam")
    assert state_of(filed) == "received"


def test_filing_by_hand_is_an_act_of_staff(filed: Desk) -> None:
    settle_to_case(filed, arrives(filed), REF, "sam")
    case: Case = see_case(filed, REF, "kim")
    assert (case.state, case.moves[0].by) == ("triage", "sam")


def test_a_case_of_its_own_or_none_at_all(filed: Desk) -> None:
    first, second = arrives(filed), arrives(filed, sender="b@gmp.police.uk")
    opened = settle_new_case(filed, first, "sam")
    assert brief(opened) == ("filed", "new referral", ("TSCP-2026-0002",))
    dropped = settle_not_for_us(filed, second, "sam", "meant for Anytown")
    assert (dropped.state, dropped.reason) == ("ignored", "not for us, decided by sam")
    assert dropped.envelope is not None
    assert dropped.envelope.note == "meant for Anytown"


def test_reading_again_by_the_rules_comes_to_the_same_end(filed: Desk) -> None:
    message = arrives(filed)
    before = see_message(filed, message, "sam")
    assert retry(filed, message, "sam") == before
    assert before.state == "needs a person"


def test_what_cannot_be_filed_so_is_left_where_it_is(filed: Desk) -> None:
    message = arrives(filed)
    settle_to_case(filed, message, REF, "sam")
    for again in (
        lambda: settle_to_case(filed, message, REF, "sam"),
        lambda: settle_not_for_us(filed, message, "sam", " "),
        lambda: settle_to_case(filed, "M-000077", REF, "sam"),
        lambda: settle_to_case(filed, message, "TSCP-2026-0077", "sam"),
    ):
        with pytest.raises(Refused):
            again()
    assert len(see_case(filed, REF, "kim").mails) == 2


def test_a_reason_is_wanted_for_what_is_not_for_us(filed: Desk) -> None:
    message = arrives(filed)
    with pytest.raises(Refused, match="say why"):
        settle_not_for_us(filed, message, "sam", "  ")
    assert see_message(filed, message, "sam").state == "needs a person"


UNFETCHED = RawMessage("place 9", AT, b"", problem="it could not be fetched", try_again=True)
COME = RawMessage("place 9", AT, b"From: a@gmp.police.uk\r\nSubject: x\r\n\r\nWe know them.\r\n")


def test_what_could_not_be_fetched_waits_for_the_mailbox(filed: Desk) -> None:
    registered = receive(filed, "tscp", UNFETCHED)
    assert registered is not None
    message = f"M-{registered[0]:06d}"
    for settle in (
        lambda: settle_to_case(filed, message, REF, "sam"),
        lambda: settle_new_case(filed, message, "sam"),
        lambda: retry(filed, message, "sam"),
    ):
        with pytest.raises(Refused, match="every poll tries again"):
            settle()
    before = see_message(filed, message, "sam")
    assert (before.state, before.reason) == ("needs a person", "it could not be fetched")
    receive(filed, "tscp", COME)
    list(process_waiting(filed))
    assert brief(settle_to_case(filed, message, REF, "sam")) == ("filed", "contribution", (REF,))


def test_what_is_not_for_us_stays_so_when_it_is_fetched_and_can_be_read_again(filed: Desk) -> None:
    registered = receive(filed, "tscp", UNFETCHED)
    assert registered is not None
    message = f"M-{registered[0]:06d}"
    dropped = settle_not_for_us(filed, message, "sam", "an advertisement")
    assert (dropped.state, dropped.reason) == ("ignored", "not for us, decided by sam")
    assert dropped.envelope is not None
    assert dropped.envelope.note == "an advertisement"
    receive(filed, "tscp", UNFETCHED)
    receive(filed, "tscp", COME)
    assert list(process_waiting(filed)) == []
    come = see_message(filed, message, "sam")
    assert (come.state, come.reason, come.fetched) == ("ignored", dropped.reason, True)
    assert retry(filed, message, "sam").state == "needs a person"
