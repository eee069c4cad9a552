"""Saves one message's whole decision, in one session, under its claim: all of it or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import bindparam, insert, update
from sqlmodel import Session, col, select

from storage import audit, letter_acts, outbox
from storage.cases import load
from storage.children import add_children
from storage.database import run
from storage.facts import Fact, by_field, row_values
from storage.messages import Claimed, name
from storage.sealing import KeyRing
from storage.settled import Settled, settle
from storage.tables import CaseRow, CounterRow, FactRow, PaperRow
from triage.case import ENDED, Case, Relation
from triage.clocks import next_clock
from triage.current import current_form
from triage.filing import Filing, Outcome
from triage.identity import keys_of_case
from triage.queue import is_urgent
from triage.sin_form import SinForm
from triage.today import Today
from triage.working_days import london_day

_COUNTER = col(CounterRow.year) == bindparam("of_year")
_LAST = select(CounterRow.last).where(_COUNTER)
_COUNT, _FIRST = update(CounterRow).where(_COUNTER), insert(CounterRow)
_CASE, _FACTS, _PAPER = insert(CaseRow), insert(FactRow), insert(PaperRow)
_FOLLOWS = update(CaseRow).where(col(CaseRow.reference) == bindparam("this"))
_HAS_PAPER = select(PaperRow.case).where(
    col(PaperRow.sha256) == bindparam("sha256"), col(PaperRow.case) == bindparam("case")
)


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
    references = [_save_one(session, keys, mine, filing, today, now) for filing in outcome.filings]
    for reference in dict.fromkeys(references):
        if any(filing.reference == reference for filing in outcome.filings):
            refresh(session, keys, reference, today)
        audit.append(session, actor, f"message {end.state}: {end.kind}", reference, now)
    audit.append(session, actor, f"message {end.state}", name(mine.id), now)
    return references


def _save_one(
    session: Session, keys: KeyRing, mine: Claimed, filing: Filing, today: Today, now: datetime
) -> str:
    reference = filing.reference or _open_case(session, filing.mail.at)
    facts: list[Fact] = [filing.mail, *filing.contributions, *filing.moves]
    facts += [Relation(r.reference, r.why, r.score, filing.mail.at, r.flag) for r in filing.related]
    add_facts(session, keys, reference, facts, mine.id)
    if filing.reference is None:  # nothing else is known of it: it need not be loaded
        new = Case(reference, filing.mail.at, **by_field(facts))  # type: ignore[arg-type]
        _follow(session, keys, new, today)
    for related in filing.related:
        back = Relation(reference, related.why, related.score, filing.mail.at)
        add_facts(session, keys, related.reference, [back], mine.id)
    for sha256 in filing.papers:
        paper = {"sha256": sha256, "case": reference}
        if run(session, _HAS_PAPER, paper).first() is None:
            run(session, _PAPER, paper)
    for letter in filing.letters:
        outbox.add(session, keys, letter_acts.answering_once(session, letter), now, reference)
    return reference


def _open_case(session: Session, received_at: datetime) -> str:
    """A new case with the next reference of the year of its receipt in London."""
    year = london_day(received_at).year
    last = run(session, _LAST, {"of_year": year}).scalar()
    if last is None:
        run(session, _FIRST, {"year": year, "last": 1})
    else:
        run(session, _COUNT, {"of_year": year, "last": last + 1})
    reference = f"TSCP-{year}-{(last or 0) + 1:04d}"
    case = {"state": "received", "open": True, "urgent": False, "version": 0}
    run(session, _CASE, {"reference": reference, "received_at": received_at} | case)
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
        run(session, _FACTS, rows)


def refresh(session: Session, keys: KeyRing, reference: str, today: Today) -> Case:
    """Writes what follows from a case's facts: the queue's columns and the children's keys."""
    return _follow(session, keys, load(session, keys, [reference])[reference], today)


def _follow(session: Session, keys: KeyRing, case: Case, today: Today) -> Case:
    form, due = current_form(case), next_clock(case, today)
    values = {
        "state": case.state,
        "open": case.state not in ENDED,
        "urgent": is_urgent(case, today),
        "next_due_on": due.due_on if due else None,
        "assigned_to": case.assigned_to,
        "version": case.version + 1,
        "outcome_for_child": _said(form, "outcome_for_child"),
        "abuse_or_neglect": _said(form, "abuse_or_neglect"),
    }
    run(session, _FOLLOWS, {"this": case.reference} | values)
    add_children(session, keys, case.reference, keys_of_case(case))
    return replace(case, version=case.version + 1)


def _said(form: SinForm, key: str) -> str | None:
    answer = form.answers.get(key)
    return None if answer is None or answer.value is None else str(answer.value)


def exists(session: Session, reference: str) -> bool:
    """Whether there is a case with this reference."""
    query = select(CaseRow.reference).where(col(CaseRow.reference) == reference)
    return session.exec(query).first() is not None
