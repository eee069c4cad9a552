"""Saves one message's whole decision, in one session, under its claim: all of it or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import delete, insert
from sqlmodel import Session, col, select

from storage import audit, outbox
from storage.cases import load
from storage.facts import Fact, row_values, sealed_child
from storage.messages import Claimed, name
from storage.sealing import KeyRing
from storage.settled import Settled, settle
from storage.tables import CaseRow, ChildRow, CounterRow, FactRow, PaperRow
from triage.case import ENDED, Case, Relation
from triage.clocks import next_clock
from triage.current import current_form
from triage.filing import Filing, Outcome
from triage.identity import keys_of_case
from triage.queue import is_urgent
from triage.today import Today
from triage.working_days import london_day


def save(
    session: Session,
    keys: KeyRing,
    mine: Claimed,
    outcome: Outcome,
    end: Settled,
    today: Today,
    now: datetime,
    actor: str,
) -> list[str]:
    """Writes cases, facts, drafts, audit and the message's end; returns the cases' references.

    Raises LostClaim, with nothing written, where another process took the message over.
    """
    settle(session, keys, mine, now, end)
    references = [_save_one(session, keys, mine, filing, now) for filing in outcome.filings]
    for reference in dict.fromkeys(references):
        refresh(session, keys, reference, today)
        audit.append(session, actor, f"message {end.state}: {end.kind}", reference, now)
    audit.append(session, actor, f"message {end.state}", name(mine.id), now)
    return references


def _save_one(session: Session, keys: KeyRing, mine: Claimed, filing: Filing, now: datetime) -> str:
    reference = filing.reference or _open_case(session, filing.mail.at)
    facts: list[Fact] = [filing.mail, *filing.contributions, *filing.moves]
    facts += [Relation(r.reference, r.why, r.score, filing.mail.at, r.flag) for r in filing.related]
    add_facts(session, keys, reference, facts, mine.id)
    for related in filing.related:
        back = Relation(reference, related.why, related.score, filing.mail.at)
        add_facts(session, keys, related.reference, [back], mine.id)
    for sha256 in filing.papers:
        if session.get(PaperRow, (sha256, reference)) is None:
            session.add(PaperRow(sha256=sha256, case=reference))
    for letter in filing.letters:
        outbox.add(session, keys, letter, now, reference)
    session.flush()
    return reference


def _open_case(session: Session, received_at: datetime) -> str:
    """A new case with the next reference of the year of its receipt in London."""
    year = london_day(received_at).year
    counter = session.get(CounterRow, year) or CounterRow(year=year, last=0)
    counter.last += 1
    session.add(counter)
    reference = f"TSCP-{year}-{counter.last:04d}"
    case = CaseRow(
        reference=reference,
        received_at=received_at,
        state="received",
        open=True,
        urgent=False,
        version=0,
    )
    session.add(case)
    session.flush()
    return reference


def add_facts(
    session: Session,
    keys: KeyRing,
    reference: str,
    facts: Sequence[Fact],
    message: int | None = None,
) -> None:
    """Appends facts to a case; call refresh() when all are added."""
    rows = [row_values(reference, fact, keys, message) for fact in facts]
    if rows:
        session.execute(insert(FactRow), rows)


def refresh(session: Session, keys: KeyRing, reference: str, today: Today) -> Case:
    """Writes what follows from a case's facts: the queue's columns and the children's keys."""
    case = load(session, keys, [reference])[reference]
    row, form, due = (
        session.get_one(CaseRow, reference),
        current_form(case),
        next_clock(case, today),
    )
    answers = {key: form.answers.get(key) for key in ("outcome_for_child", "abuse_or_neglect")}
    row.state, row.open = case.state, case.state not in ENDED
    row.urgent, row.next_due_on = is_urgent(case, today), due.due_on if due else None
    row.assigned_to, row.version = case.assigned_to, row.version + 1
    row.outcome_for_child, row.abuse_or_neglect = (
        str(a.value) if a is not None and a.value is not None else None for a in answers.values()
    )
    session.add(row)
    session.execute(delete(ChildRow).where(col(ChildRow.case) == reference))
    for child in keys_of_case(case):
        session.add(ChildRow(case=reference, keys=sealed_child(child, keys)))
    session.flush()
    return replace(case, version=row.version)


def exists(session: Session, reference: str) -> bool:
    """Whether there is a case with this reference."""
    query = select(CaseRow.reference).where(col(CaseRow.reference) == reference)
    return session.exec(query).first() is not None
