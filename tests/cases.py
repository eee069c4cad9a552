"""Cases, forms and arrivals made by hand, for tests of the domain and the store.

Everybody here is fictitious; NHS numbers begin with 999, which the NHS never gives out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Engine

from config.settings import HERE
from storage import messages
from storage.cases import candidates, every_case
from storage.database import one_writer, reading, transaction
from storage.filing import save
from storage.sealing import KeyRing
from storage.settled import Envelope, Settled
from triage.case import Case, ContributionFact, FiledMail, Notification
from triage.correspondence import Correspondence
from triage.evidence import Answer, Evidence, Value
from triage.filing import Arrival, Outcome, file
from triage.papers import Paper, PaperState
from triage.problem import Problem
from triage.sin_form import Row, SinForm
from triage.today import Today
from triage.values.when import Day
from tscp.registers import agencies_of, calendar_of, clocks_of

INCIDENT = date(2026, 3, 2)
AWARE = date(2026, 3, 3)
RECEIVED = date(2026, 3, 4)
"""A Monday, a Tuesday and a Wednesday, far from any holiday."""
AT = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)
TILLY = {
    "child_name": "Tilly O'Testing-Smith",
    "date_of_birth": date(2021, 6, 5),
    "nhs_number": "9990001239",
}
MAX = {"child_name": "Max Sampleton", "date_of_birth": date(2015, 11, 9)}
REFERRER = {
    "referrer_name": "Rita Referrer",
    "referrer_agency": "tgicft",
    "referrer_email": "rita.referrer@tgh.nhs.uk",
}
GMP = "paul.person@gmp.police.uk"
ANSWERS = REFERRER | {
    "referral_date": RECEIVED,
    "safeguarding_lead_consulted": "yes",
    "incident_date": INCIDENT,
    "la_aware_date": AWARE,
    "outcome_for_child": "serious harm",
    "abuse_or_neglect": "suspected",
    "incident_summary": "Brought to hospital by ambulance.",
    "reason_for_referral": "To be considered by the partnership.",
}
"""A form with nothing missing whose answers suggest notification."""


@cache
def _rules() -> dict[str, Any]:
    return {
        "calendar": calendar_of([HERE / "bank_holidays.toml"]),
        "clocks": clocks_of([HERE / "clocks.toml"]),
        "register": agencies_of([HERE / "agencies.toml"]),
        "own_addresses": frozenset({"tscp@tameside.gov.uk"}),
    }


def seen_on(day: date = RECEIVED) -> Today:
    """That day, with the rules as they are delivered."""
    return Today(on=day, **_rules())


def an_answer(
    value: Value | date | None, confidence: float = 0.99, text: str | None = None, doubt: str = ""
) -> Answer:
    """An answer with this value; a date is a Day."""
    kept = Day(value) if isinstance(value, date) else value
    typed = str(value) if text is None else text
    where = Evidence(page=1, cell="table 1, row 1, cell 2", method="docx-table")
    return Answer(kept, typed, confidence, where, doubt)


def a_row(**values: Any) -> Row:
    """Answers by key; None leaves a question out, an Answer stands for itself."""
    return {
        key: value if isinstance(value, Answer) else an_answer(value)
        for key, value in values.items()
        if value is not None
    }


def a_sin_form(
    children: Sequence[Mapping[str, Any]] = (TILLY,),
    agencies: Sequence[Mapping[str, Any]] = (),
    **answers: Any,
) -> SinForm:
    """A complete form but for what is given; None takes an answer out."""
    return SinForm(
        form="sin_gm",
        document="document 1.docx",
        answers=a_row(**(ANSWERS | answers)),
        children=tuple(a_row(**child) for child in children),
        agencies=tuple(a_row(**agency) for agency in agencies),
    )


def a_filed(form: SinForm | None = None, at: datetime = AT, **fields: Any) -> FiledMail:
    """A mail as it lies on a case: the referral where it has a form."""
    kept = {"message": "M-000001", "kind": "new referral", "why": "a SIN form"} | fields
    return FiledMail(at=at, form=form, **kept)


def a_case(form: SinForm | None = None, at: datetime = AT, **fields: Any) -> Case:
    """A case opened by one referral."""
    mail = a_filed(form or a_sin_form(), at, sender="rita.referrer@tgh.nhs.uk", agency="tgicft")
    kept: dict[str, Any] = {"reference": "TSCP-2026-0001", "mails": (mail,)} | fields
    return Case(received_at=at, **kept)


def told(agency: str, state: Any, on: date = RECEIVED, **fields: Any) -> ContributionFact:
    """A contribution as staff recorded it at noon."""
    noon = datetime(on.year, on.month, on.day, 12, tzinfo=UTC)
    return ContributionFact(agency, state, on, **({"at": noon, "by": "sam"} | fields))


def decided(yes: bool, on: date = RECEIVED, **fields: Any) -> Notification:
    """The decision to notify or not, as staff recorded it."""
    return Notification(
        yes, on, datetime(on.year, on.month, on.day, 12, tzinfo=UTC), "sam", **fields
    )


def a_paper(form: SinForm | None = None, state: PaperState | None = None, **fields: Any) -> Paper:
    """A document; each that is not told its bytes has some of its own."""
    kept: dict[str, Any] = {"name": "document 1.docx", "text": ""} | fields
    kept.setdefault("sha256", hashlib.sha256(repr((form, state, kept)).encode()).hexdigest())
    return Paper(state=state or ("form" if form else "not-a-form"), form=form, **kept)


UNREADABLE = Problem("document 2.pdf is damaged", what_to_do="ask the sender", kind="unreadable")


def a_letter(body: str = "", sender: str = GMP, **fields: Any) -> Correspondence:
    """An e-mail as it was opened."""
    return Correspondence(sender=sender, body=body, **({"full_text": body} | fields))


def an_arrival(
    *papers: Paper, mail: Correspondence | None = None, at: datetime = AT, **fields: Any
) -> Arrival:
    """A message about to be filed; by default from the referrer."""
    kept: dict[str, Any] = {"message": "M-000001", "problems": ()} | fields
    return Arrival(
        received_at=at,
        mail=mail or a_letter("Please see attached.", sender="rita.referrer@tgh.nhs.uk"),
        papers=papers,
        **kept,
    )


def received(place: str = "1", content: bytes | None = None, **fields: Any) -> messages.Received:
    """A message as a poll found it; its bytes follow from its place unless given."""
    kept: dict[str, Any] = {
        "mailbox": "tscp",
        "received_at": AT,
        "received_from": "server",
    } | fields
    sha256 = hashlib.sha256(place.encode() if content is None else content).hexdigest()
    return messages.Received(place=place, sha256=sha256, **kept)


def an_end(state: str = "filed", **fields: Any) -> Settled:
    """A message's end as the register keeps it."""
    envelope = Envelope("<1@example.org>", GMP, "Paul Person", "About Tilly")
    kept: dict[str, Any] = {"reason": "", "kind": "new referral", "documents": ()} | fields
    return Settled(state=state, flags=(), offered=(), **({"envelope": envelope} | kept))


class FilingRoom:
    """Arrivals filed one after another by the rules, on a real database, a minute apart."""

    def __init__(self, engine: Engine, keys: KeyRing) -> None:
        """On tables that are there already."""
        self.engine, self.keys, self.number = engine, keys, 0

    def file(self, *papers: Paper, mail: Correspondence | None = None) -> Outcome:
        """Registers, claims, matches, decides and saves one message."""
        self.number += 1
        at = AT + timedelta(minutes=self.number)
        arrival = an_arrival(*papers, mail=mail, at=at, message=messages.name(self.number))
        with transaction(self.engine) as session:
            messages.received(session, received(str(self.number), received_at=at), at)
            mine = messages.claim(session, at)
        assert mine is not None
        with transaction(self.engine) as session:
            one_writer(session)
            found = candidates(session, self.keys, arrival.mail, arrival.papers)
            outcome = file(arrival, found, seen_on())
            end = an_end(
                outcome.state,
                reason=outcome.reason,
                kind=outcome.kind,
                envelope=Envelope(arrival.mail.message_id, arrival.mail.sender, "", ""),
            )
            save(session, self.keys, mine, outcome, end, seen_on(), at, "service")
        return outcome

    def cases(self) -> dict[str, Case]:
        """Every case by its reference."""
        with reading(self.engine) as session:
            return {case.reference: case for case in every_case(session, self.keys)}
