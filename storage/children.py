"""Which cases have a child that a message may be about, from small sealed keys kept opened.

Rows of children are added, never changed, and never under a number that was given before while
the newest row stands. So what was opened stays true, and only newer rows are read, as long as the
newest row that was read is still there; otherwise all are read anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, bindparam, insert
from sqlmodel import Session, col, select

from storage.database import run
from storage.facts import opened_child, sealed_child
from storage.sealing import KeyRing
from storage.tables import ChildRow
from triage.identity import ChildKeys, Searchable
from triage.known_children import KnownChildren

_ADD = insert(ChildRow)
_OF_CASE = select(ChildRow.keys).where(col(ChildRow.case) == bindparam("case"))
_FROM = (
    select(ChildRow.id, ChildRow.case, ChildRow.keys)
    .where(col(ChildRow.id) >= bindparam("newest"))
    .order_by(col(ChildRow.id))
)


class _Opened:
    """The children read so far, and the newest row among them."""

    def __init__(self) -> None:
        self.children = KnownChildren()
        self.newest, self.sealed = 0, b""

    def read_on(self, session: Session, keys: KeyRing) -> bool:
        """Reads what was added since; False where the rows are not those that were read."""
        rows = run(session, _FROM, {"newest": self.newest}).all()
        if self.newest and (not rows or rows[0].keys != self.sealed):
            return False
        for row in rows:
            if row.id > self.newest:
                self.children.add(row.case, opened_child(row.keys, keys))
                self.newest, self.sealed = row.id, row.keys
        return True


_opened: WeakKeyDictionary[Engine, _Opened] = WeakKeyDictionary()


def cases_of_children(
    session: Session,
    keys: KeyRing,
    children: Sequence[ChildKeys],
    texts: Sequence[Searchable],
) -> set[str]:
    """Cases with a child like one of these, or named in one of these texts.

    For a writer of the register only (database.one_writer): one at a time reads on.
    """
    engine = session.get_bind().engine
    opened = _opened.setdefault(engine, _Opened())
    if not opened.read_on(session, keys):
        opened = _opened[engine] = _Opened()
        opened.read_on(session, keys)
    known = opened.children
    alike = (known.like(child) for child in children)
    return set().union(*alike, *(known.named_in(text) for text in texts))


def add_children(
    session: Session, keys: KeyRing, reference: str, children: Sequence[ChildKeys]
) -> None:
    """Keeps whom a case is to be found by; those kept before stay."""
    kept = {opened_child(row.keys, keys) for row in run(session, _OF_CASE, {"case": reference})}
    new = [child for child in dict.fromkeys(children) if child not in kept]
    if new:
        run(session, _ADD, [{"case": reference, "keys": sealed_child(c, keys)} for c in new])
