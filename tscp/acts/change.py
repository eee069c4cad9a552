"""An act of staff on one case: new facts, the queue's columns and the audit, in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from storage import audit
from storage.cases import load
from storage.database import one_writer, reading, transaction
from storage.facts import Fact
from storage.filing import add_facts, exists, refresh
from triage.case import Case, Move
from triage.today import Today
from tscp.acts.desk import Desk, Refused


def change(
    desk: Desk,
    reference: str,
    user: str,
    act: str,
    facts: Callable[[Case, Today, datetime], Sequence[Fact]],
    seen: int | None = None,
) -> Case:
    """Adds what `facts` says to a case; any act of staff takes a received case into triage.

    `seen` is the version of the case that the person saw (None: whichever it is). Raises StaleCase
    where it has changed since, and Refused for an unknown reference.
    """
    now = desk.now()
    with transaction(desk.engine) as session:
        one_writer(session)
        case = load(session, desk.keys, [reference]).get(reference)
        if case is None:
            raise unknown(reference)
        if seen is not None and seen != case.version:
            raise StaleCase(f"{reference} has changed since you opened it")
        new = list(facts(case, desk.today(), now))
        if case.state == "received" and not any(isinstance(fact, Move) for fact in new):
            new.append(Move("received", "triage", now, user, act))
        add_facts(session, desk.keys, reference, new)
        changed = refresh(session, desk.keys, reference, desk.today())
        audit.append(session, user, act, reference, now)
    return changed


class StaleCase(Refused):
    """The case has changed since the person saw it; nothing was done."""


def refuse_all(desk: Desk, reference: str, wrong: Sequence[str]) -> None:
    """Says everything that is wrong at once, an unknown reference too. Raises Refused if any is."""
    if not wrong:
        return
    with reading(desk.engine) as session:
        known = exists(session, reference)
    raise Refused("\n".join([*([] if known else [str(unknown(reference))]), *wrong]))


def unknown(reference: str) -> Refused:
    """The refusal of a reference that no case has."""
    return Refused(
        f"no case '{reference}': a reference looks like TSCP-2026-0042; see `tscp queue`"
    )
