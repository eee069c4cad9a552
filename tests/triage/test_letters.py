"""Who is answered, and when: the rules of what may leave."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from cases import AT, GMP, a_letter, seen_on
from hypothesis import given
from hypothesis import strategies as st

from triage.letters import Outgoing, acknowledgement, verdict
from triage.today import LetterRules

LIVE = replace(seen_on(), letters=LetterRules(live_from=AT))
STRANGER = "somebody@elsewhere.example"


@pytest.mark.parametrize(
    ("sender", "authenticated", "state"),
    [
        (GMP, None, "waiting"),
        (GMP, True, "waiting"),
        (GMP, False, "draft"),
        (STRANGER, True, "waiting"),
        (STRANGER, None, "draft"),
        (STRANGER, False, "draft"),
    ],
)
def test_only_confirmed_or_registered_senders_are_answered_at_once(
    sender, authenticated, state
) -> None:
    letter = acknowledgement(
        a_letter(sender=sender, authenticated=authenticated), "M-000001", AT, LIVE
    )
    assert letter is not None
    assert letter.state == state
    assert bool(letter.why) == (state == "draft")


@pytest.mark.parametrize("kind", ["automatic reply", "bounce", "newsletter", "calendar"])
def test_what_a_machine_sent_is_never_answered(kind) -> None:
    assert acknowledgement(a_letter(kind=kind), "M-000001", AT, LIVE) is None


@pytest.mark.parametrize(
    "sender",
    [
        "",
        "tscp@tameside.gov.uk",
        "no-reply@gmp.police.uk",
        "MAILER-DAEMON@gmp.police.uk",
        "do.not.reply@gmp.police.uk",
        "safeguarding-noreply@gmp.police.uk",
        "no_reply@gmp.police.uk",
    ],
)
def test_nobody_and_ourselves_are_never_answered(sender) -> None:
    assert acknowledgement(a_letter(sender=sender), "M-000001", AT, LIVE) is None


@pytest.mark.parametrize(
    ("rules", "state"),
    [
        (LetterRules(), "draft"),
        (LetterRules(live_from=AT + timedelta(seconds=1)), "cancelled"),
        (LetterRules(live_from=AT, acknowledgement="after approval"), "draft"),
    ],
)
def test_before_letters_are_live_or_by_the_settings_it_waits_for_a_person(rules, state) -> None:
    letter = acknowledgement(a_letter(), "M-000001", AT, replace(LIVE, letters=rules))
    assert letter is not None
    assert letter.state == state
    never = LetterRules(live_from=AT, acknowledgement="never")
    assert acknowledgement(a_letter(), "M-000001", AT, replace(LIVE, letters=never)) is None


def test_old_mail_that_was_moved_into_the_mailbox_today_is_not_answered_by_itself() -> None:
    old = a_letter(sent_at=AT - timedelta(days=400))
    letter = acknowledgement(old, "M-000001", AT + timedelta(days=1), LIVE)
    assert letter is not None
    assert letter.state == "draft"


@given(
    kind=st.sampled_from(["acknowledgement", "request", "chaser", "summary", "alert"]),
    by=st.sampled_from(["rule", "sam"]),
    mail=st.none() | st.timedeltas(timedelta(days=-400), timedelta(days=400)),
    live=st.none() | st.timedeltas(timedelta(days=-400), timedelta(days=400)),
    restored=st.none() | st.timedeltas(timedelta(days=-400), timedelta(days=0)),
)
def test_whatever_happens_nothing_answers_mail_from_before(kind, by, mail, live, restored) -> None:
    rules = LetterRules(
        live_from=None if live is None else AT + live,
        restored_at=None if restored is None else AT + restored,
    )
    letter = Outgoing(kind, by, None if mail is None else AT + mail)
    leaves = verdict(letter, rules, AT, LIVE.calendar).what == "now"
    if leaves:
        assert rules.live_from is not None
        assert rules.live_from <= AT
        assert letter.answers_mail_of is None or letter.answers_mail_of >= rules.live_from


@pytest.mark.parametrize(("hours", "what"), [(1, "ask"), (24, "now")])
def test_the_summary_of_the_day_of_a_restore_waits_for_a_person(hours, what) -> None:
    rules = LetterRules(live_from=AT - timedelta(days=9), restored_at=AT)
    found = verdict(
        Outgoing("summary", "rule", None), rules, AT + timedelta(hours=hours), LIVE.calendar
    )
    assert found.what == what
