"""Flags that e-mails brought, and those about other cases."""

from __future__ import annotations

from collections.abc import Sequence

from triage.case import Case, FiledMail, MailFlag
from triage.flags.flag import Flag
from triage.today import Today
from triage.working_days import london_day

UNREAD = ("attachment unreadable", "protected mail")
"""Flags that something a mail carried or pointed to has not been read."""


def brought_by_mail(case: Case, today: Today) -> Sequence[Flag]:
    """What was noted when a message was filed: unreadable or protected papers, its sender."""
    return [
        Flag(flag.name, f"{mail.message}: {flag.why}", london_day(mail.at))
        for mail in case.mails
        for flag in mail.flags
        if flag.name not in UNREAD or not _came_later(case, mail, flag, today)
    ]


def _came_later(case: Case, mail: FiledMail, flag: MailFlag, today: Today) -> bool:
    """Whether what could not be read came again, readable, in later mails of the same sender.

    Rule (ours: trouble hidden wrongly is worse than trouble shown too long): mails received
    later from the same sender, of which everything could be read, brought what this one lacks:
    - where the flag is about the form itself (pages of it that are scans), a form;
    - where it is about papers beside a form, as many documents without a form, as contributions:
      the form once more, corrected, does not bring the chronology that was locked;
    - where the mail brought no form, as many documents or forms.
    The same form again, a reply without documents and automatic replies never count.
    """
    later = [one for one in case.mails if _readable(one) and _follows(mail, one, today)]
    forms = sum(one.form is not None for one in later)
    papers = sum(
        len(one.documents) for one in later if one.form is None and one.kind == "contribution"
    )
    if mail.form is None:
        return forms + papers >= len(_unread(mail))
    own = f"{mail.form.document}: "
    if flag.why.startswith(own):
        return forms > 0
    return papers >= sum(not one.why.startswith(own) for one in _unread(mail))


def _unread(mail: FiledMail) -> Sequence[MailFlag]:
    return [flag for flag in mail.flags if flag.name in UNREAD]


def _readable(mail: FiledMail) -> bool:
    return not _unread(mail)


def _follows(mail: FiledMail, later: FiledMail, today: Today) -> bool:
    """Received later, from the same address, or from the same agency at a domain of its own.

    Many schools and practices share one agency id, and many bodies share nhs.net.
    """
    if later.at <= mail.at or not mail.sender:
        return False
    if later.sender == mail.sender:
        return True
    domain = mail.sender.rpartition("@")[2]
    return (
        mail.agency is not None
        and later.agency == mail.agency
        and later.sender.rpartition("@")[2] == domain
        and domain not in today.register.shared_domains
    )


def related_cases(case: Case, today: Today) -> Sequence[Flag]:
    """Another case may be about the same child or incident; staff decide."""
    return [
        Flag(relation.flag, f"{relation.reference}: {relation.why}", london_day(relation.at))
        for relation in case.relations
        if relation.flag
    ]
