"""Each mailbox beside the register: what lies in one of them only. Changes nothing in either."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from intake.mailbox import Lying, MailboxUnavailable
from storage.database import reading
from storage.whereabouts import Seen, seen_in
from tscp.acts.desk import Desk
from tscp.acts.look import noted
from tscp.acts.poll import Source


@dataclass(frozen=True, slots=True)
class Compared:
    """How a mailbox and the register differ; `reason` says why that cannot be told, else ''.

    `only_in_register`: moved or deleted by hand, so that the same message lies at no other
    registered place of this mailbox either. `in_both` counts places.
    """

    mailbox: str
    reason: str = ""
    only_in_mailbox: tuple[Lying, ...] = ()
    only_in_register: tuple[Seen, ...] = ()
    in_both: int = 0


def compare(desk: Desk, sources: Sequence[Source], user: str) -> Iterator[Compared]:
    """Every mailbox in turn; one that cannot be read stops no other."""
    noted(desk, user, "mailboxes compared")
    for source in sources:
        try:
            yield _compare_one(desk, source)
        except MailboxUnavailable as error:
            yield Compared(source.name, str(error))


def _compare_one(desk: Desk, source: Source) -> Compared:
    before = _registered(desk, source.name)
    mailbox = source.open()
    try:
        there = {one.place: one for one in mailbox.lying(before.__contains__)}
    finally:
        mailbox.close()
    # A poll may have taken some of them meanwhile.
    after = _registered(desk, source.name) if there.keys() - before.keys() else before
    bytes_there = {after[place].sha256 for place in there.keys() & after.keys()}
    return Compared(
        mailbox=source.name,
        only_in_mailbox=tuple(one for place, one in there.items() if place not in after),
        only_in_register=tuple(
            seen
            for place, seen in before.items()
            if place not in there and seen.sha256 not in bytes_there
        ),
        in_both=len(there.keys() & after.keys()),
    )


def _registered(desk: Desk, mailbox: str) -> dict[str, Seen]:
    with reading(desk.engine) as session:
        return {seen.place: seen for seen in seen_in(session, mailbox)}
