"""The queue is read from its columns in the order the domain gives it, a page at a time."""

from __future__ import annotations

from datetime import date

from cases import MAX, RECEIVED, TILLY, FilingRoom, a_paper, a_sin_form, seen_on
from sqlalchemy import Engine

from storage import queue
from storage.cases import queue_page
from storage.database import reading, transaction
from storage.filing import add_facts, refresh
from storage.sealing import KeyRing
from triage.case import Move
from triage.queue import queue_entry

FORMS = [
    a_sin_form(({"child_name": "Ann Late"},), outcome_for_child="near miss"),
    a_sin_form((TILLY,)),
    a_sin_form((MAX,), la_aware_date=date(2026, 2, 2), incident_date=date(2026, 2, 1)),
    a_sin_form(({"child_name": "Bo Risk"},), other_children_at_risk="yes", la_aware_date=RECEIVED),
    a_sin_form(({"child_name": "Cy Closed"},), la_aware_date=date(2026, 2, 3)),
]
ORDER = [f"TSCP-2026-000{n}" for n in (4, 3, 2, 1)]


def with_five(database: Engine, keys: KeyRing) -> None:
    """Five cases, the last of them closed."""
    room = FilingRoom(database, keys)
    for form in FORMS:
        room.file(a_paper(form))
    (*_, last) = room.cases().values()
    closed = Move("received", "closed", last.received_at, "sam", "")
    with transaction(database) as session:
        add_facts(session, keys, last.reference, [closed])
        refresh(session, keys, last.reference, seen_on())


def test_pages_of_the_queue_are_in_the_domains_order(database: Engine, keys: KeyRing) -> None:
    with_five(database, keys)
    with reading(database) as session:
        cases = queue_page(session, keys, 50)
        pages = [queue_page(session, keys, 2, offset) for offset in (0, 2, 4)]
    assert [case.reference for case in cases] == ORDER
    assert [case for page in pages for case in page] == cases
    orders = [queue_entry(case, seen_on()).order for case in cases]
    assert orders == sorted(orders)


def test_the_counts_are_those_of_the_open_cases(database: Engine, keys: KeyRing) -> None:
    with_five(database, keys)
    with reading(database) as session:
        found = queue.counts(session, RECEIVED, date(2026, 3, 10))
    assert found == queue.QueueCounts(open=4, urgent=1, overdue=1, due_soon=1)
