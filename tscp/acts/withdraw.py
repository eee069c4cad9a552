"""A person undoes a filing, before the message is filed anew: see settle.py."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session

from storage import audit, letter_acts, outbox
from storage.cases import load
from storage.database import one_writer, reading, transaction
from storage.filing import add_facts, refresh
from storage.register import RegisterLine
from storage.withdrawal import cases_ever_holding, cases_holding, forget_papers
from triage.case import Withdrawn
from triage.settling import Decide
from triage.withdrawing import back_to, left_empty, opened_by
from tscp.acts.desk import Desk

GONE = "the message it answers was filed to its case by mistake"


def own_case(desk: Desk, line: RegisterLine, rules: Decide, user: str) -> Decide:
    """The rules for reading a message again; of one that opened its case, back to that case."""
    with reading(desk.engine) as session:
        cases = load(session, desk.keys, cases_ever_holding(session, line.number))
    opened = [case for case in cases.values() if opened_by(case, line.id)]
    return back_to(opened[-1], rules, user, desk.now()) if opened else rules


def withdraw(
    session: Session, desk: Desk, line: RegisterLine, user: str, why: str
) -> Sequence[str]:
    """Withdraws what a message brought to its cases so far; their references."""
    held = cases_holding(session, line.number)
    for reference in held:
        fact = Withdrawn(line.id, desk.now(), user, why)
        add_facts(session, desk.keys, reference, [fact], line.number)
        forget_papers(session, line.number, reference)
        refresh(session, desk.keys, reference, desk.today())
        audit.append(session, user, "filing withdrawn", reference, desk.now())
    return held


def end_if_empty(desk: Desk, references: Sequence[str], user: str, why: str) -> None:
    """Ends the cases of which nothing is left, with what was still to be sent of them."""
    if not references:
        return
    now = desk.now()
    with transaction(desk.engine) as session:
        one_writer(session)
        for reference, case in load(session, desk.keys, references).items():
            moves = left_empty(case, user, why, now)
            if not moves:
                continue
            add_facts(session, desk.keys, reference, moves)
            for letter in outbox.lines(session, desk.keys, case=reference):
                letter_acts.cancel(session, letter.number, GONE)
            refresh(session, desk.keys, reference, desk.today())
            audit.append(session, user, "case withdrawn", reference, now)
