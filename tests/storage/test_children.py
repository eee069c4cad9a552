"""Children are found by rows read once, and what was read is never trusted blindly."""

from __future__ import annotations

from datetime import date

import pytest
from cases import AT
from sqlalchemy import Engine, insert, text

from storage.children import add_children, cases_of_children
from storage.database import one_writer, transaction
from storage.sealing import KeyRing
from storage.tables import CaseRow
from triage.identity import ChildKeys, searchable

TILLY = ChildKeys("sample tilly", date(2020, 3, 4), "9990001239")
MAX = ChildKeys("max sample", None, "")
REFERENCES = ("TSCP-2026-0001", "TSCP-2026-0002")


@pytest.fixture
def cases(database: Engine) -> Engine:
    """Two cases with nobody in them."""
    row = {"received_at": AT, "state": "received", "open": True, "urgent": False, "version": 0}
    with transaction(database) as session:
        for reference in REFERENCES:
            session.execute(insert(CaseRow), {"reference": reference} | row)
    return database


def found(cases: Engine, keys: KeyRing, *children: ChildKeys, said: str = "") -> set[str]:
    """The cases of these children, or of those named."""
    with transaction(cases) as session:
        one_writer(session)
        return cases_of_children(session, keys, children, [searchable(said)])


def add(cases: Engine, keys: KeyRing, reference: str, *children: ChildKeys) -> None:
    """Children are kept with a case."""
    with transaction(cases) as session:
        one_writer(session)
        add_children(session, keys, reference, children)


def test_a_child_is_found_as_soon_as_it_is_kept(cases: Engine, keys: KeyRing) -> None:
    assert found(cases, keys, TILLY) == set()
    add(cases, keys, REFERENCES[0], TILLY)
    assert found(cases, keys, TILLY) == {REFERENCES[0]}
    add(cases, keys, REFERENCES[1], MAX, TILLY)
    assert found(cases, keys, TILLY) == set(REFERENCES)
    assert found(cases, keys, MAX) == {REFERENCES[1]}
    assert found(cases, keys, said="About 999 000 1239.") == set(REFERENCES)


def test_a_child_is_kept_once_and_those_kept_before_stay(cases: Engine, keys: KeyRing) -> None:
    add(cases, keys, REFERENCES[0], TILLY)
    add(cases, keys, REFERENCES[0], TILLY, TILLY)
    add(cases, keys, REFERENCES[0], MAX)
    with transaction(cases) as session:
        assert session.execute(text("SELECT count(*) FROM children")).scalar() == 2
    assert found(cases, keys, TILLY) == {REFERENCES[0]}


def test_rows_that_were_taken_back_or_replaced_are_noticed(cases: Engine, keys: KeyRing) -> None:
    add(cases, keys, REFERENCES[0], TILLY)
    assert found(cases, keys, TILLY) == {REFERENCES[0]}
    with transaction(cases) as session:
        session.execute(text("DELETE FROM children"))
    assert found(cases, keys, TILLY) == set()
    add(cases, keys, REFERENCES[1], MAX)  # on SQLite under the number that Tilly had
    assert found(cases, keys, MAX) == {REFERENCES[1]}
