"""What a person decides about a message: to this case, a case of its own, or not for us."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from triage.case import ContributionFact, FiledMail, MessageKind, Move
from triage.contents import what_it_tells
from triage.contributions import contributions
from triage.filing import Arrival, Filing, Outcome, file
from triage.letters import acknowledgement
from triage.matching import Candidate, sender_agency
from triage.register_flags import mail_flags
from triage.today import Today
from triage.twins import forms_of
from triage.working_days import london_day

Decide = Callable[[Arrival, Sequence[Candidate], Today], Outcome]


def read_with_password(user: str) -> Decide:
    """The rules, for what a password opened; that this person gave it is kept with the case."""

    def decide(arrival: Arrival, candidates: Sequence[Candidate], today: Today) -> Outcome:
        outcome = file(arrival, candidates, today)
        filings = tuple(
            replace(one, mail=replace(one.mail, why=f"{one.mail.why}; {user} gave a password"))
            for one in outcome.filings
        )
        return replace(outcome, filings=filings)

    return decide


def to_case(candidate: Candidate, user: str, why: str, at: datetime) -> Decide:
    """File it to this case. Content from a known agency is that agency's contribution.

    An act of staff, done at `at`: it takes a received case into triage.
    """

    def decide(arrival: Arrival, _candidates: Sequence[Candidate], today: Today) -> Outcome:
        case = candidate.case
        agency = sender_agency(arrival.mail, case, today)
        told = "received" if agency and _has_content(arrival) else None
        nil = what_it_tells(arrival.mail.body, arrival.papers, case)
        kind: MessageKind = "contribution" if told else _kind(arrival)
        forms = forms_of(arrival.papers)
        mail = _filed(arrival, kind, f"{user}: {why or 'filed by hand'}", today, agency)
        facts: tuple[ContributionFact, ...] = ()
        if told and agency:
            before = {item.agency: item.state for item in contributions(case)}
            nothing = nil == "not known to us" and before.get(agency) != "received"
            fact = ContributionFact(
                agency,
                "not known to us" if nothing else "received",
                london_day(arrival.received_at),
                arrival.received_at,
                user,
                "filed by hand",
                arrival.message,
                mail.documents,
            )
            facts = (fact,)
        papers = tuple(p.sha256 for copies in forms for p in copies.papers)
        moved = (Move("received", "triage", at, user, "filed by hand"),)
        moves = moved if case.state == "received" else ()
        filing = Filing(case.reference, mail, facts, moves, papers=papers)
        return Outcome("filed", "", kind, (filing,))

    return decide


def new_case(user: str, why: str) -> Decide:
    """Open a case of its own, with its form if one could be read."""

    def decide(arrival: Arrival, _candidates: Sequence[Candidate], today: Today) -> Outcome:
        mail = _filed(arrival, "new referral", f"{user}: {why or 'opened by hand'}", today)
        forms = forms_of(arrival.papers)
        papers = tuple(p.sha256 for copies in forms for p in copies.papers)
        letter = acknowledgement(arrival.mail, arrival.message, arrival.received_at, today)
        letters = (letter,) if letter else ()
        filing = Filing(None, mail, letters=letters, papers=papers)
        return Outcome("filed", "", "new referral", (filing,))

    return decide


def not_for_us(user: str, why: str) -> Decide:
    """It is not TSCP's: ignored, with the person's reason."""

    def decide(arrival: Arrival, _candidates: Sequence[Candidate], today: Today) -> Outcome:
        flags = mail_flags(arrival.mail, arrival.papers, arrival.problems, today)
        return Outcome("ignored", f"not for us, decided by {user}", "other", flags=flags, note=why)

    return decide


def _kind(arrival: Arrival) -> MessageKind:
    """What a mail that contributes nothing is: what a machine sent stays what it is."""
    return "correspondence" if arrival.mail.kind == "ordinary" else arrival.mail.kind


def _has_content(arrival: Arrival) -> bool:
    """Whether a person tells something in it; an automatic reply never contributes."""
    if arrival.mail.kind != "ordinary":
        return False
    papers = any(paper.state != "ornament" for paper in arrival.papers)
    return papers or bool(arrival.mail.body.strip())


def _filed(
    arrival: Arrival, kind: MessageKind, why: str, today: Today, agency: str | None = None
) -> FiledMail:
    forms = forms_of(arrival.papers)
    return FiledMail(
        message=arrival.message,
        at=arrival.received_at,
        kind=kind,
        why=why,
        sender=arrival.mail.sender,
        agency=agency or today.register.of_address(arrival.mail.sender),
        form=forms[0].form if forms else None,
        documents=tuple(p.name for p in arrival.papers if p.state != "ornament"),
        flags=mail_flags(arrival.mail, arrival.papers, arrival.problems, today, known=True),
    )
