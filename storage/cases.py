"""Cases by reference, by the queue's order, and the few a message might belong to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sqlmodel import Session, col, select

from storage.facts import fields_of, opened_child
from storage.sealing import KeyRing
from storage.tables import CaseRow, ChildRow, FactRow, LetterRow, PaperRow, ThreadRow
from triage.case import Case, LetterFact
from triage.correspondence import Correspondence
from triage.identity import children_keys, compare, named_in, searchable
from triage.matching import Candidate, references_in
from triage.papers import Paper

BATCH = 200


def load(session: Session, keys: KeyRing, references: Sequence[str]) -> dict[str, Case]:
    """These cases with all their facts; a reference nobody has is left out."""
    if not references:
        return {}
    rows = session.exec(select(CaseRow).where(col(CaseRow.reference).in_(references)))
    found = {row.reference: row for row in rows}
    facts: dict[str, list[FactRow]] = {reference: [] for reference in found}
    query = select(FactRow).where(col(FactRow.case).in_(list(found))).order_by(col(FactRow.id))
    for fact in session.exec(query):
        facts[fact.case].append(fact)
    letters = _letters(session, keys, list(found))
    return {
        reference: Case(
            reference=reference,
            received_at=found[reference].received_at,
            version=found[reference].version,
            letters=tuple(letters.get(reference, ())),
            **fields_of(facts[reference], keys),  # type: ignore[arg-type]
        )
        for reference in references
        if reference in found
    }


def _letters(
    session: Session, keys: KeyRing, references: Sequence[str]
) -> dict[str, list[LetterFact]]:
    query = select(LetterRow).where(col(LetterRow.case).in_(references)).order_by(col(LetterRow.id))
    found: dict[str, list[LetterFact]] = {}
    for row in session.exec(query):
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


def every_case(session: Session, keys: KeyRing) -> Iterator[Case]:
    """All cases, open and ended, a batch at a time."""
    references = list(session.exec(select(CaseRow.reference).order_by(col(CaseRow.reference))))
    for start in range(0, len(references), BATCH):
        yield from load(session, keys, references[start : start + BATCH]).values()


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


def _by_thread(session: Session, keys: KeyRing, ids: Iterable[str]) -> set[str]:
    blind = [keys.blind(message_id) for message_id in ids]
    if not blind:
        return set()
    query = (
        select(FactRow.case)
        .join(ThreadRow, col(ThreadRow.message) == col(FactRow.message))
        .where(col(ThreadRow.key).in_(blind), col(FactRow.kind) == "mail")
    )
    return set(session.exec(query))


def _by_paper(session: Session, shas: Sequence[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    if not shas:
        return found
    for row in session.exec(select(PaperRow).where(col(PaperRow.sha256).in_(shas))):
        found.setdefault(row.case, set()).add(row.sha256)
    return found


def _by_child(
    session: Session, keys: KeyRing, papers: Sequence[Paper], texts: Sequence[str]
) -> set[str]:
    """Cases with a child that a form describes or a text names: a scan of small sealed keys."""
    wanted = [child for p in papers if p.form is not None for child in children_keys(p.form)]
    words = [searchable(text) for text in texts]
    found: set[str] = set()
    for reference, sealed in session.exec(select(ChildRow.case, ChildRow.keys)):
        child = opened_child(sealed, keys)
        alike = any(compare(child, other).score for other in wanted)
        if alike or any(named_in(text, child) for text in words):
            found.add(reference)
    return found
