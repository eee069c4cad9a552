"""Flags a message carries by itself: who sent it, and what of it could not be read."""

from __future__ import annotations

from collections.abc import Sequence

from triage.case import MailFlag
from triage.correspondence import Correspondence
from triage.papers import Paper
from triage.problem import Problem
from triage.today import Today

BY_KIND = {"protected": "protected mail"}
"""Problem kind -> flag; every other kind is 'attachment unreadable'."""


def mail_flags(
    mail: Correspondence,
    papers: Sequence[Paper],
    problems: Sequence[Problem],
    today: Today,
    known: bool = False,
) -> tuple[MailFlag, ...]:
    """The flags of one message, each once; `known` says that its case knows the sender."""
    flags = [_of_problem(paper.problem, paper.name) for paper in papers if paper.problem]
    flags += [_of_problem(problem, "the message") for problem in problems]
    if papers and any(p.state in ("blank", "not-a-form") for p in papers) and not known:
        readable = [p for p in papers if p.state in ("blank", "not-a-form")]
        if not any(p.state == "form" for p in papers):
            flags.append(MailFlag("not a SIN form", readable[0].reason or "not a SIN form"))
    known = known or mail.sender in today.own_addresses
    if not known and today.register.of_address(mail.sender) is None and mail.kind == "ordinary":
        flags.append(MailFlag("sender unknown", "the address is not in the register of agencies"))
    if mail.authenticated is False:
        why = "our mail server could not confirm who sent it"
        flags.append(MailFlag("sender not authenticated", why))
    return tuple(dict.fromkeys(flags))


def _of_problem(problem: Problem, where: str) -> MailFlag:
    name = BY_KIND.get(problem.kind, "attachment unreadable")
    return MailFlag(name, f"{where}: {problem.sentence()}")
