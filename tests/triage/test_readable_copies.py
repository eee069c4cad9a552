"""What could not be read is flagged until the sender's readable copy came, and only until then."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from cases import AT, a_case, a_filed, a_sin_form, seen_on

from triage.case import FiledMail, MailFlag
from triage.flags import flags
from triage.looking_back import as_of
from triage.panel import in_the_way

RITA, PAUL = "rita.referrer@tgh.nhs.uk", "paul.person@gmp.police.uk"
LOCKED = MailFlag("protected mail", "document 2.docx: locked")
DAMAGED = MailFlag("attachment unreadable", "document 3.pdf: damaged")
SCAN = MailFlag("attachment unreadable", "document 1.docx: no text on page 3")
FORM = a_sin_form()


def sent(
    days: int = 0, sender: str = RITA, agency: str | None = "tgicft", **fields: Any
) -> FiledMail:
    """A mail to the case, so many days after the referral."""
    kept = {"kind": "contribution", "documents": ("document 1.docx",)} | fields
    at = AT + timedelta(days=days)
    return a_filed(kept.pop("form", None), at, sender=sender, agency=agency, **kept)


def referral(*found: MailFlag) -> FiledMail:
    """The form, with what of its mail could not be read."""
    documents = ("document 1.docx", "document 2.docx", "document 3.pdf")
    return sent(form=FORM, kind="new referral", documents=documents, flags=found)


def stands(*mails: FiledMail) -> bool:
    """Whether something unread is still flagged; flags and the panel's list agree."""
    case = a_case(mails=mails)
    named = {flag.name for flag in flags(case, seen_on())}
    unread = bool(named & {"protected mail", "attachment unreadable"})
    told = [line for line in in_the_way(case, seen_on()) if "attachment" in line]
    assert unread == bool(told)
    return unread


BY_HAND = sent(kind="correspondence", flags=(LOCKED,))
"""Filed by a person though nothing of it could be read."""
PAPERS, REVISED = sent(1), sent(1, form=FORM, kind="revised referral")
COLLEAGUE = sent(1, "ann.other@tgh.nhs.uk")


@pytest.mark.parametrize(
    "mails",
    [
        (referral(LOCKED), PAPERS),
        (referral(LOCKED), COLLEAGUE),
        (referral(LOCKED, DAMAGED), sent(1, documents=("document 1.pdf", "document 2.pdf"))),
        (referral(LOCKED, DAMAGED), PAPERS, sent(2)),
        (referral(SCAN), REVISED),
        (BY_HAND, PAPERS),
        (BY_HAND, REVISED),
    ],
)
def test_a_readable_copy_ends_it(mails: tuple[FiledMail, ...]) -> None:
    assert stands(mails[0])
    assert not stands(*mails)


@pytest.mark.parametrize(
    "mails",
    [
        (referral(LOCKED), REVISED),
        (referral(SCAN), PAPERS),
        (referral(LOCKED, DAMAGED), PAPERS),
        (referral(LOCKED), sent(1, flags=(DAMAGED,))),
        (referral(LOCKED), sent(1, PAUL, "gmp")),
        (referral(LOCKED), sent(0)),
        (referral(LOCKED), sent(-1)),
        (referral(LOCKED), sent(1, documents=())),
        (referral(LOCKED), sent(1, kind="correspondence")),
        (referral(LOCKED), sent(1, kind="duplicate")),
        (referral(LOCKED), sent(1, kind="automatic reply")),
        (sent(0, "a@one.example", "gp", flags=(LOCKED,)), sent(1, "b@two.example", "gp")),
        (sent(0, "a@nhs.net", "gp", flags=(LOCKED,)), sent(1, "b@nhs.net", "gp")),
        (sent(0, "a@one.example", None, flags=(LOCKED,)), sent(1, "b@one.example", None)),
        (sent(0, "", "gmp", flags=(LOCKED,)), sent(1, "", "gmp")),
    ],
)
def test_whatever_may_be_another_thing_does_not(mails: tuple[FiledMail, ...]) -> None:
    assert stands(*mails)


def test_other_flags_of_a_mail_stay() -> None:
    unknown = MailFlag("sender unknown", "the address is not in the register of agencies")
    case = a_case(mails=(referral(LOCKED, unknown), PAPERS))
    assert "sender unknown" in {flag.name for flag in flags(case, seen_on())}


def test_on_an_earlier_day_the_copy_had_not_come() -> None:
    case = a_case(mails=(referral(LOCKED), sent(3)))
    then = as_of(case, (AT + timedelta(days=2)).date())
    assert then is not None
    assert "protected mail" in {flag.name for flag in flags(then, seen_on())}
