"""Looking is an act too: who saw which case or list is in the audit."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

from storage import audit, messages, register
from storage.cases import every_case, load, queue_page
from storage.database import reading, transaction
from storage.register import RegisterLine
from triage.case import ENDED, Case
from triage.looking_back import as_of
from triage.queue import QueueEntry, queue_entry
from tscp.acts.change import unknown
from tscp.acts.desk import Desk, Refused


def see_case(desk: Desk, reference: str, user: str, on: date | None = None) -> Case:
    """One case as it stands, or stood at the end of `on` in London. Raises Refused."""
    with transaction(desk.engine) as session:
        found = load(session, desk.keys, [reference], on).get(reference)
        seen = found if found is None or on is None else as_of(found, on)
        if found is None:
            raise unknown(reference)
        if seen is None:
            raise Refused(f"{reference} was received after {on}")
        audit.append(session, user, "case seen", reference, desk.now())
    return seen


def see_queue(
    desk: Desk, user: str, on: date | None = None, limit: int = 1_000_000, offset: int = 0
) -> Iterator[QueueEntry]:
    """The queue in order. With `on`, as it stood at the end of that day."""
    noted(desk, user, "queue seen")
    today = desk.today(on)
    with reading(desk.engine) as session:
        if on is None:
            cases = queue_page(session, desk.keys, limit, offset)
            yield from (queue_entry(case, today) for case in cases)
            return
        then = (as_of(case, on) for case in every_case(session, desk.keys, on))
        entries = [queue_entry(c, today) for c in then if c is not None and c.state not in ENDED]
    yield from sorted(entries, key=lambda entry: entry.order)


def noted(desk: Desk, user: str, act: str, reference: str = "") -> None:
    """Writes a view into the audit."""
    with transaction(desk.engine) as session:
        audit.append(session, user, act, reference, desk.now())


@contextmanager
def see_register(
    desk: Desk, user: str, state: str | None = None, since: datetime | None = None
) -> Iterator[Iterator[RegisterLine]]:
    """The register's lines, streamed, in order of receipt."""
    noted(desk, user, "register seen")
    with reading(desk.engine) as session:
        yield register.lines(session, desk.keys, state, since)


def see_message(desk: Desk, message: str, user: str) -> RegisterLine:
    """One line of the register. Raises Refused for an unknown id."""
    number = messages.number(message)
    with transaction(desk.engine) as session:
        found = list(register.lines(session, desk.keys, only=[number])) if number else []
        if not found:
            raise Refused(f"no message '{message}': an id looks like M-000123; see `tscp messages`")
        audit.append(session, user, "message seen", found[0].id, desk.now())
    return found[0]


def see_register_page(
    desk: Desk,
    user: str,
    state: str | None,
    received: tuple[datetime, datetime] | None,
    limit: int,
    offset: int,
) -> list[RegisterLine]:
    """One page of the register, in the order of storage.register.numbers."""
    noted(desk, user, "register seen")
    with reading(desk.engine) as session:
        wanted = register.numbers(session, state, received, limit, offset)
        found = {line.number: line for line in register.lines(session, desk.keys, only=wanted)}
    return [found[number] for number in wanted]


def see_audit(
    desk: Desk, user: str, limit: int, offset: int, reference: str = ""
) -> list[tuple[datetime, str, str, str]]:
    """A page of the audit, newest first; that it was looked at is in it too."""
    with transaction(desk.engine) as session:
        found = audit.page(session, limit, offset, reference)
        audit.append(session, user, "audit seen", reference, desk.now())
    return found
