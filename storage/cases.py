"""Cases by reference, by the queue's order, and the few a message might belong to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import BindParameter, Row, bindparam
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from storage.children import cases_of_children
from storage.database import run
from storage.facts import fields_of
from storage.sealing import KeyRing
from storage.settled import answered
from storage.tables import CaseRow, FactRow, LetterRow, PaperRow, ThreadRow
from storage.withdrawal import standing, still_filed
from triage.case import Case, LetterFact
from triage.correspondence import Correspondence
from triage.identity import children_keys, searchable
from triage.matching import Candidate, references_in
from triage.papers import Paper

BATCH = 200

_THESE: BindParameter[Any] = bindparam("these", expanding=True)
_CASES = select(CaseRow.reference, CaseRow.received_at, CaseRow.version).where(
    col(CaseRow.reference).in_(_THESE)
)
_FACTS = (
    columns(
        col(FactRow.case),
        col(FactRow.kind),
        col(FactRow.at),
        col(FactRow.message),
        col(FactRow.body),
    )
    .where(col(FactRow.case).in_(_THESE))
    .order_by(col(FactRow.id))
)
_LETTERS = (
    columns(*LetterRow.__mapper__.columns)  # type: ignore[attr-defined]
    .where(col(LetterRow.case).in_(_THESE))
    .order_by(col(LetterRow.id))
)
_BY_THREAD = (
    select(FactRow.case)
    .join(ThreadRow, col(ThreadRow.message) == col(FactRow.message))
    .where(col(ThreadRow.key).in_(_THESE), col(FactRow.kind) == "mail", still_filed())
)
_BY_LETTER = select(LetterRow.case).where(
    col(LetterRow.thread).in_(_THESE), col(LetterRow.case).is_not(None)
)
_BY_PAPER = select(PaperRow.case, PaperRow.sha256).where(col(PaperRow.sha256).in_(_THESE))


def load(
    session: Session, keys: KeyRing, references: Sequence[str], on: date | None = None
) -> dict[str, Case]:
    """These cases with all their facts; a reference nobody has is left out.

    What a message brought that was withdrawn is no fact any more; with `on` it is one still
    where it was withdrawn after the end of that day in London.
    """
    if not references:
        return {}
    found = {row.reference: row for row in run(session, _CASES, {"these": list(references)})}
    facts: dict[str, list[Row[Any]]] = {reference: [] for reference in found}
    for fact in run(session, _FACTS, {"these": list(found)}):
        facts[fact.case].append(fact)
    letters = _letters(session, keys, list(found))
    return {
        reference: Case(
            reference=reference,
            received_at=found[reference].received_at,
            version=found[reference].version,
            letters=tuple(letters.get(reference, ())),
            **fields_of(standing(facts[reference], on), keys),  # type: ignore[arg-type]
        )
        for reference in references
        if reference in found
    }


def _letters(
    session: Session, keys: KeyRing, references: Sequence[str]
) -> dict[str, list[LetterFact]]:
    found: dict[str, list[LetterFact]] = {}
    for row in run(session, _LETTERS, {"these": list(references)}):
        taken = row.sent_at if row.state in ("sent", "bounced") else None
        to = keys.unseal(row.address, "address").decode() if taken else ""
        fact = LetterFact(
            f"L-{row.id:06d}", row.kind, row.state, row.at, row.agency, taken, to, row.key or ""
        )
        found.setdefault(row.case or "", []).append(fact)
    return found


def queue_page(session: Session, keys: KeyRing, limit: int, offset: int = 0) -> list[Case]:
    """Open cases in the queue's order: urgent, due soonest, received first."""
    nulls_last = col(CaseRow.next_due_on).is_(None)
    query = (
        select(CaseRow.reference)
        .where(col(CaseRow.open))
        .order_by(
            col(CaseRow.urgent).desc(),
            nulls_last,
            col(CaseRow.next_due_on),
            col(CaseRow.received_at),
            col(CaseRow.reference),
        )
        .limit(limit)
        .offset(offset)
    )
    references = list(session.exec(query))
    cases = load(session, keys, references)
    return [cases[reference] for reference in references]


def every_case(session: Session, keys: KeyRing, on: date | None = None) -> Iterator[Case]:
    """All cases, open and ended, a batch at a time; `on` as in load()."""
    references = list(session.exec(select(CaseRow.reference).order_by(col(CaseRow.reference))))
    for start in range(0, len(references), BATCH):
        yield from load(session, keys, references[start : start + BATCH], on).values()


def open_cases(session: Session, keys: KeyRing) -> Iterator[Case]:
    """All cases that have not ended, a batch at a time."""
    query = select(CaseRow.reference).where(col(CaseRow.open)).order_by(col(CaseRow.reference))
    references = list(session.exec(query))
    for start in range(0, len(references), BATCH):
        yield from load(session, keys, references[start : start + BATCH]).values()


def candidates(
    session: Session, keys: KeyRing, mail: Correspondence, papers: Sequence[Paper]
) -> list[Candidate]:
    """The few cases a message might belong to: by thread, reference, document, or child."""
    texts = [f"{mail.subject}\n{mail.full_text or mail.body}", *(p.text for p in papers if p.text)]
    thread = _by_thread(session, keys, (*mail.in_reply_to, *mail.references))
    quoted = {ref for text in texts[:1] for ref in references_in(text)}
    shas = _by_paper(session, [paper.sha256 for paper in papers if paper.form is not None])
    children = _by_child(session, keys, papers, texts)
    wanted = sorted({*thread, *quoted, *shas, *children})
    return [
        Candidate(
            case, reference in thread, reference in quoted, frozenset(shas.get(reference, ()))
        )
        for reference, case in load(session, keys, wanted).items()
    ]


def _by_thread(session: Session, keys: KeyRing, ids: Sequence[str]) -> set[str]:
    """Cases with a message or letter that is answered; else those where the same is answered."""
    own = [keys.blind(message_id) for message_id in ids]
    if not own:
        return set()
    found = [run(session, query, {"these": own}) for query in (_BY_THREAD, _BY_LETTER)]
    cases = {row.case for rows in found for row in rows}
    beside = [keys.blind(answered(message_id)) for message_id in ids]
    return cases or {row.case for row in run(session, _BY_THREAD, {"these": beside})}


def _by_paper(session: Session, shas: Sequence[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    if not shas:
        return found
    for row in run(session, _BY_PAPER, {"these": list(shas)}):
        found.setdefault(row.case, set()).add(row.sha256)
    return found


def _by_child(
    session: Session, keys: KeyRing, papers: Sequence[Paper], texts: Sequence[str]
) -> set[str]:
    """Cases with a child that a form describes or a text names."""
    wanted = [child for p in papers if p.form is not None for child in children_keys(p.form)]
    return cases_of_children(session, keys, wanted, [searchable(text) for text in texts])
