"""What each agency was asked, what it told, and what is still outstanding.

Expected are the three safeguarding partners, the referrer's agency, every agency the form
says is known to the family, and whom staff add. Silence is never 'not known'.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from triage.agencies import PARTNERS
from triage.case import Case, ContributionFact
from triage.current import current_form
from triage.sin_form import SinForm
from triage.working_days import london_day

ANSWERED = frozenset({"received", "not known to us", "declined"})
SETTLED = ANSWERED | {"not applicable"}


@dataclass(frozen=True, slots=True)
class Contribution:
    """One agency's contribution as it stands. Days are London calendar days."""

    agency: str
    state: str
    why_expected: str
    requested_on: date | None = None
    due_on: date | None = None
    received_on: date | None = None
    messages: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()

    @property
    def outstanding(self) -> bool:
        """Still to come: expected or requested."""
        return self.state not in SETTLED

    def overdue(self, on: date) -> bool:
        """Requested, not settled, and its due date lies before `on`."""
        return self.state == "requested" and self.due_on is not None and self.due_on < on


def contributions(case: Case) -> tuple[Contribution, ...]:
    """Every agency's contribution, partners first, then in the order they became known."""
    why = _expected(case)
    for fact in case.contributions:
        why.setdefault(fact.agency, _why_beside(fact))
    referrer = referring_agency(case)
    return tuple(
        _standing(case, agency, reason, agency == referrer) for agency, reason in why.items()
    )


def _why_beside(fact: ContributionFact) -> str:
    """Why an agency counts that neither the form nor the law makes expected."""
    if fact.state == "requested":
        return "asked by staff"
    return fact.why or "added by staff" if fact.state == "expected" else "told us itself"


def _expected(case: Case) -> dict[str, str]:
    why = dict.fromkeys(PARTNERS, "safeguarding partner")
    form = current_form(case)
    referrer = referring_agency(case, form)
    if referrer:
        why.setdefault(referrer, "made the referral")
    for row in form.agencies:
        agency, known = row.get("agency"), row.get("known")
        if agency and known and known.value == "yes" and isinstance(agency.value, str):
            why.setdefault(agency.value, "the form says the family is known to it")
    return why


def referring_agency(case: Case, form: SinForm | None = None) -> str | None:
    """The register's id of the agency that made the referral, as the form says."""
    answer = (form or current_form(case)).answers.get("referrer_agency")
    return answer.value if answer is not None and isinstance(answer.value, str) else None


def _standing(case: Case, agency: str, why: str, referred: bool) -> Contribution:
    facts = [fact for fact in case.contributions if fact.agency == agency]
    if referred:
        facts = [_referral(case, agency), *facts]
    last, settled_on = _last_word(facts)
    state = last.state if last else "expected"
    requests = [fact for fact in facts if fact.state == "requested" and state != "expected"]
    return Contribution(
        agency=agency,
        state=state,
        why_expected=why,
        requested_on=requests[-1].on if requests else None,
        due_on=requests[-1].due_on if requests else None,
        received_on=settled_on,
        messages=tuple(dict.fromkeys(fact.message for fact in facts if fact.message)),
        documents=tuple(dict.fromkeys(name for fact in facts for name in fact.documents)),
    )


def _last_word(
    facts: Sequence[ContributionFact],
) -> tuple[ContributionFact | None, date | None]:
    """The fact that stands, and since when it is settled; facts are in the order of recording.

    What an agency told stands even if it is noted after a later request (its mail had to wait
    for a person); only asking again, on that day or later, opens it anew.
    """
    last, settled_on = None, None
    for fact in facts:
        if fact.state in SETTLED:
            last, settled_on = fact, settled_on or fact.on
        elif last is None or settled_on is None or fact.on >= last.on:
            last, settled_on = fact, None
    return last, settled_on


def _referral(case: Case, agency: str) -> ContributionFact:
    """The referral itself is its agency's contribution, received."""
    mail = next((m for m in case.mails if m.form is not None), None)
    at = mail.at if mail else case.received_at
    return ContributionFact(
        agency=agency,
        state="received",
        on=london_day(at),
        at=at,
        by="rule",
        why="the referral",
        message=mail.message if mail else None,
        documents=mail.documents if mail else (),
    )
