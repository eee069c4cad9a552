"""To which case does a form, or a mail without one, belong? With the reason, said plainly.

Nothing is merged here. A mail that could belong to two cases, or that quotes our reference but
comes from nobody we know, belongs to none until a person says so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from triage.case import Case, MessageKind
from triage.changes import adds_something
from triage.contributions import referring_agency
from triage.correspondence import Correspondence
from triage.current import current_form, known_forms
from triage.identity import (
    NO_LIKENESS,
    SURE,
    Likeness,
    Searchable,
    children_keys,
    compare_children,
    days_apart,
    keys_of_case,
    named_in,
    same_names,
    same_referrer,
    searchable,
)
from triage.incident import is_another_incident
from triage.sin_form import SinForm
from triage.today import Today
from triage.twins import Copies

REFERENCE = re.compile(
    r"\bTSCP[-\u2010-\u2013 ]?(\d{4})[-\u2010-\u2013 ]?(\d{4,6})\b", re.IGNORECASE
)
ONE_INCIDENT = 14
"""Days within which two referrers' dates may mean one incident."""


def references_in(text: str) -> tuple[str, ...]:
    """Our references quoted in a text, in canonical form, in order of appearance."""
    found = (f"TSCP-{m[1]}-{m[2]}" for m in REFERENCE.finditer(text))
    return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A case a mail might belong to, and what made it one.

    `thread`: the mail answers a message filed to the case. `reference`: it quotes the case's
    reference. `papers`: sha-256 of the forms' bytes on the case.
    """

    case: Case
    thread: bool = False
    reference: bool = False
    papers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Related:
    """A case worth showing beside this one; `flag` is raised on the later of the two."""

    reference: str
    why: str
    score: float
    flag: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """What a form or a mail is taken for, and its case: `reference` None is a new case.

    `offered` (mail without a form only): no case is certain, these are offered to a person.
    """

    kind: MessageKind
    reference: str | None
    why: str
    related: tuple[Related, ...] = ()
    offered: tuple[str, ...] = ()
    agency: str | None = None


def sender_agency(mail: Correspondence, case: Case | None, today: Today) -> str | None:
    """The sender's agency: by the register, else as a form of the case names the address, else
    the one whose letter we sent to it.

    Our own address is nobody's agency, though it may lie in the council's domain.
    """
    if mail.sender in today.own_addresses:
        return None
    agency = today.register.of_address(mail.sender)
    if agency is not None or case is None or not mail.sender:
        return agency
    form = current_form(case)
    if mail.sender in _addresses(form.answers.get("referrer_email")):
        return referring_agency(case, form)
    for row in form.agencies:
        named = row.get("agency")
        if mail.sender in _addresses(row.get("contact_details")) and named:
            return named.value if isinstance(named.value, str) else None
    written = (letter.agency for letter in case.letters if letter.to.lower() == mail.sender)
    return next((agency for agency in written if agency), None)


def sender_known(mail: Correspondence, case: Case | None, today: Today) -> bool:
    """In the register, named with that address by an earlier form of the case, or written to."""
    if today.register.of_address(mail.sender) is not None:
        return True
    if case is None or not mail.sender:
        return False
    if any(letter.to.lower() == mail.sender for letter in case.letters):
        return True
    return any(
        mail.sender in _addresses(answer)
        for filed in case.mails
        if filed.form is not None
        for _, answer in filed.form.every_answer()
    )


def _addresses(answer: object) -> set[str]:
    text = f"{getattr(answer, 'text', '')} {getattr(answer, 'value', '')}".lower()
    return set(re.findall(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+", text))


def match_form(
    copies: Copies, mail: Correspondence, candidates: Sequence[Candidate], today: Today
) -> Match:
    """What a form is: new, revised, another agency's copy of it, or the very same again."""
    for candidate in candidates:
        if any(paper.sha256 in candidate.papers for paper in copies.papers):
            ref, agency = candidate.case.reference, sender_agency(mail, candidate.case, today)
            return Match("duplicate", ref, f"the same document is on {ref} already", agency=agency)
    ranked, words = _ranked(copies.form, candidates), f"{mail.subject}\n{mail.body}"
    own = next((c for c in ranked if _same_form(copies.form, c, words)), None)
    if own is not None:
        return _copy_of(own, copies.form, mail, today)
    related = tuple(r for c in candidates if (r := _related(copies.form, c)) is not None)
    return Match("new referral", None, "a SIN form that is on no case yet", related)


def _ranked(form: SinForm, candidates: Sequence[Candidate]) -> list[Candidate]:
    return sorted(candidates, key=lambda c: _likeness(form, c).score, reverse=True)


def _likeness(form: SinForm, candidate: Candidate) -> Likeness:
    alike = [compare_children(form, known) for known in known_forms(candidate.case)]
    return max(alike, key=lambda one: one.score)


def _same_form(form: SinForm, candidate: Candidate, words: str) -> bool:
    """The same child, referrer and incident; where no child is named, referrer and thread.

    Any of them may be as staff corrected it, or as it was first written. `words` are its mail's.
    """
    known = known_forms(candidate.case)
    if not any(same_referrer(form, one) for one in known):
        return False
    if all(is_another_incident(form, one, words) for one in known):
        return False
    linked = candidate.thread or candidate.reference
    if not any(keys.name or keys.nhs_number for keys in children_keys(form)):
        return linked
    # In answer to the case's mail a name or a birthday may have been corrected.
    alike = _likeness(form, candidate).score
    named = any(same_names(form, one) for one in known)
    return alike >= SURE or (linked and (alike > 0 or named))


def _copy_of(candidate: Candidate, form: SinForm, mail: Correspondence, today: Today) -> Match:
    case = candidate.case
    agency, referrer = sender_agency(mail, case, today), referring_agency(case)
    if agency is not None and agency != referrer:
        kind: MessageKind = "contribution"
        why = "the referrer's form came back from another agency"
        if mail.kind != "ordinary":
            kind, why = "duplicate", "the referrer's form came back in an automatic message"
        elif not adds_something(case, form):
            kind, why = "duplicate", "the referrer's form came back with nothing added"
        return Match(kind, case.reference, why, agency=agency)
    why = _likeness(form, candidate).why or "the same referrer, in answer to the case's mail"
    return Match("revised referral", case.reference, f"the same referrer, {why}", agency=agency)


def _related(form: SinForm, candidate: Candidate) -> Related | None:
    likeness = _likeness(form, candidate)
    if likeness is NO_LIKENESS:
        return None
    apart = days_apart(form, current_form(candidate.case))
    one_incident = apart is None or apart <= ONE_INCIDENT
    flag = "possible duplicate" if one_incident else "known from an earlier case"
    return Related(candidate.case.reference, likeness.why, likeness.score, flag)


def match_mail(
    mail: Correspondence, texts: Sequence[str], candidates: Sequence[Candidate], today: Today
) -> Match:
    """The case of a mail that brought no form; `texts` are its own and its papers' words."""
    words = [searchable(text) for text in texts] if candidates else []
    found = {c.case.reference: why for c in candidates if (why := _why(c, words))}
    linked = {c.case.reference for c in candidates if c.thread or c.reference}
    strong = {ref: why for ref, why in found.items() if ref in linked} or found
    if not strong:
        return Match("other", None, "neither a SIN form nor a case it belongs to was found in it")
    if len(strong) > 1:
        reasons = "; ".join(f"{ref} ({why})" for ref, why in strong.items())
        return Match("correspondence", None, f"it may belong to {reasons}", offered=tuple(strong))
    ((reference, why),) = strong.items()
    case = next(c.case for c in candidates if c.case.reference == reference)
    if not sender_known(mail, case, today):
        why = f"it may belong to {reference} ({why}), but its sender is not known to us"
        return Match("correspondence", None, why, offered=(reference,))
    agency = sender_agency(mail, case, today)
    return Match("correspondence", reference, why, agency=agency)


def _why(candidate: Candidate, texts: Sequence[Searchable]) -> str:
    if candidate.reference:
        return "it quotes our reference"
    if candidate.thread:
        return "it answers a message of the case"
    for keys in keys_of_case(candidate.case):
        named = next((by for text in texts if (by := named_in(text, keys))), "")
        if named:
            return f"it gives {named}"
    return ""
