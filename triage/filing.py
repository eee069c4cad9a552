"""One e-mail's whole decision, made at once and purely: nothing is done yet.

Start reading at file(). The rule of all rules: what is not certain goes to a person with the
reason, and nothing is dropped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from triage.case import Case, ContributionFact, FiledMail, MailFlag, MessageKind, Move
from triage.changes import what_changed
from triage.contents import Told, what_it_tells
from triage.contributions import contributions, referring_agency
from triage.correspondence import Correspondence
from triage.letters import Letter, acknowledgement
from triage.matching import Candidate, Match, Related, match_form, match_mail
from triage.papers import Paper
from triage.problem import Problem
from triage.register_flags import mail_flags
from triage.today import Today
from triage.twins import Copies, forms_of
from triage.unfiled import ignored_or_person
from triage.working_days import london_day

RegisterState = Literal["received", "filed", "needs a person", "ignored"]


@dataclass(frozen=True, slots=True)
class Arrival:
    """A message to be filed: its id in the register, its receipt (UTC), and what is in it."""

    message: str
    received_at: datetime
    mail: Correspondence
    papers: tuple[Paper, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Filing:
    """What is added to one case: `reference` None opens a new one."""

    reference: str | None
    mail: FiledMail
    contributions: tuple[ContributionFact, ...] = ()
    moves: tuple[Move, ...] = ()
    related: tuple[Related, ...] = ()
    letters: tuple[Letter, ...] = ()
    papers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of a message. `flags` are those that have no case to hang on.

    `reason` is a sentence without personal data, never empty for 'needs a person' and
    'ignored'. `offered` are cases a person may want to file it to. `note` is a person's
    reason in their own words, kept sealed.
    """

    state: RegisterState
    reason: str
    kind: MessageKind | None
    filings: tuple[Filing, ...] = ()
    flags: tuple[MailFlag, ...] = ()
    offered: tuple[str, ...] = ()
    note: str = ""


def file(arrival: Arrival, candidates: Sequence[Candidate], today: Today) -> Outcome:
    """The whole decision about one message."""
    forms = forms_of(arrival.papers)
    if forms:
        return _file_forms(arrival, forms, candidates, today)
    match = match_mail(arrival.mail, _texts(arrival), candidates, today)
    case = _case_of(match, candidates)
    mail, papers, problems = arrival.mail, arrival.papers, arrival.problems
    unfiled = ignored_or_person(mail, papers, problems, match, case, today)
    if unfiled is not None or case is None:
        state, kind, reason = unfiled or ("needs a person", match.kind, match.why)
        flags = mail_flags(mail, papers, problems, today)
        offered = match.offered or ((match.reference,) if match.reference else ())
        return Outcome(state, reason, kind, flags=flags, offered=offered)
    return _file_mail(arrival, match, case, today)


def _case_of(match: Match, candidates: Sequence[Candidate]) -> Case | None:
    return next((c.case for c in candidates if c.case.reference == match.reference), None)


def _texts(arrival: Arrival) -> list[str]:
    mail = arrival.mail
    own = f"{mail.subject}\n{mail.full_text or mail.body}"
    return [own, *(paper.text for paper in arrival.papers if paper.text)]


def _file_forms(
    arrival: Arrival, forms: Sequence[Copies], candidates: Sequence[Candidate], today: Today
) -> Outcome:
    """One filing a form; what else the message holds goes with its first new referral."""
    matches = [match_form(copies, arrival.mail, candidates, today) for copies in forms]
    lead = next((n for n, match in enumerate(matches) if match.kind == "new referral"), 0)
    filings = [
        _form_filing(arrival, copies, match, candidates, today, first=number == lead)
        for number, (copies, match) in enumerate(zip(forms, matches, strict=True))
    ]
    return Outcome("filed", "", filings[lead].mail.kind, tuple(filings))


def _form_filing(
    arrival: Arrival,
    copies: Copies,
    match: Match,
    candidates: Sequence[Candidate],
    today: Today,
    first: bool,
) -> Filing:
    """The filing of one form; with `first` the message's other papers go with it."""
    others = [p for p in arrival.papers if p.form is None and p.state != "ornament"]
    told = _told(arrival, match, candidates, others)
    papers = (*copies.papers, *(others if first else ()))
    flags = [*_form_flags(copies, match, candidates)]
    if first:
        kept = {"sender unknown"} if match.kind != "new referral" else set()
        raised = mail_flags(arrival.mail, arrival.papers, arrival.problems, today)
        flags += [flag for flag in raised if flag.name not in kept]
    new = match.kind == "new referral"
    letter = (
        acknowledgement(arrival.mail, arrival.message, arrival.received_at, today)
        if new and first
        else None
    )
    mail = FiledMail(
        message=arrival.message,
        at=arrival.received_at,
        kind="contribution" if told else match.kind,
        why=match.why,
        sender=arrival.mail.sender,
        agency=match.agency or today.register.of_address(arrival.mail.sender),
        form=copies.form if match.kind != "duplicate" else None,
        documents=tuple(paper.name for paper in papers),
        flags=tuple(flags),
    )
    return Filing(
        match.reference,
        mail,
        _contributed(arrival, match, told, mail.documents, _case_of(match, candidates)),
        related=match.related,
        letters=(letter,) if letter else (),
        papers=tuple(paper.sha256 for paper in copies.papers),
    )


def _told(
    arrival: Arrival, match: Match, candidates: Sequence[Candidate], others: Sequence[Paper]
) -> Told | None:
    """What a form's mail tells of its sender's involvement; the same form again tells nothing."""
    if match.kind == "contribution":
        return "received"
    if match.kind != "duplicate" or arrival.mail.kind != "ordinary" or match.agency is None:
        return None
    case = _case_of(match, candidates)
    if case is None or match.agency == referring_agency(case):
        return None
    return what_it_tells(arrival.mail.body, others, case)


def _form_flags(
    copies: Copies, match: Match, candidates: Sequence[Candidate]
) -> Sequence[MailFlag]:
    flags = []
    if copies.disagree:
        why = f"two copies of the form differ in: {', '.join(copies.disagree)}"
        flags.append(MailFlag("answers disagree", why))
    case = _case_of(match, candidates)
    if case is not None and match.kind in ("revised referral", "contribution"):
        flags.append(MailFlag("revised form", what_changed(case, copies.form)))
    return flags


def _file_mail(arrival: Arrival, match: Match, case: Case, today: Today) -> Outcome:
    """Mail without a form whose case is certain."""
    kind: MessageKind = arrival.mail.kind if arrival.mail.kind != "ordinary" else "correspondence"
    told: Told | None = None
    if arrival.mail.sender in today.own_addresses:
        kind = "ours"
    elif arrival.mail.kind == "ordinary" and match.agency:
        told = what_it_tells(arrival.mail.body, arrival.papers, case)
        kind = "contribution" if told else "correspondence"
    documents = tuple(p.name for p in arrival.papers if p.state != "ornament")
    mail = FiledMail(
        message=arrival.message,
        at=arrival.received_at,
        kind=kind,
        why=match.why,
        sender=arrival.mail.sender,
        agency=match.agency,
        documents=documents,
        flags=mail_flags(arrival.mail, arrival.papers, arrival.problems, today, known=True),
    )
    facts = _contributed(arrival, match, told, documents, case)
    return Outcome("filed", "", kind, (Filing(case.reference, mail, facts),))


def _contributed(
    arrival: Arrival,
    match: Match,
    told: Told | None,
    documents: tuple[str, ...],
    case: Case | None,
) -> tuple[ContributionFact, ...]:
    """The contribution a mail brings. A later nil return never undoes one already received."""
    if not told or not match.agency or case is None:
        return ()
    standing = {item.agency: item.state for item in contributions(case)}
    state: Told = "received" if standing.get(match.agency) == "received" else told
    fact = ContributionFact(
        agency=match.agency,
        state=state,
        on=london_day(arrival.received_at),
        at=arrival.received_at,
        by="rule",
        why=match.why,
        message=arrival.message,
        documents=documents,
    )
    return (fact,)
